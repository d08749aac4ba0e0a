#!/usr/bin/env bash
# Proves the pre-commit hooks as a repository would use them, by pre-commit and by prek: installed into git, built from
# source, they let good commits pass, stop a bad one and mend what can be mended.
# Called by .ci/run, which sets `work`, `venv` and CARGO_TARGET_DIR.
set -euo pipefail

here="$PWD"
fixtures="$here/fixtures/rules/unknown-model"
log="${work:?}/hook.log"
: "${venv:?}"
# In a shared target folder cargo takes a build of the clone for one of this folder: leave none behind.
target="${CARGO_TARGET_DIR:?}"
trap 'cd "$here" && CARGO_TARGET_DIR="$target" cargo clean --quiet --release --package requestlint' EXIT
export GIT_CONFIG_COUNT=2
export GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=ci
export GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1=ci@localhost

fail() {
  echo "hook: $runner: $1"
  cat "$log"
  exit 1
}

# A commit of everything, with whatever hook git has; its status is that of `git commit`.
commit() {
  git add . && git commit --quiet --message "$1" > "$log" 2>&1
}

# A repository whose hook is `$1`, installed by $runner.
scratch() {
  rm -rf "$work/scratch"
  mkdir -p "$work/scratch/requests/vendored"
  cd "$work/scratch"
  git init --quiet
  cat > requestlint.toml <<'END'
today = "2026-11-24"
exclude = ["requests/vendored/**"]

[[files]]
include = ["requests/**"]
provider = "mimo"
END
  # The committed state is what users get. `verbose` shows the report although the hook passes.
  cat > .pre-commit-config.yaml <<END
repos:
  - repo: $here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: $1
        verbose: true
END
  "$venv/bin/$runner" install > /dev/null
}

stops() {
  scratch requestlint
  cp "$fixtures/pass/misspelt.json" requests/chat.json
  # Excluded by the configuration, though the runner names it: --force-exclude.
  cp "$fixtures/fail/misspelt.json" requests/vendored/chat.json
  commit "good requests" || fail "a good commit must pass"
  grep -q 'checked 1 request in 1 file: nothing found' "$log" || fail "the good request was not read"
  echo "$runner: a good commit passes"

  echo "nothing to lint" > README.md
  commit "no file that is read" || fail "a commit without any file that is read must pass"
  echo '{"name": "no request"}' > package.json
  commit "no request" || fail "a commit without any request must pass"
  echo "$runner: a commit without any request passes"

  # Each in a syntax of its own, all of which the runner has to hand over.
  cp "$fixtures/fail/misspelt.json" requests/bad.json
  tr -d '\n' < requests/bad.json > requests/lines.ndjson
  cp requests/bad.json requests/commented.jsonc
  cp requests/bad.json requests/five.json5
  cp requests/bad.json requests/flow.yaml
  printf 'model = "mimo-v2-por"\nmessages = [{role = "user", content = "Hi"}]\n' > requests/bad.toml
  printf 'MIMO_API_KEY=\nMIMO_MODEL=mimo-v2-por\n' > .env.example
  printf 'export MIMO_API_KEY=k MIMO_MODEL=mimo-v2-por\n' > .envrc
  if commit "bad requests"; then fail "a bad commit must be stopped"; fi
  test "$(git log -1 --format=%s)" = "no request" || fail "the bad commit was made"
  grep -q 'error\[unknown-model\]' "$log" || fail "the finding is not shown"
  local path
  for path in requests/{bad.json,lines.ndjson,commented.jsonc,five.json5,flow.yaml,bad.toml} .env.example .envrc; do
    grep -qF "[$path:" "$log" || fail "nothing is said of $path"
  done
  echo "$runner: a bad commit is stopped:"
  grep -A 8 -m 1 'error\[unknown-model\]' "$log"
}

mends() {
  scratch requestlint-fix
  # A number in quotes has one reading.
  sed 's/"messages"/"temperature": "0.5",\n  "messages"/' "$fixtures/pass/misspelt.json" > requests/bad.json
  if commit "what can be mended"; then fail "a commit whose files are mended must be stopped"; fi
  grep -q '"temperature": 0.5,' requests/bad.json || fail "the file is not mended"
  commit "mended" || fail "what is mended must pass"
  echo "$runner: what can be mended is, and passes"
}

for runner in pre-commit prek; do
  if [ "$runner" = prek ]; then
    # It keeps a cargo home of its own, so that all dependencies are built anew: quickly, and apart from ours.
    export CARGO_TARGET_DIR="$work/prek-target" CARGO_PROFILE_RELEASE_OPT_LEVEL=0
  fi
  # A cache of its own, so that what is proved is this commit and not an earlier build.
  export PRE_COMMIT_HOME="$work/$runner-cache" PREK_HOME="$work/$runner-cache"
  stops
  mends
  rm -rf "$PRE_COMMIT_HOME"
done
