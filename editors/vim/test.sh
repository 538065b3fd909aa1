#!/usr/bin/env bash
# Tests postlint.vim in a real Vim with ALE, without a screen. $1 is the program.
set -euo pipefail
POSTLINT_PATH=$(realpath "${1:?the program postlint}")
export POSTLINT_PATH LANG=C.UTF-8
cd "$(dirname "$0")"
../install/vim.sh
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export BLOG=$home/blog RESULT=$home/result
cp -r ../fixture "$BLOG"
for ignored in '' ad-unit; do
  status=0
  IGNORE=$ignored HOME=$home timeout 120 vim.nox -N -u NONE -i NONE -es -S test.vim </dev/null || status=$?
  cat "$RESULT"
  [ "$status" -eq 0 ] || exit "$status"
done
