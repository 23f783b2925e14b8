-- Drives the language server from a headless Neovim: shows a finding, takes the preferred fix, sees the finding go.
-- Prints one JSON value; `ASYNCLINT_COMMAND` is the server's command as a JSON list.
local command = vim.json.decode(vim.env.ASYNCLINT_COMMAND)
local buffer = vim.api.nvim_get_current_buf()

local function findings()
  return vim.diagnostic.get(buffer)
end

local function wait(what, holds)
  if not vim.wait(30000, holds, 50) then
    io.stderr:write('waited in vain for ' .. what .. '\n')
    vim.cmd('cquit')
  end
end

-- `vim.lsp.start` of Neovim 0.8 and later does both at once.
local client = vim.lsp.start_client({ name = 'asynclint', cmd = command, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, client)

wait('a finding', function() return #findings() > 0 end)
local before = findings()

-- Neovim 0.7 asks which action to take, however sure we are.
local titles = {}
vim.ui.select = function(actions, _, choose)
  for _, action in ipairs(actions) do titles[#titles + 1] = action[2].title end
  choose(actions[1], 1)
end
vim.api.nvim_win_set_cursor(0, { before[1].lnum + 1, before[1].col })
vim.lsp.buf.code_action()
wait('the fix', function() return #titles > 0 and #findings() == 0 end)

io.stdout:write(vim.json.encode({
  findings = vim.tbl_map(function(one)
    return { line = one.lnum + 1, text = one.source .. ' ' .. one.code }
  end, before),
  titles = titles,
  text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'),
}))
vim.cmd('qall!')
