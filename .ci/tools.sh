# shellcheck shell=bash
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

for tool in curl jq npm; do
  if ! command -v "$tool" > /dev/null; then
    apt-get update -qq
    apt-get install -qq -y "$tool" > /dev/null
  fi
done

# The tools of the other gates, in an environment of their own, made anew where their list has changed.
venv="$CARGO_TARGET_DIR/ci-venv"
export venv
if ! cmp --silent .ci/requirements.txt "$venv/requirements.txt"; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements.txt
  cp .ci/requirements.txt "$venv/"
fi
for tool in pre-commit prek zizmor jactionlint maturin pipx; do
  printf '%s: ' "$tool"
  "$venv/bin/$tool" --version | head -n 1
done

if ! cargo deny --version > /dev/null 2>&1; then
  cargo install --quiet --locked cargo-deny
fi
cargo deny --version
