#!/usr/bin/env bash
# Neovim as a person sees it: tmux presses the keys and reads the screen. $1 is the program postlint. With SCREENS set to a
# folder, the screens are kept there with their colours (*.ansi).
set -euo pipefail
cd "$(dirname "$0")"
export POSTLINT_PATH=${1:?the program postlint}
if ! command -v tmux >/dev/null; then
  echo 'skipped: no tmux, so no screen to look at'
  exit 0
fi
nvim=${NVIM:-$(../../install/nvim.sh)}
plugin=$(cd .. && pwd)
work=$(mktemp -d)
# A tmux of our own: nobody else's is touched.
mux() { tmux -S "$work/socket" "$@"; }
trap 'mux kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r ../../fixture "$work/blog"
post=$work/blog/source/_posts/旧闻😀.md
export XDG_CONFIG_HOME=$work/c XDG_DATA_HOME=$work/d XDG_STATE_HOME=$work/s XDG_CACHE_HOME=$work/k LANG=C.UTF-8 LC_ALL=C.UTF-8
cat >"$work/init.lua" <<'LUA'
vim.diagnostic.config({ virtual_text = true })
vim.o.number = true
vim.o.completeopt = 'menuone,noselect,popup'
vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
  end,
})
LUA
mux -u -f /dev/null new-session -d -x 120 -y 30 "$nvim --clean --cmd 'set rtp^=$plugin' -S $work/init.lua '$post'"
passed=0
keep() { if [ -n "${SCREENS:-}" ]; then mkdir -p "$SCREENS"; mux capture-pane -ep >"$SCREENS/$1.ansi"; fi; }
see() {
  for _ in $(seq 150); do
    mux capture-pane -p >"$work/screen"
    if grep -qE "$1" "$work/screen"; then passed=$((passed + 1)); echo "ok   - the screen shows $1"; return; fi
    sleep 0.1
  done
  echo "FAIL - the screen never showed $1"
  cat "$work/screen"
  exit 1
}
keys() { mux send-keys "$@"; }

see 'date: Invalid Date .*Hexo cannot read the date'
keep nvim-findings
keys 3G '$' g r a
see 'Take `2023-04-18` from the address of an image'
keep nvim-actions
keys 1 Enter
see 'date: 2023-04-18'
keys Escape
# Completion by typing alone: the list must come up by itself.
keys 4G '$' i ',' ' ' w
see 'walks'
keep nvim-completion
keys C-n C-y Escape
see "tags: \[阅读, '城市', walks\]"
keys ':wq' Enter
for _ in $(seq 50); do mux has-session 2>/dev/null || break; sleep 0.1; done
grep -q "^date: 2023-04-18$" "$post" && passed=$((passed + 1))
echo "$passed passed, 0 failed"
