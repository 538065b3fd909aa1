#!/usr/bin/env bash
# Tests postlint.el in a real Emacs without a screen. $1 is the program postlint.
set -euo pipefail
export POSTLINT_PATH
POSTLINT_PATH=$(realpath "${1:?the program postlint}")
cd "$(dirname "$0")"
../install/emacs.sh
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
HOME=$home LANG=C.UTF-8 timeout 120 emacs -q --batch -l test.el 2>&1 | grep -avE '^(Saving file|Wrote|\[eglot\]|\[jsonrpc\])'
exit "${PIPESTATUS[0]}"
