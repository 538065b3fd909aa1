#!/usr/bin/env bash
# python.sh NAME PACKAGE…: a virtual environment with these packages, made once in the cache; prints the folder of its programs. Ends with 77
# where that cannot be done.
set -euo pipefail
name=$1
shift
dir=${POSTLINT_TOOLS:-$HOME/.cache/postlint-tools}/python-$name-$(printf '%s ' "$@" | cksum | cut -d' ' -f1)
if ! [ -e "$dir/.complete" ]; then
  rm -rf "$dir"
  mkdir -p "$dir"
  { python3 -m venv "$dir" && "$dir/bin/pip" install -q --disable-pip-version-check "$@"; } >&2 || exit 77
  touch "$dir/.complete"
fi
echo "$dir/bin"
