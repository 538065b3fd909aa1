#!/usr/bin/env bash
# Installs Taplo, which reads TOML by a schema for most editors, into the cache and prints its path. A second run costs nothing.
set -euo pipefail
VERSION=0.7.0
DIR=${POSTLINT_EDITORS:-$HOME/.cache/postlint-editors}/taplo-$VERSION
if ! [ -x "$DIR/node_modules/.bin/taplo" ]; then
  npm install --silent --no-audit --no-fund --prefix "$DIR" "@taplo/cli@$VERSION" >&2
fi
echo "$DIR/node_modules/.bin/taplo"
