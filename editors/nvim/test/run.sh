#!/usr/bin/env bash
# Tests the plugin in a real Neovim without a screen, then with one (tmux). $1 is the program postlint.
set -euo pipefail
cd "$(dirname "$0")"
export POSTLINT_PATH=${1:?the program postlint}
nvim=${NVIM:-$(../../install/nvim.sh)}
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
# Nothing of the user's own.
export XDG_CONFIG_HOME=$state/c XDG_DATA_HOME=$state/d XDG_STATE_HOME=$state/s XDG_CACHE_HOME=$state/k NVIM_LOG_FILE=$state/log TMPDIR=$state
plugin=$(cd .. && pwd)
status=0
timeout 180 "$nvim" --clean --headless --cmd "set rtp^=$plugin" -c "luafile $PWD/spec.lua" -c 'cquit! 3' || status=$?
if [ "$status" -ne 0 ]; then
  echo "Neovim ended with $status"
  tail -20 "$state/s/nvim/lsp.log" 2>/dev/null || true
  exit "$status"
fi
NVIM=$nvim ./screen.sh "$POSTLINT_PATH"
