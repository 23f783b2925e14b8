import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import { ASKING, Editor, FULL, rangeOf } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const FLOATING = `${SEND}send();\n`;

describe('allowing a finding over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  const offered = async (
    files: Readonly<Record<string, string>>,
    name: string,
    part: string,
    title: RegExp,
    capabilities = ASKING,
  ): Promise<CodeAction | undefined> => {
    editor = await Editor.start(capabilities, files);
    const text = files[name] ?? '';
    await editor.open(name, text);
    const actions = await editor.actions(name, rangeOf(text, part));
    return actions.find((action) => title.test(action.title));
  };

  /** Whether nothing is reported any more once the placeholder is filled in. */
  const isSilent = async (name: string, text: string): Promise<boolean> => {
    await editor.type(name, text.replace(/\$\{1:(reason)\}/, '$1'));
    return (await editor.pull(name)).length === 0;
  };

  it('in the whole file, below the line that names an interpreter', async () => {
    const text = `#!/usr/bin/env node\n${FLOATING}`;
    const action = await offered({ 'main.ts': text }, 'main.ts', 'send();', /in this file/);
    const allowed = await editor.done('main.ts', action);
    assert.match(allowed, /^#!.*\n\/\/ asynclint-allow-file floating-promise: \S+\ndeclare/);
    assert.ok(await isSilent('main.ts', allowed));
  });

  it('inside a text of several lines, where no line above is free', async () => {
    const text = `${SEND}export const all = \`\n\${[\n  send(),\n].length}\n\${send().then(() => 1) ? 1 : 2}\`;\n`;
    const action = await offered({ 'main.ts': text }, 'main.ts', 'send().then', /here, with/);
    const allowed = await editor.done('main.ts', action);
    assert.match(allowed, /\n\$\{\/\* asynclint-allow promise-as-condition: \S+ \*\/ send\(\)/);
    assert.ok(await isSilent('main.ts', allowed));
  });

  it('by turning its rule off in the config file, the rest of which stays', async () => {
    const config = '{\n  // Ours.\n  "preset": "strict"\n}\n';
    const files = { 'main.ts': FLOATING, 'asynclint.jsonc': config };
    const action = await offered(files, 'main.ts', 'send();', /^Turn `floating-promise` off/);
    const [change] = action?.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.ok(change.textDocument.uri.endsWith('/asynclint.jsonc'));
    const text = change.edits.map((edit) => ('newText' in edit ? edit.newText : '')).join('');
    assert.match(text, /"rules": \{\s*"floating-promise": "off"\s*\}/);
  });

  it('by a new config file, where the editor creates files', async () => {
    const files = { 'main.ts': FLOATING };
    const action = await offered(files, 'main.ts', 'send();', /off in asynclint\.jsonc/, FULL);
    const kinds = action?.edit?.documentChanges?.map((one) => ('kind' in one ? one.kind : 'edit'));
    assert.deepEqual(kinds, ['create', 'edit']);
    await editor.stop();
    assert.equal(await offered(files, 'main.ts', 'send();', /off in asynclint\.jsonc/), undefined);
  });

  it('or by having it explained', async () => {
    const action = await offered({ 'main.ts': FLOATING }, 'main.ts', 'send();', /^Explain/);
    const position = rangeOf(FLOATING, 'send();').start;
    assert.deepEqual(action?.command?.arguments, [{ uri: editor.uriOf('main.ts'), position }]);
  });
});
