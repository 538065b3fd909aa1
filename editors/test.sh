#!/usr/bin/env bash
# Installs the editors and a client for tests (once, outside the clone) and tests postlint in each of them. $1 is the program, by default the debug build.
# An editor that cannot be installed here is skipped, and the last lines say so; SKIP_EDITORS=1 skips all.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
program=${1:-${CARGO_TARGET_DIR:-$here/../target}/debug/postlint}
[ -x "$program" ] || { echo "$program is no program: cargo build" >&2; exit 2; }
# The tests run in their own folders: a relative path is read before that.
program=$(realpath "$program")
cd "$here"
if [ -n "${SKIP_EDITORS:-}" ]; then echo 'editors: skipped by SKIP_EDITORS'; exit 0; fi
status=0
summary=()
try() {
  local name=$1 install=$2 test=$3
  if ! "$install" >/dev/null; then summary+=("$name: skipped, it cannot be installed here"); return; fi
  echo "== $name"
  local begun=$SECONDS
  if "$test" "$program"; then summary+=("$name: passed in $((SECONDS - begun)) s"); else summary+=("$name: FAILED"); status=1; fi
}
try pytest-lsp ./install/pytest-lsp.sh ./pytest-lsp/run.sh
try Neovim ./install/nvim.sh ./nvim/test/run.sh
try Emacs ./install/emacs.sh ./emacs/test.sh
try Vim ./install/vim.sh ./vim/test.sh
try 'Taplo (schema of postlint.toml)' ./install/taplo.sh ./toml/test.sh
try 'VS Code' ./install/vscode.sh ./vscode/test/run.sh
printf 'editors: %s\n' "${summary[@]}"
exit "$status"
