import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { Editor, FULL, PLAIN } from './editor.ts';

const FLOATING = 'declare function send(): Promise<void>;\nsend();\nexport {};\n';
const SERVER = undefined;

describe('settings over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  const change = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    editor.settings = settings;
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
  };

  const severityOf = async (name: string): Promise<DiagnosticSeverity | undefined> =>
    (await editor.pull(name))[0]?.severity;

  it('of an editor that is asked count at once, and again when they change', async () => {
    editor = await Editor.start(FULL, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    assert.equal(await severityOf('main.ts'), DiagnosticSeverity.Error);
    await change({ '.': { rules: { 'floating-promise': 'warning' } } });
    while (editor.refreshes < 1) await editor.news();
    assert.equal(await severityOf('main.ts'), DiagnosticSeverity.Warning);
    await change({ '.': { enable: false } });
    while (editor.refreshes < 2) await editor.news();
    assert.equal(await severityOf('main.ts'), undefined);
    await change({ '.': null });
    while (editor.refreshes < 3) await editor.news();
    assert.equal(await severityOf('main.ts'), DiagnosticSeverity.Error);
  });

  it('of one workspace folder count in it alone', async () => {
    const files = { 'one/main.ts': FLOATING, 'two/main.ts': FLOATING };
    editor = await Editor.start(FULL, files, {}, SERVER, ['one', 'two']);
    await editor.open('one/main.ts', FLOATING);
    await editor.open('two/main.ts', FLOATING);
    assert.equal(await severityOf('one/main.ts'), DiagnosticSeverity.Error);
    await change({ one: { rules: { 'floating-promise': 'information' } }, two: {} });
    while (editor.refreshes < 1) await editor.news();
    assert.equal(await severityOf('one/main.ts'), DiagnosticSeverity.Information);
    assert.equal(await severityOf('two/main.ts'), DiagnosticSeverity.Error);
  });

  it('switch an editor off and on that does not ask', async () => {
    editor = await Editor.start(PLAIN, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    await editor.pushed('main.ts', ({ length }) => length === 1);
    const told = (enable: boolean) => ({ settings: { asynclint: { enable } } });
    await editor.connection.sendNotification('workspace/didChangeConfiguration', told(false));
    await editor.pushed('main.ts', ({ length }) => length === 0);
    await editor.connection.sendNotification('workspace/didChangeConfiguration', told(true));
    await editor.pushed('main.ts', ({ length }) => length === 1);
  });

  it('of the nearest tsconfig count, and the status names it', async () => {
    const late = 'export const run = (late: Promise<void>) => (late ? 1 : 2);\n';
    const strict = (value: boolean) => JSON.stringify({ compilerOptions: { strict: value } });
    const files = {
      'loose/tsconfig.json': strict(false),
      'loose/main.ts': late,
      'tight/tsconfig.json': strict(true),
      'tight/main.ts': late,
    };
    editor = await Editor.start(FULL, files, { status: true });
    await editor.open('loose/main.ts', late);
    await editor.open('tight/main.ts', late);
    assert.equal((await editor.pull('loose/main.ts')).length, 0);
    assert.equal((await editor.pull('tight/main.ts')).length, 1);
    const isTold = () => {
      const last = editor.statuses.at(-1);
      return last?.state === 'idle' && last.project === 'tight/tsconfig.json';
    };
    while (!isTold()) await editor.news();
    assert.equal(editor.statuses.at(-1)?.findings, 1);
    assert.match(String(editor.statuses.at(-1)?.typescript), /^7\./);
    assert.ok(editor.statuses.some(({ state }) => state === 'linting'));
  });
});
