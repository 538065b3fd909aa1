if vim.g.loaded_postlint == 1 then
  return
end
vim.g.loaded_postlint = 1
if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('postlint needs Neovim 0.11 or newer', vim.log.levels.ERROR)
  return
end

if vim.g.postlint_enable ~= false then
  vim.lsp.enable('postlint')
end

local function command(name, run, about, options)
  vim.api.nvim_create_user_command(name, run, vim.tbl_extend('force', { desc = about }, options or {}))
end

command('PostlintExplain', function()
  require('postlint').command('postlint.explain', vim.uri_from_bufnr(0))
end, 'Tell what the generator will make of this post')

command('PostlintFixAll', function()
  require('postlint').fix_all(vim.api.nvim_get_current_buf())
end, 'Make every safe fix in this post')

command('PostlintCleanAds', function()
  require('postlint').command('postlint.cleanAds', vim.uri_from_bufnr(0))
end, 'Remove all ad markup in this post')

command('PostlintCleanAdsInWorkspace', function()
  require('postlint').command('postlint.cleanAdsInWorkspace')
end, 'Remove all ad markup in all posts')

command('PostlintRule', function(arguments)
  local rule = arguments.args ~= '' and arguments.args or require('postlint').rule_here()
  if rule then
    require('postlint').command('postlint.openRule', rule)
  else
    vim.notify('postlint: no finding under the cursor', vim.log.levels.WARN)
  end
end, 'Open the page of a rule, or of the one under the cursor', { nargs = '?' })

command('PostlintRestart', function()
  require('postlint').restart()
end, 'Restart the language server')

command('PostlintLog', function()
  vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
end, 'Show the log of language servers')

vim.api.nvim_create_autocmd('BufWritePre', {
  group = vim.api.nvim_create_augroup('postlint', {}),
  desc = 'Make safe fixes before writing, where vim.g.postlint_fix_on_save says so',
  callback = function(event)
    if vim.g.postlint_fix_on_save then
      require('postlint').fix_all(event.buf)
    end
  end,
})
