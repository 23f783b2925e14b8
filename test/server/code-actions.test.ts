import assert from 'node:assert/strict';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { ASKING, Editor, PLAIN, rangeOf } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const FLOATING = `${SEND}export async function run() {\n  send();\n}\n`;
const SAVED = ['source.fixAll.asynclint'];
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('code actions over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  for (const [who, capabilities] of [
    ['that can do much', ASKING],
    ['that can do little', PLAIN],
  ] as const) {
    describe(`for an editor ${who}`, () => {
      it('mend one finding', async () => {
        editor = await Editor.start(capabilities, { 'main.ts': FLOATING });
        await editor.open('main.ts', FLOATING);
        const actions = await editor.actions('main.ts', rangeOf(FLOATING, 'send();'));
        const preferred = actions.find(({ isPreferred }) => isPreferred);
        assert.equal(preferred?.diagnostics?.[0]?.code, 'floating-promise');
        const expected = FLOATING.replace('  send', '  await send');
        assert.equal(await editor.done('main.ts', preferred), expected);
      });

      it('mend all findings of a rule', async () => {
        const text = `${SEND}export async function run() {\n  send(/* 1 */);\n  send();\n}\n`;
        editor = await Editor.start(capabilities, { 'main.ts': text });
        await editor.open('main.ts', text);
        const actions = await editor.actions('main.ts', rangeOf(text, '1'));
        const whole = actions.find(({ title }) => title.startsWith('Fix all `floating-promise`'));
        const expected = text.replaceAll('  send', '  await send');
        assert.equal(await editor.done('main.ts', whole), expected);
      });

      it('mend on save only what is safe', async () => {
        const text = `// asynclint-allow floating-promise: not any more\n${FLOATING}`;
        editor = await Editor.start(capabilities, { 'main.ts': text });
        await editor.open('main.ts', text);
        const [action, ...more] = await editor.actions('main.ts', START, SAVED);
        assert.deepEqual(more, []);
        assert.equal(await editor.done('main.ts', action), FLOATING);
      });

      it('offer nothing on save when there is nothing safe to mend', async () => {
        editor = await Editor.start(capabilities, { 'main.ts': FLOATING });
        await editor.open('main.ts', FLOATING);
        assert.deepEqual(await editor.actions('main.ts', START, SAVED), []);
      });

      it('write a comment that allows the finding', async () => {
        editor = await Editor.start(capabilities, { 'main.ts': FLOATING });
        await editor.open('main.ts', FLOATING);
        const actions = await editor.actions('main.ts', rangeOf(FLOATING, 'send();'));
        const allow = actions.find(({ title }) => title.startsWith('Allow'));
        const text = await editor.done('main.ts', allow);
        assert.match(text, /\n {2}\/\/ asynclint-allow floating-promise: .*\n {2}send\(\);\n/);
      });
    });
  }

  it('keep line ends and count as editors do', async () => {
    const text = FLOATING.replace('  send', '\t/* 😀 */ send').replaceAll('\n', '\r\n');
    editor = await Editor.start(ASKING, { 'main.ts': text });
    await editor.open('main.ts', text);
    const actions = await editor.actions('main.ts', rangeOf(text, 'send();'));
    const fixed = await editor.done('main.ts', actions[0]);
    assert.equal(fixed, text.replace('*/ send', '*/ await send'));
    const allow = actions.find(({ title }) => title.startsWith('Allow'));
    const allowed = await editor.done('main.ts', allow);
    assert.match(allowed, /\r\n\t\/\/ asynclint-allow .*\r\n\t\/\* 😀/);
    assert.doesNotMatch(allowed, /[^\r]\n/);
  });

  it('write further lines with the line ends of the document', async () => {
    const lines = [
      'export async function all(ids: string[]) {',
      '  return await Promise.all(ids.map((id) => fetch(id)));',
      '}',
      '',
    ];
    const text = lines.join('\r\n');
    editor = await Editor.start(ASKING, { 'main.ts': text });
    await editor.open('main.ts', text);
    const actions = await editor.actions('main.ts', rangeOf(text, 'Promise.all'));
    const fixed = await editor.done('main.ts', actions[0]);
    assert.ok(fixed.split('\r\n').length > lines.length, fixed);
    assert.doesNotMatch(fixed, /[^\r]\n/);
  });

  it('mend a file that starts with a byte order mark on disk', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': `\uFEFF${FLOATING}` });
    await editor.open('main.ts', FLOATING);
    const actions = await editor.actions('main.ts', rangeOf(FLOATING, 'send();'));
    const expected = FLOATING.replace('  send', '  await send');
    assert.equal(await editor.done('main.ts', actions[0]), expected);
  });

  it('are refused for text that changed meanwhile', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    const answer = editor.actions('main.ts', rangeOf(FLOATING, 'send();'));
    await editor.type('main.ts', `\n${FLOATING}`);
    await assert.rejects(answer, { code: LSPErrorCodes.ContentModified });
  });

  describe('that reach into other files', () => {
    const TYPES =
      "declare module 'node:fs' { export function readFileSync(name: string): string }\n" +
      "declare module 'node:fs/promises' { export function readFile(name: string): Promise<string> }\n";
    const LOAD =
      "import { readFileSync } from 'node:fs';\nexport function load() {\n  return readFileSync('a');\n}\n";
    const MAIN =
      "import { load } from './load.js';\nexport async function run() {\n  return load();\n}\n";
    const USER = "import { load } from './load.js';\nexport const loaders = [load];\n";
    const FILES = { 'fs.d.ts': TYPES, 'load.ts': LOAD, 'main.ts': MAIN };

    it('mend all of them in one edit, open or not', async () => {
      editor = await Editor.start(ASKING, FILES);
      await editor.open('main.ts', MAIN);
      const actions = await editor.actions('main.ts', rangeOf(MAIN, 'load();'));
      const offered = actions.find(({ title }) => title.startsWith('Make `load` async'));
      const action = await editor.resolved(offered);
      const changes = action.edit?.documentChanges ?? [];
      const uris = changes.flatMap((change) =>
        'textDocument' in change ? change.textDocument.uri : [],
      );
      assert.deepEqual(uris.map((uri) => uri.split('/').at(-1)).sort(), ['load.ts', 'main.ts']);
      const fixed = await editor.done('main.ts', action);
      assert.equal(fixed, MAIN.replace('return load', 'return await load'));
    });

    it('see what is not saved yet', async () => {
      editor = await Editor.start(ASKING, { ...FILES, 'user.ts': 'export {};\n' });
      await editor.open('main.ts', MAIN);
      await editor.open('user.ts', USER);
      const actions = await editor.actions('main.ts', rangeOf(MAIN, 'load();'));
      assert.ok(!actions.some(({ title }) => title.startsWith('Make `load` async')));
    });

    it('are told as what cannot be done, with the reason, where the editor shows that', async () => {
      const { textDocument } = ASKING;
      const codeAction = { ...textDocument?.codeAction, disabledSupport: true };
      const showing = { ...ASKING, textDocument: { ...textDocument, codeAction } };
      editor = await Editor.start(showing, { ...FILES, 'user.ts': USER });
      await editor.open('main.ts', MAIN);
      const actions = await editor.actions('main.ts', rangeOf(MAIN, 'load();'));
      const reasons = actions.flatMap(({ disabled }) => disabled?.reason ?? []);
      assert.deepEqual(reasons, ['`load` cannot be async: it is handed on as a value (user.ts)']);
    });
  });
});
