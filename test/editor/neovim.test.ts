import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { drive } from './headless.ts';

describe('Neovim', () => {
  it('shows a finding, and takes the fix', () => {
    const script = `luafile ${resolve('test/editor/neovim.lua')}`;
    const told = drive('nvim', ['--headless', '-u', 'NONE', 'main.ts', '-c', script]);
    assert.deepEqual(
      told.findings.map(({ line, text }) => `${line} ${text}`),
      ['3 asynclint floating-promise'],
    );
    assert.equal(told.titles[0], 'Add `await`');
    assert.match(told.text, /^ {2}await send\(\);$/m);
  });
});
