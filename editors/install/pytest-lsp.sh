#!/usr/bin/env bash
# Installs pytest-lsp into the cache and prints the path of its Python. A second run costs nothing.
set -euo pipefail
VERSION=1.0.1
DIR=${POSTLINT_EDITORS:-$HOME/.cache/postlint-editors}/pytest-lsp-$VERSION
if ! "$DIR/bin/python" -c 'import pytest_lsp' 2>/dev/null; then
  mkdir -p "$DIR"
  python3 -m venv "$DIR" >&2
  "$DIR/bin/pip" install -q --disable-pip-version-check "pytest-lsp==$VERSION" pytest==9.2.0 pygls==2.1.1 lsprotocol==2025.0.0 >&2
fi
echo "$DIR/bin/python"
