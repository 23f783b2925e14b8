import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  CancellationTokenSource,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  LSPErrorCodes,
  WatchKind,
} from 'vscode-languageserver/node';
import { ASKING, Editor, PLAIN } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const FLOATING = `${SEND}export function run() {\n  send();\n}\n`;
const HANDLED = `${SEND}export async function run() {\n  await send();\n}\n`;

describe('diagnostics over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  describe('for an editor that asks', () => {
    it('tell rule, place and severity', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      const [finding, ...more] = await editor.pull('main.ts');
      assert.deepEqual(more, []);
      assert.equal(finding?.code, 'floating-promise');
      assert.equal(finding?.source, 'asynclint');
      assert.equal(finding?.severity, DiagnosticSeverity.Error);
      assert.equal(finding?.range.start.line, 2);
    });

    it('lead to the page of the rule and to what else there is to see, and fade what is useless', async () => {
      const load =
        'async function load(path: string): Promise<string> {\n  return (await fetch(path)).text();\n}\n';
      const both = "  const a = await load('a');\n  const b = await load('b');\n  return a + b;\n";
      const text = `${load}export async function both() {\n${both}}\n// asynclint-allow busy-wait: no\n`;
      editor = await Editor.start(ASKING, { 'main.ts': text });
      await editor.open('main.ts', text);
      const [awaits, allow] = await editor.pull('main.ts');
      assert.equal(awaits?.code, 'independent-awaits');
      assert.match(String(awaits.codeDescription?.href), /^file:.*\/independent-awaits\.md$/);
      const { location, message } = awaits.relatedInformation?.[0] ?? assert.fail('nothing beside');
      assert.equal(location.uri, editor.uriOf('main.ts'));
      assert.equal(location.range.start.line, 5);
      assert.match(message, /^Could run beside `a`/);
      assert.equal(allow?.code, 'unused-allow');
      assert.deepEqual(allow.tags, [DiagnosticTag.Unnecessary]);
    });

    it('come from `asynclint lsp`, too', async () => {
      const command = [resolve('dist/cli.js'), 'lsp', '--stdio'];
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING }, {}, command);
      await editor.open('main.ts', FLOATING);
      assert.equal((await editor.pull('main.ts')).length, 1);
    });

    it('follow unsaved text, and the disk again once the document is closed', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': HANDLED });
      await editor.open('main.ts', HANDLED);
      assert.equal((await editor.pull('main.ts')).length, 0);
      await editor.type('main.ts', FLOATING);
      assert.equal((await editor.pull('main.ts')).length, 1);
      await editor.close('main.ts');
      await editor.open('main.ts', HANDLED);
      assert.equal((await editor.pull('main.ts')).length, 0);
    });

    it('speak of the newest of many texts', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': HANDLED });
      await editor.open('main.ts', HANDLED);
      for (let count = 1; count <= 20; count++) {
        await editor.type('main.ts', `${SEND}${'send();\n'.repeat(count)}`);
      }
      assert.equal((await editor.pull('main.ts')).length, 20);
    });

    it('are not sent again while they are the same', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      const first = await editor.report('main.ts');
      const second = await editor.report('main.ts', first.resultId);
      assert.equal(second.kind, 'unchanged');
      await editor.type('main.ts', HANDLED);
      const third = await editor.report('main.ts', second.resultId);
      assert.deepEqual({ ...third, resultId: '' }, { kind: 'full', items: [], resultId: '' });
    });

    it('see the unsaved text of another document', async () => {
      const main = "import { load } from './load.js';\nload();\n";
      const sync = 'export function load(): void {}\n';
      editor = await Editor.start(ASKING, { 'main.ts': main, 'load.ts': sync });
      await editor.open('main.ts', main);
      await editor.open('load.ts', sync);
      assert.equal((await editor.pull('main.ts')).length, 0);
      await editor.type('load.ts', 'export async function load(): Promise<void> {}\n');
      assert.equal((await editor.pull('main.ts')).length, 1);
    });

    it('see files come and go', async () => {
      const main = "import { load } from './load.js';\nload();\n";
      editor = await Editor.start(ASKING, { 'main.ts': main });
      await editor.open('main.ts', main);
      assert.equal((await editor.pull('main.ts')).length, 0);
      editor.write('load.ts', 'export async function load(): Promise<void> {}\n');
      await editor.happened('created', 'load.ts');
      while (editor.refreshes < 1) await editor.news();
      assert.equal((await editor.pull('main.ts')).length, 1);
      rmSync(join(editor.folder, 'load.ts'));
      await editor.happened('deleted', 'load.ts');
      while (editor.refreshes < 2) await editor.news();
      assert.equal((await editor.pull('main.ts')).length, 0);
    });

    it('see files that go and come again at once, as when another branch is checked out', async () => {
      const main = "import { load } from './load.js';\nload();\n";
      const load = 'export async function load(): Promise<void> {}\n';
      editor = await Editor.start(ASKING, { 'main.ts': main, 'load.ts': load });
      await editor.open('main.ts', main);
      assert.equal((await editor.pull('main.ts')).length, 1);
      editor.write('load.ts', 'export function load(): void {}\n');
      await editor.happened('deleted', 'load.ts');
      await editor.happened('created', 'load.ts');
      assert.equal((await editor.pull('main.ts')).length, 0);
      editor.write('load.ts', load);
      await editor.happened('created', 'load.ts');
      await editor.happened('deleted', 'load.ts');
      assert.equal((await editor.pull('main.ts')).length, 1);
    });

    it('follow a file to its new name, and its name in what imports it', async () => {
      const main = "import { load } from './load.js';\nload();\n";
      const load = 'export async function load(): Promise<void> {}\nload();\n';
      editor = await Editor.start(ASKING, { 'main.ts': main, 'load.ts': load });
      await editor.open('main.ts', main);
      await editor.open('load.ts', load);
      assert.equal((await editor.pull('main.ts')).length, 1);
      renameSync(join(editor.folder, 'load.ts'), join(editor.folder, 'fetch.ts'));
      await editor.close('load.ts');
      await editor.open('fetch.ts', load);
      await editor.happened('created', 'fetch.ts');
      await editor.happened('deleted', 'load.ts');
      assert.equal((await editor.pull('main.ts')).length, 0);
      assert.equal((await editor.pull('fetch.ts')).length, 1);
      // What the editor does next, unsaved.
      await editor.type('main.ts', main.replace('./load', './fetch'));
      assert.equal((await editor.pull('main.ts')).length, 1);
    });

    it('see a folder go, of whose files nobody tells', async () => {
      const main = "import { load } from './deep/load.js';\nload();\n";
      const load = 'export async function load(): Promise<void> {}\n';
      editor = await Editor.start(ASKING, { 'main.ts': main, 'deep/load.ts': load });
      await editor.open('main.ts', main);
      assert.equal((await editor.pull('main.ts')).length, 1);
      assert.ok(editor.watched.some(({ kind }) => kind === WatchKind.Delete));
      rmSync(join(editor.folder, 'deep'), { recursive: true });
      await editor.happened('deleted', 'deep');
      while (editor.refreshes < 1) await editor.news();
      assert.equal((await editor.pull('main.ts')).length, 0);
      editor.write('picture.png', '');
      await editor.happened('deleted', 'picture.png');
      const { resultId } = await editor.report('main.ts');
      assert.equal((await editor.report('main.ts', resultId)).kind, 'unchanged');
    });

    it('follow the config file', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      assert.equal((await editor.pull('main.ts')).length, 1);
      editor.write('asynclint.jsonc', '{ "rules": { "floating-promise": "off" } }');
      await editor.happened('created', 'asynclint.jsonc');
      assert.equal((await editor.pull('main.ts')).length, 0);
    });

    it('follow the tsconfig', async () => {
      const text = 'export const run = (late?: Promise<void>) => (late ? 1 : 2);\n';
      editor = await Editor.start(ASKING, { 'main.ts': text, 'tsconfig.json': '{}' });
      const loose = '{ "compilerOptions": { "strict": false } }';
      const always = text.replace('late?', 'late');
      await editor.open('main.ts', always);
      assert.equal((await editor.pull('main.ts')).length, 1);
      editor.write('tsconfig.json', loose);
      await editor.happened('changed', 'tsconfig.json');
      assert.equal((await editor.pull('main.ts')).length, 0);
    });

    it('tell mistakes in the config file, until they are gone', async () => {
      const mistaken = '{\n  "rules": { "floating-promises": "off" }\n}\n';
      editor = await Editor.start(ASKING, { 'main.ts': HANDLED, 'asynclint.jsonc': mistaken });
      await editor.open('main.ts', HANDLED);
      await editor.pull('main.ts');
      const [problem] = await editor.pushed('asynclint.jsonc', ({ length }) => length === 1);
      assert.equal(problem?.range.start.line, 1);
      assert.match(String(problem.message), /floating-promise/);
      editor.write('asynclint.jsonc', mistaken.replace('promises', 'promise'));
      await editor.happened('changed', 'asynclint.jsonc');
      await editor.pull('main.ts');
      await editor.pushed('asynclint.jsonc', ({ length }) => length === 0);
    });

    it('follow the settings that come with the start', async () => {
      const options = { rules: { 'floating-promise': 'information' } };
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING }, options);
      await editor.open('main.ts', FLOATING);
      const [finding] = await editor.pull('main.ts');
      assert.equal(finding?.severity, DiagnosticSeverity.Information);
    });

    it('leave cancelled questions, and answer the next', async () => {
      editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      const source = new CancellationTokenSource();
      const answer = editor.report('main.ts', undefined, source.token);
      source.cancel();
      await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
      assert.equal((await editor.pull('main.ts')).length, 1);
    });
  });

  for (const [who, capabilities] of [
    ['asks', ASKING],
    ['does not ask', PLAIN],
  ] as const) {
    it(`count lines and columns as editors do, for one that ${who}`, async () => {
      const lines = ['/* 😀𝒳 */\texport function run() {', '\t/* 👩‍👩‍👧 é */\tsend();', '}', ''];
      const text = `\uFEFF${SEND}${lines.join('\n')}`.replaceAll('\n', '\r\n');
      editor = await Editor.start(capabilities, { 'main.ts': text });
      // On disk alone there is the mark of the byte order.
      await editor.open('main.ts', text.slice(1));
      const isThere = ({ length }: readonly Diagnostic[]) => length === 1;
      const [finding] =
        capabilities === ASKING
          ? await editor.pull('main.ts')
          : await editor.pushed('main.ts', isThere);
      const character = '\t/* 👩‍👩‍👧 é */\t'.length;
      assert.deepEqual(finding?.range, {
        start: { line: 2, character },
        end: { line: 2, character: character + 'send()'.length },
      });
    });
  }

  describe('for an editor that does not ask', () => {
    it('are told when a document is opened, edited and closed', async () => {
      editor = await Editor.start(PLAIN, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      await editor.pushed('main.ts', ({ length }) => length === 1);
      await editor.type('main.ts', HANDLED);
      await editor.pushed('main.ts', ({ length }) => length === 0);
      await editor.type('main.ts', FLOATING);
      await editor.pushed('main.ts', ({ length }) => length === 1);
      await editor.close('main.ts');
      await editor.pushed('main.ts', ({ length }) => length === 0);
    });

    it('are told of a document that depends on the edited one', async () => {
      const main = "import { load } from './load.js';\nload();\n";
      const sync = 'export function load(): void {}\n';
      editor = await Editor.start(PLAIN, { 'main.ts': main, 'load.ts': sync });
      await editor.open('main.ts', main);
      await editor.open('load.ts', sync);
      await editor.pushed('main.ts', ({ length }) => length === 0);
      await editor.type('load.ts', 'export async function load(): Promise<void> {}\n');
      await editor.pushed('main.ts', ({ length }) => length === 1);
    });

    it('follow a document to its new name', async () => {
      editor = await Editor.start(PLAIN, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      await editor.pushed('main.ts', ({ length }) => length === 1);
      rmSync(join(editor.folder, 'main.ts'));
      editor.write('renamed.ts', FLOATING);
      await editor.close('main.ts');
      await editor.open('renamed.ts', FLOATING);
      await editor.happened('deleted', 'main.ts');
      await editor.happened('created', 'renamed.ts');
      await editor.pushed('renamed.ts', ({ length }) => length === 1);
      await editor.pushed('main.ts', ({ length }) => length === 0);
    });

    it('follow the settings', async () => {
      editor = await Editor.start(PLAIN, { 'main.ts': FLOATING });
      await editor.open('main.ts', FLOATING);
      await editor.pushed('main.ts', ({ length }) => length === 1);
      const settings = { asynclint: { rules: { 'floating-promise': 'off' } } };
      await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
      await editor.pushed('main.ts', ({ length }) => length === 0);
    });
  });
});
