# Shared by ./run, ./test and .ci/run. Sourced, never run.
# shellcheck shell=bash

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# One cache for every clone of this machine: built dependencies, the Python tools of the tests.
cache=${MINGCHA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mingcha}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
mkdir -p "$cache" "$CARGO_TARGET_DIR"

say() { printf '\n\033[1m== %s\033[0m\n' "$*" >&2; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# need COMMAND WHAT-IT-IS HOW-TO-GET-IT: a missing prerequisite is explained, never guessed at.
need() {
  command -v "$1" >/dev/null 2>&1 || fail "缺少 $1（$2）。$3
Missing: $1 ($2). $3"
}

need_build_tools() {
  need cargo "Rust toolchain" "安装 Rust 1.95 或更新版本后再运行 / install Rust 1.95 or newer (rustup) and run this again."
  need cc "C compiler" "apt-get install gcc libc6-dev"
  need node "Node.js 20+" "安装 Node.js 20 或更新版本后再运行 / install Node.js 20 or newer and run this again."
  need npm "Node.js package manager" "随 Node.js 一起安装 / comes with Node.js."
  local version
  version=$(rustc --version | awk '{print $2}')
  if [ "$(printf '%s\n1.95.0\n' "$version" | sort -V | head -n 1)" != "1.95.0" ]; then
    fail "Rust $version 太旧，需要 1.95 或更新版本 / Rust $version is too old, 1.95 or newer is needed: rustup update stable"
  fi
}

# The web assets are built before the binary, which embeds them. Skipped while nothing changed.
build_assets() {
  local stamp=assets/dist/.stamp sum
  sum=$(cat assets/package-lock.json assets/*.mjs assets/src/* 2>/dev/null | sha256sum | cut -c1-16)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then return; fi
  say "网页资源 / web assets (npm)"
  (cd assets && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build) || fail "网页资源没有建成，见上 / the web assets could not be built, see above."
  printf '%s' "$sum" >"$stamp"
}

# cargo_build ARGS…: cargo draws its own bar on a terminal; elsewhere every 40th unit is reported with the count so far.
cargo_build() {
  if [ -t 2 ]; then cargo build --locked "$@"; return; fi
  local total
  total=$(grep -c '^name = ' Cargo.lock)
  cargo build --locked "$@" 2> >(awk -v total="$total" '
    /^ *Compiling/ { n++; if (n % 40 == 0) { printf "   %d units compiled (at most %d) … %s\n", n, total, $2; fflush() } ; next }
    /^ *Downloaded|^ *Downloading/ { next }
    { print; fflush() }' >&2)
}
