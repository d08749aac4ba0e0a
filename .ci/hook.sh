#!/usr/bin/env bash
# Proves the pre-commit hook as a repository would use it: built from source by pre-commit itself, it
# passes good requests and fails a bad one. Expects the variables that .ci/tools.sh sets.
set -euo pipefail

here="$PWD"
scratch="$work/hook"
mkdir -p "$scratch/requests"
# In a shared target folder cargo takes a build of the clone for one of this folder: leave none behind.
trap 'cd "$here" && cargo clean --quiet --release --package requestlint' EXIT
# A cache of its own, so that what is proved is this commit and not an earlier build.
export PRE_COMMIT_HOME="$work/pre-commit"
export GIT_CONFIG_COUNT=2
export GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=ci
export GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=ci@localhost

fail() {
  echo "hook: $1"
  cat "$work/hook.log"
  exit 1
}

cd "$scratch"
git init --quiet
cat > requestlint.toml <<'END'
today = "2026-11-24"
exclude = ["requests/vendored/**"]

[[files]]
include = ["requests/**"]
provider = "mimo"
END
cp "$here/fixtures/rules/unknown-model/pass/misspelt.json" requests/chat.json
# Excluded by the configuration, though pre-commit names it: --force-exclude.
mkdir requests/vendored
cp "$here/fixtures/rules/unknown-model/fail/misspelt.json" requests/vendored/chat.json
cat > .pre-commit-config.yaml <<END
repos:
  - repo: $here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: requestlint
        # Shows the report although the hook passes.
        verbose: true
END
git add .
git commit --quiet --message "good requests"

# pre-commit takes the committed state, as users get it, and builds it once for both runs.
run=("$venv/bin/pre-commit" run --all-files)

"${run[@]}" > "$work/hook.log" 2>&1 || fail "good requests must pass"
grep -q 'checked 1 request in 1 file: nothing found' "$work/hook.log" || fail "the good request was not read"
echo "good requests pass"

cp "$here/fixtures/rules/unknown-model/fail/misspelt.json" requests/bad.json
git add .
git commit --quiet --message "a bad request"
if "${run[@]}" > "$work/hook.log" 2>&1; then
  fail "a bad request must fail"
fi
grep -q 'error\[unknown-model\]' "$work/hook.log" || fail "the finding is not shown"
grep -q 'requests/bad.json:' "$work/hook.log" || fail "the place is not shown"
echo "a bad request fails:"
sed -n '/error\[unknown-model\]/,$p' "$work/hook.log"
