#!/usr/bin/env bash
# Packages the extension with the program $1 inside, installs it in a real VS Code, tests it in the extension host and by mouse.
set -euo pipefail
program=$(realpath "${1:?the program postlint}")
cd "$(dirname "$0")/.."
assignments=$(../install/vscode.sh)
eval "$assignments"
export npm_config_loglevel=error npm_config_audit=false npm_config_fund=false
[ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci
rm -rf server dist
mkdir -p server
cp "$program" server/postlint
strip server/postlint 2>/dev/null || true
cp ../../LICENSE-MIT LICENSE-MIT.txt
trap 'rm -f LICENSE-MIT.txt' EXIT
export VSIX=$PWD/postlint-test.vsix OUT=${OUT:-$PWD/out}
npm run -s package -- --target "$(node -p 'process.platform + "-" + process.arch')" -o "$VSIX"
node test/host.mjs
node test/ui.mjs
node test/trust.mjs
