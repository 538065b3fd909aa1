--- `:checkhealth postlint`
local M = {}

function M.check()
  vim.health.start('postlint')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim is 0.11 or newer')
  else
    vim.health.error('Neovim is older than 0.11')
  end
  local program = require('postlint').program()
  if vim.fn.executable(program) == 0 then
    vim.health.error(('%q is no program'):format(program), {
      'Install postlint: cargo install postlint',
      "or name it: vim.g.postlint_path = '/path/to/postlint'",
    })
    return
  end
  local ran = vim.system({ program, '--version' }, { text = true }):wait(5000)
  if ran.code == 0 then
    vim.health.ok(('%s is %s'):format(vim.fn.exepath(program), vim.trim(ran.stdout)))
  else
    vim.health.error(('%s --version ended with %d'):format(program, ran.code))
  end
  if vim.lsp.is_enabled('postlint') then
    vim.health.ok('the server is enabled')
  else
    vim.health.warn('the server is not enabled', { "vim.lsp.enable('postlint')" })
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'postlint' })) do
    vim.health.ok(('it serves %s, columns in %s'):format(client.root_dir or 'single files', client.offset_encoding))
  end
end

return M
