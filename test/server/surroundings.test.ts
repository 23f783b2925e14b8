import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ASKING, Editor, PLAIN } from './editor.ts';

const FLOATING = 'declare function send(): Promise<void>;\nsend();\nexport {};\n';

describe('folders that are not as they might be', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  it('without dependencies are told once, and what needs none is still reported', async () => {
    const text = [
      "import { query } from 'database';",
      'export const run = () => query();',
      'run();',
      'export const made = new Promise<void>(async (done) => done(await query()));',
      '',
    ].join('\n');
    const manifest = JSON.stringify({ dependencies: { database: '1.0.0' } });
    const files = { 'main.ts': text, 'other.ts': text, 'package.json': manifest };
    editor = await Editor.start(ASKING, files);
    await editor.open('main.ts', text);
    await editor.open('other.ts', text);
    const found = [...(await editor.pull('main.ts')), ...(await editor.pull('other.ts'))];
    assert.deepEqual(
      found.map(({ code }) => code),
      ['async-executor', 'async-executor'],
    );
    const [hint, ...more] = editor.messages;
    assert.deepEqual(more, []);
    assert.match(String(hint), /^The dependencies of .* are not installed: .*\.$/);
  });

  it('with nothing to install are told nothing', async () => {
    editor = await Editor.start(ASKING, { 'main.ts': FLOATING, 'package.json': '{}' });
    await editor.open('main.ts', FLOATING);
    assert.equal((await editor.pull('main.ts')).length, 1);
    assert.deepEqual(editor.messages, []);
  });

  it('that nobody trusts have none of their code run, nor a compiler of theirs', async () => {
    const trap = "require('fs').writeFileSync(__dirname + '/sprung', '');\n";
    const manifest = JSON.stringify({ name: 'typescript', version: '7.0.2', main: 'index.cjs' });
    const compiler = 'node_modules/typescript';
    const platform = `node_modules/@typescript/typescript-${process.platform}-${process.arch}`;
    const files = {
      'main.ts': FLOATING,
      'asynclint.config.js': trap,
      'asynclint.jsonc': '{ "extends": ["./asynclint.config.js"] }',
      [`${compiler}/package.json`]: manifest,
      [`${compiler}/index.cjs`]: trap,
      [`${compiler}/lib/tsc.js`]: trap,
      [`${platform}/lib/tsc`]: `#!/usr/bin/env node\n${trap}`,
    };
    editor = await Editor.start(ASKING, files);
    chmodSync(join(editor.folder, platform, 'lib/tsc'), 0o755);
    await editor.open('main.ts', FLOATING);
    assert.equal((await editor.pull('main.ts')).length, 1);
    const all = readdirSync(editor.folder, { recursive: true }).map(String);
    assert.deepEqual(
      all.filter((name) => name.endsWith('sprung')),
      [],
    );
  });

  it('that cannot be written to are linted all the same', async () => {
    // Such a tsconfig needs a stand-in, which is mostly kept beside the dependencies.
    const old = JSON.stringify({ compilerOptions: { target: 'es5', strict: true } });
    const files = {
      'main.ts': FLOATING,
      'tsconfig.json': old,
      'node_modules/a/package.json': '{}',
    };
    editor = await Editor.start(ASKING, files);
    for (const name of ['.', 'node_modules', 'node_modules/a']) {
      chmodSync(join(editor.folder, name), 0o555);
    }
    await editor.open('main.ts', FLOATING);
    assert.equal((await editor.pull('main.ts')).length, 1);
    const isRoot = process.getuid?.() === 0;
    assert.ok(isRoot || !existsSync(join(editor.folder, 'node_modules/.cache')));
    for (const name of ['.', 'node_modules', 'node_modules/a']) {
      chmodSync(join(editor.folder, name), 0o755);
    }
  });

  it('and documents that lie in none are linted as well', async () => {
    editor = await Editor.start(PLAIN, {}, {}, undefined, []);
    editor.write('alone.ts', FLOATING);
    await editor.open('alone.ts', FLOATING);
    await editor.pushed('alone.ts', ({ length }) => length === 1);
  });
});
