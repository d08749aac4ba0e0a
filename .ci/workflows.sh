#!/usr/bin/env bash
# Has other linters read the scripts, the workflows, the action and the manifest of the hooks.
# Called by .ci/run, which sets `venv`.
set -euo pipefail
# jactionlint hands the scripts of workflows to shellcheck, where it finds one.
export PATH="${venv:?}/bin:$PATH"

shellcheck .ci/run .ci/*.sh .github/action/*.sh
echo "shellcheck: nothing found"

jactionlint
echo "jactionlint: nothing found"

# Offline, it asks nobody whether a pinned commit is of the version that stands beside it.
zizmor --offline --quiet --persona pedantic .github/workflows action.yml

# The same holds for what is pinned at all, which zizmor leaves to a policy.
if grep -rnE '^\s*-?\s*uses:' .github/workflows action.yml \
  | grep -vE 'uses: (\./|[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$)'; then
  echo "these actions are not pinned by commit, with the version beside it"
  exit 1
fi

pre-commit validate-manifest .pre-commit-hooks.yaml
prek validate-manifest .pre-commit-hooks.yaml
