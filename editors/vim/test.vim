" The table of cases in a real Vim with ALE, without a screen.
set nocompatible hidden noswapfile encoding=utf-8
packadd! ale
let g:ale_linters_explicit = 1
let g:ale_linters = {'markdown': ['postlint']}
let g:ale_lint_delay = 0
let g:ale_set_signs = 0
let s:here = expand('<sfile>:p:h')
let s:cases = json_decode(join(readfile(fnamemodify(s:here, ':h') . '/cases.json'), ''))
filetype plugin on
runtime plugin/ale.vim
if !empty($IGNORE)
  let g:postlint_settings = {'ignore': [$IGNORE]}
endif
execute 'source' fnameescape(s:here . '/postlint.vim')
let s:said = []
let s:failed = 0

function! s:Test(what, passed, ...) abort
  call add(s:said, (a:passed ? 'ok   - ' : 'FAIL - ') . a:what . (a:passed ? '' : ': ' . string(a:000)))
  let s:failed += !a:passed
endfunction

function! s:Wait(look) abort
  for l:try in range(400)
    if a:look()
      return 1
    endif
    sleep 50m
  endfor
  return 0
endfunction

let s:found = {-> ale#engine#GetLoclist(bufnr(''))}

execute 'edit' fnameescape($BLOG . '/' . s:cases.document)
set filetype=markdown
ALELint
let s:expected = filter(copy(s:cases.diagnostics), {_, one -> one.code !=# $IGNORE})
call s:Test('all findings come that the settings leave', s:Wait({-> len(s:found()) == len(s:expected)}), s:found())
for s:wanted in s:expected
  let [s:line, s:column] = searchpos('\V' . escape(s:wanted.text, '\'), 'nw')
  " ALE 3.3 takes UTF-16 units for bytes: behind wide characters its columns fall short.
  let s:before = split(strpart(getline(s:line), 0, s:column - 1), '\zs')
  let s:column = 1 + len(s:before) + len(filter(s:before, {_, one -> char2nr(one) > 0xffff}))
  let s:same = filter(copy(s:found()), {_, one -> one.code ==# s:wanted.code})
  call s:Test(s:wanted.code . ' stands at its words', len(s:same) == 1 && s:same[0].lnum == s:line && s:same[0].col == s:column, s:same, s:line, s:column)
endfor
call s:Test('the root is the folder of the site', PostlintRoot(bufnr('')) ==# resolve($BLOG), PostlintRoot(bufnr('')))


call ale#lsp#StopAll()
call s:Test('the server leaves', s:Wait({-> empty(filter(job_info(), {_, one -> job_info(one).cmd[0] ==# $POSTLINT_PATH && job_status(one) ==# 'run'}))}))
call add(s:said, printf('%d passed, %d failed', len(s:said) - s:failed, s:failed))
call writefile(s:said, $RESULT, 's')
if s:failed
  cquit
endif
qall!
