#!/usr/bin/env bash
# Has other programs read what the command writes for them: Microsoft's validator of SARIF, junitparser, jq.
# Called by .ci/run, which sets `work`, `venv` and CARGO_TARGET_DIR.
set -euo pipefail
: "${work:?} ${venv:?}"

tools="$CARGO_TARGET_DIR/ci-node"
multitool="$tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
if [ ! -e "$multitool" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" '@microsoft/sarif-multitool@5'
fi
chmod u+x "$multitool"

status=0
"$CARGO_TARGET_DIR/release/requestlint" check fixtures --no-progress \
  --format "sarif=$work/out.sarif" --format "junit=$work/out.xml" --format "gitlab=$work/gitlab.json" \
  --format "github=$work/github.txt" || status=$?
test "$status" -eq 1

# It reports on the log; an error in it is a fault of ours. Warnings ask for what we do not have, such as a home page.
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool" validate "$work/out.sarif" \
  --output "$work/validation.sarif" --log ForceOverwrite > "$work/validation.txt" || {
  cat "$work/validation.txt"
  exit 1
}
faults="$(jq '[.runs[].results[]? | select(.level == "error")] | length' "$work/validation.sarif")"
results="$(jq '.runs[0].results | length' "$work/out.sarif")"
echo "SARIF: $results results, $faults faults"
test "$results" -gt 100
test "$faults" -eq 0

"$venv/bin/python" - "$work/out.xml" <<'PYTHON'
import sys

from junitparser import Failure, JUnitXml

report = JUnitXml.fromfile(sys.argv[1])
told = report.tests, report.failures, report.errors
failures = sum(isinstance(result, Failure) for suite in report for case in suite for result in case.result)
assert failures == report.failures > 100, failures
# The reader counts anew.
report.update_statistics()
assert told == (report.tests, report.failures, report.errors), told
print(f"JUnit: {failures} failures of {report.tests} cases in {len(list(report))} suites")
PYTHON

entries="$(jq 'length' "$work/gitlab.json")"
prints="$(jq '[.[].fingerprint] | unique | length' "$work/gitlab.json")"
echo "GitLab: $entries entries, $prints fingerprints"
test "$entries" -eq "$prints"

if grep -vE '^::(error|warning|notice) file=[^,]+,line=[0-9]+,endLine=[0-9]+' "$work/github.txt"; then
  echo "these lines are no workflow commands"
  exit 1
fi
