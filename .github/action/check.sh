#!/usr/bin/env bash
# Runs requestlint as the inputs say, tells the outputs and writes the job's summary. Inputs are INPUT_* variables.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
report="$RUNNER_TEMP/requestlint/report.json"
rm -f "$report"

fail() {
  echo "::error title=requestlint::$1"
  echo "exit-code=2" >> "$GITHUB_OUTPUT"
  exit 2
}

# Everything runs from the workspace, with the folder before each path: annotations and SARIF name files from there.
cd "$GITHUB_WORKSPACE"
workspace="$(pwd -P)"
if ! folder="$(cd -- "${INPUT_WORKING_DIRECTORY:-.}" 2> /dev/null && pwd -P)"; then
  fail "the input working-directory is no folder of the workspace"
fi
case "$folder" in
  "$workspace") folder=. ;;
  "$workspace"/*) folder="${folder#"$workspace"/}" ;;
  *) fail "the input working-directory lies outside the workspace" ;;
esac

# A path of the inputs, as seen from the workspace.
from_workspace() {
  case "$1" in
    /* | [A-Za-z]:[/\\]*) printf '%s' "$1" ;;
    . | ./) printf '%s' "$folder" ;;
    *) if [ "$folder" = . ]; then printf '%s' "$1"; else printf '%s' "$folder/${1#./}"; fi ;;
  esac
}

arguments=(check --no-progress "--fail-on=$INPUT_FAIL_ON" "--format=json=$report")
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -n "$line" ]; then arguments+=("--format=$line"); fi
done <<< "$INPUT_FORMAT"
sarif=
if [ -n "$INPUT_SARIF_FILE" ]; then
  # An output is a line: more of them would be outputs of one's own.
  case "$INPUT_SARIF_FILE" in *$'\n'* | *$'\r'*) fail "the input sarif-file holds a line break" ;; esac
  sarif="$(from_workspace "$INPUT_SARIF_FILE")"
  # What an earlier run left is not this run's.
  if ! mkdir -p -- "$(dirname -- "$sarif")" || ! rm -f -- "$sarif"; then
    fail "the input sarif-file names a file that cannot be written"
  fi
  arguments+=("--format=sarif=$sarif")
fi
if [ -n "$INPUT_PROVIDER" ]; then arguments+=("--provider=$INPUT_PROVIDER"); fi
if [ -n "$INPUT_CONFIG" ]; then arguments+=("--config=$(from_workspace "$INPUT_CONFIG")"); fi
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<< "$INPUT_ARGS"
# Paths come last, so that a folder that is called like an option is none.
arguments+=(--)
# Without any, the folder that everything starts from.
if [[ "$INPUT_PATHS" != *[![:space:]]* ]]; then INPUT_PATHS=.; fi
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -n "$line" ]; then arguments+=("$(from_workspace "$line")"); fi
done <<< "$INPUT_PATHS"

status=0
"$RUNNER_TEMP/requestlint/bin/requestlint" "${arguments[@]}" || status=$?

echo "exit-code=$status" >> "$GITHUB_OUTPUT"
if [ -n "$sarif" ] && [ -s "$sarif" ]; then echo "sarif-file=$sarif" >> "$GITHUB_OUTPUT"; fi
# A run that came to nothing has no counts: 0 would say that there is nothing wrong.
if [ -f "$report" ]; then
  if command -v jq > /dev/null; then
    # On Windows jq ends lines with CRLF.
    jq -r '.summary | "errors=\(.errors)\nwarnings=\(.warnings)\ninfos=\(.infos)\nfixable=\(.fixable)"' "$report" \
      | tr -d '\r' >> "$GITHUB_OUTPUT"
    jq -r --argjson status "$status" -f "$here/summary.jq" "$report" | tr -d '\r' >> "$GITHUB_STEP_SUMMARY"
  else
    echo "::warning title=requestlint::there is no jq: the counts and the summary are left out"
  fi
fi
exit "$status"
