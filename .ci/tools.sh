# Installs what the gates need and is not there; sets `venv` and `work`, a folder that is removed at the end.
# Read by .ci/run with `source`.

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export work

export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
# Not every toolchain brings these; where they are there, rustup has nothing to do.
cargo fmt --version > /dev/null 2>&1 || rustup component add rustfmt
cargo clippy --version > /dev/null 2>&1 || rustup component add clippy
cargo --version

if ! command -v jq > /dev/null; then
  apt-get update -qq
  apt-get install -qq -y jq > /dev/null
fi

# The tools of the hook's and the action's tests, in an environment of their own.
venv="$CARGO_TARGET_DIR/ci-venv"
export venv
if ! "$venv/bin/python" -c 'import yaml, pre_commit' 2> /dev/null; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check 'pre-commit>=4,<5' 'PyYAML>=6,<7'
fi
"$venv/bin/pre-commit" --version

if ! cargo deny --version > /dev/null 2>&1; then
  cargo install --quiet --locked cargo-deny
fi
cargo deny --version
