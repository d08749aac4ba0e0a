#!/usr/bin/env bash
# Brings requestlint to $RUNNER_TEMP/requestlint/bin: the prebuilt binary of a release, or built from this checkout.
# Reads INPUT_VERSION, ACTION_REF and ACTION_REPOSITORY, and no argument.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# Where releases lie; the tests of the action serve some themselves.
releases="${REQUESTLINT_RELEASES:-${GITHUB_SERVER_URL:-https://github.com}/${ACTION_REPOSITORY:-}/releases/download}"
into="$RUNNER_TEMP/requestlint"
own="$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)"
asked="${INPUT_VERSION:-}"

fail() {
  echo "::error title=requestlint::$1"
  exit 2
}

target() {
  case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    Windows-ARM64) echo aarch64-pc-windows-msvc ;;
  esac
}

# Downloads one file of release $version into the current folder; 1 where the release has none.
download() {
  local protocols='=https' code
  if [ -n "${REQUESTLINT_RELEASES:-}" ]; then protocols='=http,https'; fi
  code="$(curl --silent --show-error --location --proto "$protocols" --retry 3 --max-time 300 \
    --output "$1" --write-out '%{http_code}' "$releases/v$version/$1")" \
    || fail "$1 of release v$version cannot be downloaded"
  case "$code" in
    200) return 0 ;;
    404) return 1 ;;
    *) fail "$1 of release v$version cannot be downloaded: status $code" ;;
  esac
}

# Ends the step unless a file is what SHA256SUMS says. What that does not name is none of the release's.
verify() {
  local wanted got
  wanted="$(awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }' SHA256SUMS)"
  if command -v sha256sum > /dev/null; then
    got="$(sha256sum < "$1")"
  else
    got="$(shasum -a 256 < "$1")"
  fi
  if [ -z "$wanted" ] || [ "${got%% *}" != "$wanted" ]; then
    fail "the checksum of $1 in release v$version is wrong: nothing is installed"
  fi
}

# Whether release $version is of the very code that the action is pinned to: by its tag, by a tag that moves along with
# releases (v1), or by the commit that the release was built from.
is_this_code() {
  local ref="${ACTION_REF:-}"
  case "v$version" in
    "$ref" | "$ref".*) return 0 ;;
  esac
  [[ "$ref" =~ ^[0-9a-f]{40}$ ]] || return 1
  download COMMIT || return 1
  verify COMMIT
  test "$(tr -d '[:space:]' < COMMIT)" = "$ref"
}

# Installs the binary of release $version; 1 where it has none for this machine. Bash heeds no `set -e` in a function
# that is called in a condition: what may fail says so itself.
prebuilt() {
  local target archive binary=requestlint
  target="$(target)"
  if [ -z "$target" ]; then return 1; fi
  case "$target" in *windows*) binary=requestlint.exe ;; esac
  archive="requestlint-$target.tar.gz"
  # Bare names from here on: the letter of a drive would be a host to tar.
  rm -rf "$into/download"
  if ! mkdir -p "$into/download" "$into/bin" || ! cd "$into/download"; then fail "$into/download cannot be made"; fi
  download SHA256SUMS || return 1
  if [ -z "$asked" ] && ! is_this_code; then return 1; fi
  download "$archive" || return 1
  verify "$archive"
  tar -xzf "$archive" "$binary" || fail "$archive holds no $binary"
  mv -f "$binary" "../bin/$binary" || fail "$into/bin cannot be written"
  echo "Installed the binary of release v$version, whose checksum is right"
}

from_source() {
  command -v cargo > /dev/null || fail "no release has a binary of this code for this machine, and there is no cargo"
  echo "Building requestlint $own from source"
  cargo install --quiet --locked --path "$root" --root "$into"
}

if [ "$asked" = source ]; then
  from_source
  exit 0
fi
if [ -n "$asked" ] && ! [[ "$asked" =~ ^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  fail "the input version must be a version, such as $own, or source"
fi
version="${asked#v}"
version="${version:-$own}"
# A checkout that no release can be of: of a branch, or of the workflow's own repository.
if [ -z "$asked${ACTION_REF:-}" ]; then
  from_source
elif ! prebuilt; then
  if [ "$version" != "$own" ]; then fail "release v$version has no binary for this machine, and the action is of $own"; fi
  from_source
fi
