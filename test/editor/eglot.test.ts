import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { drive } from './headless.ts';

describe('Emacs with Eglot', () => {
  it('shows a finding, and takes the fix', () => {
    const script = resolve('test/editor/eglot.el');
    const told = drive('emacs', ['--batch', '-f', 'package-initialize', '-l', script, 'main.ts']);
    const [finding, ...others] = told.findings;
    assert.deepEqual(others, []);
    assert.equal(finding?.line, 3);
    assert.match(finding.text, /^asynclint \[floating-promise\]: /);
    assert.equal(told.titles[0], 'Add `await`');
    assert.match(told.text, /^ {2}await send\(\);$/m);
  });
});
