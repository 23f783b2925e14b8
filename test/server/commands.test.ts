import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, ServerCommand } from '#protocol';
import { ASKING, Editor, FULL, rangeOf } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const FLOATING = `${SEND}export async function run() {\n  send();\n}\n`;
const AWAITED = FLOATING.replace('  send', '  await send');
const REWRITE = ['refactor.rewrite'];

describe('commands over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  const execute = (command: string, ...args: readonly unknown[]): Promise<Outcome> =>
    editor.connection.sendRequest<Outcome>('workspace/executeCommand', {
      command,
      arguments: args,
    });

  const onDisk = (name: string): string => readFileSync(join(editor.folder, name), 'utf8');

  it('fix a rule in the whole workspace, open or not, whatever ends its lines', async () => {
    const windows = FLOATING.replaceAll('\n', '\r\n').replace('  send', '\t/* 😀 */ send');
    editor = await Editor.start(FULL, { 'a.ts': FLOATING, 'b.ts': windows, 'c.ts': AWAITED });
    await editor.open('a.ts', FLOATING);
    const actions = await editor.actions('a.ts', rangeOf(FLOATING, 'send();'));
    const action = actions.find(({ title }) => title.includes('in the workspace'));
    assert.equal(action?.command?.command, ServerCommand.fixAllOfRule);
    const outcome = await execute(action.command.command, ...(action.command.arguments ?? []));
    assert.deepEqual(outcome, {
      applied: true,
      edits: 2,
      files: 2,
      message: '2 edits in 2 files.',
    });
    assert.equal(editor.textOf('a.ts'), AWAITED);
    assert.equal(onDisk('b.ts'), windows.replace('*/ send', '*/ await send'));
    assert.deepEqual(editor.messages, ['2 edits in 2 files.']);
  });

  it('fix a rule in one file alone', async () => {
    editor = await Editor.start(FULL, { 'a.ts': FLOATING, 'b.ts': FLOATING });
    const selection = { rule: 'floating-promise', fix: 'await', uri: editor.uriOf('b.ts') };
    assert.equal((await execute(ServerCommand.fixAllOfRule, selection)).applied, true);
    assert.deepEqual([onDisk('a.ts'), onDisk('b.ts')], [FLOATING, AWAITED]);
  });

  it('fix in the workspace only what is safe, unless a rule is named', async () => {
    const unused = `// asynclint-allow floating-promise: not any more\n${AWAITED}`;
    editor = await Editor.start(FULL, { 'a.ts': FLOATING, 'b.ts': unused });
    assert.equal((await execute(ServerCommand.fixAllInWorkspace)).files, 1);
    assert.deepEqual([onDisk('a.ts'), onDisk('b.ts')], [FLOATING, AWAITED]);
    const again = await execute(ServerCommand.fixAllInWorkspace);
    assert.deepEqual([again.applied, again.message], [false, 'There is nothing to fix.']);
  });

  it('change nothing when some text changed meanwhile', async () => {
    editor = await Editor.start(FULL, { 'a.ts': FLOATING, 'b.ts': FLOATING });
    await editor.open('a.ts', FLOATING);
    await editor.pull('a.ts');
    const answer = execute(ServerCommand.fixAllOfRule, { rule: 'floating-promise', fix: 'await' });
    await editor.type('a.ts', `\n${FLOATING}`);
    assert.equal((await answer).applied, false);
    assert.equal(onDisk('b.ts'), FLOATING);
    assert.match(editor.messages.join(), /changed meanwhile/);
  });

  it('change nothing when a file that is not open is another one on disk', async () => {
    editor = await Editor.start(FULL, { 'a.ts': FLOATING, 'b.ts': FLOATING });
    await editor.open('a.ts', FLOATING);
    await execute(ServerCommand.fixAllInWorkspace);
    // Nobody tells the server of it.
    editor.write('b.ts', `\n\n${FLOATING}`);
    const outcome = await execute(ServerCommand.fixAllOfRule, { rule: 'floating-promise' });
    assert.equal(outcome.applied, false);
    assert.equal(editor.textOf('a.ts'), FLOATING);
  });

  describe('that make a function async', () => {
    const TYPES =
      "declare module 'node:fs' { export function readFileSync(name: string): string }\n" +
      "declare module 'node:fs/promises' { export function readFile(name: string): Promise<string> }\n";
    const LOAD =
      "import { readFileSync } from 'node:fs';\nexport function load() {\n  return readFileSync('a');\n}\n";
    const MAIN =
      "import { load } from './load.js';\nexport async function run() {\n  return load();\n}\n";
    const USER = "import { load } from './load.js';\nexport const loaders = [load];\n";
    const FILES = { 'fs.d.ts': TYPES, 'load.ts': LOAD, 'main.ts': MAIN };

    const makeAsync = async (): Promise<Outcome> => {
      await editor.open('load.ts', LOAD);
      const actions = await editor.actions('load.ts', rangeOf(LOAD, 'load()'), REWRITE);
      const action = actions.find(({ title }) => title === 'Make async, with callers');
      assert.equal(action?.command?.command, ServerCommand.makeAsync);
      return execute(action.command.command, ...(action.command.arguments ?? []));
    };

    it('reach all callers, where nothing is reported', async () => {
      editor = await Editor.start(FULL, FILES);
      const outcome = await makeAsync();
      assert.equal(outcome.applied, true, outcome.message);
      assert.match(editor.textOf('load.ts'), /export async function load\(\) \{\n {2}return await/);
      assert.equal(onDisk('main.ts'), MAIN.replace('return load', 'return await load'));
    });

    it('tell what prevents it', async () => {
      editor = await Editor.start(FULL, { ...FILES, 'user.ts': USER });
      const { applied, message } = await makeAsync();
      assert.deepEqual(
        [applied, message],
        [false, 'Not done: `load` cannot be async: it is handed on as a value.'],
      );
      assert.deepEqual([editor.textOf('load.ts'), onDisk('main.ts')], [LOAD, MAIN]);
    });

    it('are not offered to editors that take no edits from servers', async () => {
      editor = await Editor.start(ASKING, FILES);
      await editor.open('load.ts', LOAD);
      assert.deepEqual(await editor.actions('load.ts', rangeOf(LOAD, 'load()'), REWRITE), []);
    });
  });
});
