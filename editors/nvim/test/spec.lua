local here = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)))
package.path = here .. '/?.lua;' .. package.path
local H = require('harness')
local editors = vim.fs.dirname(vim.fs.dirname(here))
local cases = vim.json.decode(H.read(editors .. '/cases.json'))
local root = H.site(editors)
local path = root .. '/' .. cases.document
local buffer, client

--- The findings of the buffer, once all that are wanted are there.
local function findings(wanted)
  return H.wait('findings', function()
    local found = vim.diagnostic.get(buffer)
    table.sort(found, function(a, b)
      return a.lnum < b.lnum
    end)
    return #found == wanted and found
  end)
end

H.test('opening a post starts the server at the root of its site', function()
  buffer = H.open(path)
  client = H.client(buffer)
  H.equal(root, client.root_dir)
  H.equal('utf-8', client.offset_encoding)
end)

H.test('findings stand at their words, behind wide characters too', function()
  local found = findings(#cases.diagnostics)
  for number, wanted in ipairs(cases.diagnostics) do
    local line, column = H.find(buffer, wanted.text)
    local one = found[number]
    H.equal({ wanted.code, wanted.severity, line, column }, { one.code, one.severity, one.lnum, one.col })
  end
end)

H.test('hovers tell what the generator makes of a field', function()
  for _, case in ipairs(cases.hover) do
    local line, column = H.find(buffer, case.at)
    -- The index is read in the background.
    H.wait('words in the hover of ' .. case.at, function()
      local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = line, character = column } }
      local answer = client:request_sync('textDocument/hover', params, 5000, buffer)
      local text = answer and answer.result and answer.result.contents.value or ''
      return vim.iter(case.says):all(function(word)
        return text:find(word, 1, true)
      end)
    end)
  end
end)

H.test('a quick fix is chosen like a person chooses it', function()
  local case = cases.quickFix
  H.go(buffer, cases.diagnostics[1].text)
  vim.lsp.buf.code_action({
    filter = function(action)
      return action.title == case.title
    end,
    apply = true,
  })
  H.wait('the line', function()
    return vim.list_contains(H.lines(buffer), case.line)
  end)
  vim.cmd('silent undo')
end)

H.test('a tag of the site is completed', function()
  local case = cases.completion
  local line = H.find(buffer, case.line)
  vim.api.nvim_buf_set_lines(buffer, line, line + 1, false, { case.typed .. case.rest })
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = line, character = #case.typed } }
  local answer = client:request_sync('textDocument/completion', params, 5000, buffer)
  local item = vim.iter(answer.result.items or answer.result):find(function(item)
    return item.label == case.item
  end)
  assert(item, vim.inspect(answer))
  vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, client.offset_encoding)
  H.equal(case.becomes, H.lines(buffer)[line + 1])
  vim.cmd('silent! undo 0')
  vim.cmd('edit!')
end)

H.test('safe fixes are made on save where that is wanted', function()
  vim.g.postlint_fix_on_save = true
  H.client(buffer)
  findings(#cases.diagnostics)
  vim.cmd('silent write')
  vim.g.postlint_fix_on_save = nil
  local text = H.read(path)
  assert(text:find(cases.fixAll.line, 1, true), text)
  assert(text:find('adsbygoogle', 1, true), 'what needs consent stays')
end)

H.test('a tag is renamed in every post', function()
  local case = cases.rename
  H.go(buffer, case.at)
  vim.lsp.buf.rename(case.name)
  H.wait('the new name', function()
    return vim.iter(H.lines(buffer)):any(function(line)
      return line:find(case.name, 1, true)
    end)
  end)
  vim.cmd('silent wall')
  for file, lines in pairs(case.files) do
    local text = '\n' .. H.read(root .. '/' .. file)
    for _, line in ipairs(lines) do
      assert(text:find('\n' .. line .. '\n', 1, true), file .. ' lacks ' .. line .. ':' .. text)
    end
  end
end)

H.test('the commands speak to the server', function()
  local shown
  local show = vim.lsp.handlers['window/showMessage']
  vim.lsp.handlers['window/showMessage'] = function(_, result)
    shown = result.message
  end
  vim.cmd.PostlintExplain()
  H.wait('the verdict', function()
    return shown and shown:find('Hexo', 1, true)
  end)
  vim.lsp.handlers['window/showMessage'] = show
  vim.cmd.PostlintCleanAds()
  H.wait('the ads to go', function()
    return not table.concat(H.lines(buffer), '\n'):find('adsbygoogle', 1, true)
  end)
end)

H.test('settings reach the server', function()
  vim.cmd('silent edit!')
  client.settings = { postlint = { ignore = { 'ad-unit' } } }
  client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  H.wait('one finding less', function()
    local found = vim.diagnostic.get(buffer)
    return #found > 0 and not vim.iter(found):any(function(one)
      return one.code == 'ad-unit'
    end)
  end)
end)

H.test('it is restarted with other settings', function()
  vim.lsp.config('postlint', { settings = { postlint = { ignore = { 'date-invalid' } } } })
  local before = H.client(buffer).id
  vim.cmd.PostlintRestart()
  H.wait('another client', function()
    return H.client(buffer).id ~= before
  end)
  H.wait('its findings', function()
    local codes = vim.iter(vim.diagnostic.get(buffer)):map(function(one)
      return one.code
    end):totable()
    return vim.list_contains(codes, 'ad-unit') and not vim.list_contains(codes, 'date-invalid')
  end)
end)

H.test('health and help are there', function()
  vim.cmd('silent checkhealth postlint')
  local text = table.concat(H.lines(0), '\n')
  assert(text:find('postlint 0', 1, true) and not text:find('ERROR', 1, true), text)
  vim.cmd('silent bwipeout!')
  vim.cmd('silent helptags ' .. vim.fn.fnameescape(vim.fs.dirname(here) .. '/doc'))
  vim.cmd('silent help postlint-settings')
  vim.cmd('silent helpclose')
end)

H.test('the server leaves when it is asked to', function()
  for _, one in ipairs(vim.lsp.get_clients()) do
    one:stop()
  end
  H.wait('its end', function()
    return #vim.lsp.get_clients() == 0
  end, 5000)
end)

vim.fn.delete(root, 'rf')
vim.fn.delete(vim.fs.dirname(here) .. '/doc/tags')
H.finish()
