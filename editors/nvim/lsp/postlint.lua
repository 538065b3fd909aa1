--- How Neovim 0.11 and newer start postlint. To change something, call `vim.lsp.config('postlint', { … })`.
---@type vim.lsp.Config
return {
  cmd = function(dispatchers, config)
    return require('postlint').start(dispatchers, config)
  end,
  filetypes = { 'markdown', 'html' },
  -- Equal in the inner lists: the nearest folder with any of them is the site.
  root_markers = {
    { '.postlint.toml', 'postlint.toml' },
    { '_config.yml', '_config.yaml', 'hugo.toml', 'hugo.yaml', 'hugo.json' },
    '.git',
  },
  settings = { postlint = vim.empty_dict() },
}
