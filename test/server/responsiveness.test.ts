import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { LINT_WORKSPACE } from '#protocol';
import { ASKING, Editor, FULL, PLAIN } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const times = (count: number): string => `${SEND}${'send();\n'.repeat(count)}export {};\n`;
const MAIN = "import { load } from './load.js';\nload();\n";
const SYNC = 'export function load(): void {}\n';
const ASYNC = 'export async function load(): Promise<void> {}\n';

describe('responsiveness over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  it('a newer text ends the lint of the older, which is to be asked for again', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': times(1) });
    await editor.open('main.ts', times(1));
    const answer = editor.report('main.ts');
    await editor.type('main.ts', times(2));
    await assert.rejects(answer, {
      code: LSPErrorCodes.ServerCancelled,
      data: { retriggerRequest: true },
    });
    assert.equal((await editor.pull('main.ts')).length, 2);
  });

  it('of 200 edits in a row the last one is told, and hardly any other', async () => {
    editor = await Editor.start(PLAIN, { 'main.ts': times(0) });
    await editor.open('main.ts', times(0));
    await editor.pushed('main.ts', ({ length }) => length === 0);
    let told = 0;
    editor.connection.onNotification('textDocument/publishDiagnostics', () => void told++);
    for (let count = 1; count <= 200; count++) await editor.type('main.ts', times(count % 7));
    await editor.type('main.ts', times(9));
    const last = await editor.report('main.ts').catch(() => undefined);
    assert.ok(last === undefined || last.kind === 'full');
    while (told === 0) await sleep(20);
    await sleep(1000);
    assert.ok(told <= 10, `${told} times`);
  });

  for (const capabilities of [ASKING, PLAIN]) {
    const who = capabilities === ASKING ? 'asks' : 'does not ask';
    it(`a text that is typed in pieces is what it comes to, for an editor that ${who}`, async () => {
      const text = `${SEND}/* 😀 */\r\nexport {};\r\n`;
      editor = await Editor.start(capabilities, { 'main.ts': text });
      await editor.open('main.ts', text);
      const change = (version: number, ...pieces: readonly [number, number, string][]) =>
        editor.connection.sendNotification('textDocument/didChange', {
          textDocument: { uri: editor.uriOf('main.ts'), version },
          contentChanges: pieces.map(([line, character, piece]) => {
            const at = { line, character };
            return { range: { start: at, end: at }, text: piece };
          }),
        });
      const letters = [...'send();'];
      for (const [index, letter] of letters.entries()) {
        await change(index + 2, [1, '/* 😀 */'.length + index, letter]);
      }
      await change(99, [1, '/* 😀 */'.length, '\r\n'], [2, 0, '/* 𝒳 */ ']);
      const [finding] =
        capabilities === ASKING
          ? await editor.pull('main.ts')
          : await editor.pushed('main.ts', ([one]) => one?.range.start.line === 2);
      assert.deepEqual(finding?.range, {
        start: { line: 2, character: 9 },
        end: { line: 2, character: 9 + 'send()'.length },
      });
    });
  }

  it('answers what needs no linting while it lints', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`file${index}.ts`, times(20)]),
    );
    editor = await Editor.start(FULL, files);
    const all = editor.connection.sendRequest(LINT_WORKSPACE, {});
    let answers = 0;
    let isDone = false;
    void all.then(() => {
      isDone = true;
    });
    while (!isDone) {
      await editor.connection.sendRequest('textDocument/codeLens', {
        textDocument: { uri: editor.uriOf('main.ts') },
      });
      answers++;
      await sleep(10);
    }
    assert.deepEqual(await all, { files: 300, findings: 6000 });
    // However busy the machine is: a thread that waits for the compiler answers once or twice.
    assert.ok(answers >= 10, `${answers} answers`);
  });

  it('lets who types go before the lint of the workspace', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`file${index}.ts`, times(20)]),
    );
    editor = await Editor.start(FULL, { ...files, 'main.ts': times(1) });
    await editor.open('main.ts', times(1));
    await editor.pull('main.ts');
    const order: string[] = [];
    const all = editor.connection.sendRequest(LINT_WORKSPACE, {});
    void all.then(() => order.push('workspace'));
    for (let count = 2; count <= 5; count++) {
      await editor.type('main.ts', times(count));
      assert.equal((await editor.pull('main.ts')).length, count);
      order.push('document');
    }
    await all;
    assert.deepEqual(order, ['document', 'document', 'document', 'document', 'workspace']);
  });

  it('an editor that asks is told to ask again when another document depends on the edited', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': MAIN, 'load.ts': SYNC });
    await editor.open('main.ts', MAIN);
    await editor.open('load.ts', SYNC);
    assert.equal((await editor.pull('main.ts')).length, 0);
    await editor.type('load.ts', ASYNC);
    while (editor.refreshes < 1) await editor.news();
    assert.equal((await editor.pull('main.ts')).length, 1);
  });

  it('an editor that asks is left alone when no other document is concerned', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': MAIN, 'load.ts': SYNC });
    await editor.open('main.ts', MAIN);
    await editor.open('load.ts', SYNC);
    await editor.pull('main.ts');
    await editor.pull('load.ts');
    await editor.type('load.ts', `// More.\n${SYNC}`);
    await editor.pull('load.ts');
    await sleep(1500);
    assert.equal(editor.refreshes, 0);
  });
});
