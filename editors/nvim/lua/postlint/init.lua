--- Starts the server and runs its commands.
local M = {}

--- The program: `$POSTLINT_PATH` (for tests), `vim.g.postlint_path`, else the one on the PATH.
---@return string
function M.program()
  local path = vim.env.POSTLINT_PATH or vim.g.postlint_path
  return path and vim.fs.normalize(path) or 'postlint'
end

--- Start the server; an error names the setting.
function M.start(dispatchers, config)
  local program = M.program()
  if vim.fn.executable(program) == 0 then
    error(('postlint: %q is no program. Install postlint, or set vim.g.postlint_path'):format(program), 0)
  end
  local root = config and config.root_dir
  return vim.lsp.rpc.start({ program, 'server' }, dispatchers, root and { cwd = root } or nil)
end

---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'postlint' })[1]
  if not client then
    vim.notify('postlint does not serve this buffer (:checkhealth postlint)', vim.log.levels.WARN)
  end
  return client
end

--- Run one of the server's commands.
---@param command string
---@param argument any
---@param done? fun(result: any)
function M.command(command, argument, done)
  local buffer = vim.api.nvim_get_current_buf()
  local client = M.client(buffer)
  if not client then
    return
  end
  client:request('workspace/executeCommand', { command = command, arguments = { argument } }, function(problem, result)
    if problem then
      vim.notify('postlint: ' .. problem.message, vim.log.levels.WARN)
    elseif done then
      done(result)
    end
  end, buffer)
end

--- Make every safe fix in a buffer, and wait for it.
---@param buffer integer
---@param patience? integer milliseconds
function M.fix_all(buffer, patience)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'postlint' })[1]
  if not client then
    return
  end
  patience = patience or 2000
  local last = vim.api.nvim_buf_line_count(buffer)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { diagnostics = {}, only = { 'source.fixAll.postlint' } },
  }
  local answer = client:request_sync('textDocument/codeAction', params, patience, buffer)
  for _, action in ipairs(answer and answer.result or {}) do
    if not action.edit then
      local resolved = client:request_sync('codeAction/resolve', action, patience, buffer)
      action = resolved and resolved.result or action
    end
    if action.edit then
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    end
  end
end

--- The rule of the finding under the cursor; nil where there is none.
---@return string?
function M.rule_here()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line - 1 })) do
    if finding.source == 'postlint' and finding.col <= column then
      return finding.code
    end
  end
end

--- Stop the server, wait for its end and start it again for the buffers that it served.
function M.restart()
  local buffers = {}
  for _, client in ipairs(vim.lsp.get_clients({ name = 'postlint' })) do
    vim.list_extend(buffers, vim.tbl_keys(client.attached_buffers))
    client:stop()
  end
  vim.wait(3000, function()
    return #vim.lsp.get_clients({ name = 'postlint' }) == 0
  end, 20)
  for _, buffer in ipairs(buffers) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      vim.api.nvim_exec_autocmds('FileType', { buffer = buffer, group = 'nvim.lsp.enable', modeline = false })
    end
  end
end

return M
