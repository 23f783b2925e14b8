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
});
