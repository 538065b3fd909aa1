" postlint for Vim with ALE. Source it from your vimrc:
"   source /path/to/editors/vim/postlint.vim
if exists('g:loaded_postlint_ale')
  finish
endif
let g:loaded_postlint_ale = 1

" The program: $POSTLINT_PATH (for tests), g:postlint_path, else the one on the PATH.
function! PostlintProgram(buffer) abort
  return empty($POSTLINT_PATH) ? get(g:, 'postlint_path', 'postlint') : $POSTLINT_PATH
endfunction

" The folder of the site: where its configuration lies, else the folder of the post.
function! PostlintRoot(buffer) abort
  let l:path = fnamemodify(bufname(a:buffer), ':p:h')
  for l:name in ['_config.yml', 'hugo.toml', 'hugo.yaml', 'postlint.toml', '.git']
    let l:found = findfile(l:name, escape(l:path, ' ,;') . ';')
    if empty(l:found)
      let l:found = finddir(l:name, escape(l:path, ' ,;') . ';')
    endif
    if !empty(l:found)
      return fnamemodify(l:found, ':p' . (isdirectory(l:found) ? ':h' : '') . ':h')
    endif
  endfor
  return l:path
endfunction

call ale#linter#Define('markdown', {
\ 'name': 'postlint',
\ 'lsp': 'stdio',
\ 'executable': function('PostlintProgram'),
\ 'command': '%e server',
\ 'project_root': function('PostlintRoot'),
\ 'initialization_options': {b -> get(g:, 'postlint_settings', {})},
\})
