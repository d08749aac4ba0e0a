#!/usr/bin/env bash
# Proves the wheel: it carries the binary that cargo built, and runs from a fresh environment, by pipx and as a hook.
# Called by .ci/run, which sets `work`, `venv` and CARGO_TARGET_DIR.
set -euo pipefail

wheels="${work:?}/wheels"
fail() {
  echo "wheel: $1"
  exit 1
}

# It takes the release build as it is: nothing is compiled twice.
"${venv:?}/bin/maturin" build --release --locked --out "$wheels" > "$work/maturin.log" 2>&1 || {
  cat "$work/maturin.log"
  fail "it cannot be built"
}
wheel="$(echo "$wheels"/requestlint-*.whl)"
test -f "$wheel" || fail "there is not one wheel in $wheels"
echo "built $(basename "$wheel")"

python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
command="$work/fresh/bin/requestlint"
cmp "$command" "$CARGO_TARGET_DIR/release/requestlint" || fail "it is not the binary that cargo built"
version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)"
test "$("$command" --version)" = "requestlint $version" || fail "it is of another version than Cargo.toml"
summary="$("$work/fresh/bin/python" -c 'import importlib.metadata as m; print(m.metadata("requestlint")["Summary"])')"
grep -qxF "description = \"$summary\"" Cargo.toml || fail "it is not described as in Cargo.toml: $summary"

# From elsewhere, so that nothing of the checkout can stand in for what is installed.
rule="$PWD/fixtures/rules/unknown-model"
cd "$work"
"$command" check "$rule/pass" || fail "good requests must pass"
status=0
"$command" check "$rule/fail/misspelt.json" > "$work/wheel.txt" || status=$?
grep -q 'error\[unknown-model\]' "$work/wheel.txt" || fail "the finding is not shown"
test "$status" -eq 1 || fail "a bad request must fail"

export PIPX_HOME="$work/pipx"
said="$("$venv/bin/pipx" run --spec "$wheel" requestlint --version)"
test "$said" = "requestlint $version" || fail "pipx does not run it: $said"
echo "pipx runs it"

# A hook of a repository's own that takes the wheel, as README.md shows it: no Rust toolchain, no build.
mkdir "$work/wheel-hook"
cd "$work/wheel-hook"
git init --quiet
cat > .pre-commit-config.yaml <<END
repos:
  - repo: local
    hooks:
      - id: requestlint
        name: requestlint
        language: python
        additional_dependencies: ["$wheel"]
        entry: requestlint check --force-exclude --no-progress
        types: [text]
        files: \.jsonl?$
        require_serial: true
END
cp "$rule/fail/misspelt.json" bad.json
git add .
for runner in pre-commit prek; do
  if PRE_COMMIT_HOME="$work/wheel-$runner" PREK_HOME="$work/wheel-$runner" \
    "$venv/bin/$runner" run --all-files > "$work/$runner.log" 2>&1; then
    fail "$runner: a bad request must fail"
  fi
  grep -q 'error\[unknown-model\]' "$work/$runner.log" || { cat "$work/$runner.log"; fail "$runner: no finding"; }
  echo "$runner runs it as a hook of language python"
done
