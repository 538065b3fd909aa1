--- A few words to test Neovim with: waits that let the event loop run, a site to work on, a verdict at the end.
local H = { passed = 0, failed = 0 }

local function say(text)
  io.stdout:write(text .. '\n')
  io.stdout:flush()
end

--- What `wanted` returns once it is neither nil nor false.
function H.wait(what, wanted, patience)
  local found
  local came = vim.wait(patience or 15000, function()
    found = wanted()
    return found ~= nil and found ~= false
  end, 20)
  if not came then
    error('waited in vain for ' .. what, 2)
  end
  return found
end

function H.equal(wanted, found, what)
  if not vim.deep_equal(wanted, found) then
    error(('%s\n  wanted: %s\n  found:  %s'):format(what or '', vim.inspect(wanted), vim.inspect(found)), 2)
  end
end

--- The first failure ends the run: what follows would only wait in vain.
function H.test(name, body)
  if H.failed > 0 then
    return
  end
  local begun = vim.uv.hrtime()
  local ok, problem = xpcall(body, debug.traceback)
  local took = math.floor((vim.uv.hrtime() - begun) / 1e6)
  if ok then
    H.passed = H.passed + 1
    say(('ok   - %s (%d ms)'):format(name, took))
  else
    H.failed = H.failed + 1
    say(('FAIL - %s (%d ms)\n%s'):format(name, took, problem))
  end
end

function H.read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

--- A fresh copy of the site that all editors are tested with.
function H.site(editors)
  local root = vim.uv.fs_realpath(vim.fn.tempname():match('.*/')) .. '/博客 ' .. vim.uv.hrtime()
  vim.fn.system({ 'cp', '-r', editors .. '/fixture', root })
  assert(vim.v.shell_error == 0)
  return root
end

function H.open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

function H.lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

--- Line and column, both from 0, the column in bytes, of the first `needle`.
function H.find(buffer, needle)
  for number, line in ipairs(H.lines(buffer)) do
    local at = line:find(needle, 1, true)
    if at then
      return number - 1, at - 1
    end
  end
  error('no ' .. needle)
end

function H.go(buffer, needle)
  local line, column = H.find(buffer, needle)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
end

function H.client(buffer)
  return H.wait('the client', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'postlint' })[1]
    return client and client.initialized and client
  end)
end

function H.finish()
  say(('%d passed, %d failed'):format(H.passed, H.failed))
  vim.cmd(H.failed == 0 and 'qall!' or 'cquit! 1')
end

return H
