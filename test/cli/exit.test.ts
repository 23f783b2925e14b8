import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

describe('exit codes', () => {
  let project: Scratch;

  before(() => {
    project = scratch(
      {
        'clean.ts': 'export {};\n',
        'error.ts': 'declare function shout(): void;\nshout();\n',
        'warning.ts': 'declare function mutter(): void;\nmutter();\nmutter();\n',
        'information.ts': 'declare function hum(): void;\nhum();\n',
        'bug.ts': 'declare function explode(): void;\nexplode();\n',
        'notes.md': '# Notes\n',
        'empty/notes.md': '# Notes\n',
      },
      TSCONFIG,
    );
  });

  after(() => project.remove());

  const exitOf = async (...argv: readonly string[]): Promise<number> =>
    (await invoke(argv, project.folder)).exit;

  it('0: nothing, or information alone', async () => {
    assert.equal(await exitOf('clean.ts'), 0);
    assert.equal(await exitOf('information.ts'), 0);
  });

  it('1: an error or a warning', async () => {
    assert.equal(await exitOf('error.ts'), 1);
    assert.equal(await exitOf('warning.ts'), 1);
  });

  it('1: more warnings than --max-warnings allows', async () => {
    assert.equal(await exitOf('warning.ts', '--max-warnings', '2'), 0);
    assert.equal(await exitOf('warning.ts', '--max-warnings', '1'), 1);
    assert.equal(await exitOf('error.ts', '--max-warnings', '9'), 1);
  });

  it('2: options that do not exist, or do not fit', async () => {
    for (const argv of [
      ['--colour'],
      ['--format', 'xml'],
      ['--preset', 'lax'],
      ['--max-warnings', 'few'],
      ['--max-warnings', '-1'],
      ['--only'],
      ['--diff', '--format', 'json'],
    ]) {
      const { exit, out, err } = await invoke(argv, project.folder);
      assert.equal(exit, 2, argv.join(' '));
      assert.equal(out, '', 'what is no report does not belong on stdout');
      assert.notEqual(err, '');
    }
  });

  it('2: paths that do not exist, or cannot be linted', async () => {
    const { err } = await invoke(['gone.ts'], project.folder);
    assert.equal(err, 'There is no file or folder `gone.ts`.\n');
    assert.equal(await exitOf('gone.ts'), 2);
    assert.equal(await exitOf('notes.md'), 2);
    assert.equal(await exitOf('clean.ts', 'gone'), 2);
  });

  it('2: nothing to lint, with the reasons', async () => {
    const { exit, err } = await invoke(['empty'], project.folder);
    assert.equal(exit, 2);
    assert.match(err, /^There is nothing to lint/);
    project.write('garbled/tsconfig.json', '{ "include": [ }');
    assert.match((await invoke(['garbled'], project.folder)).err, /garbled\/tsconfig\.json: /);
  });

  it('0: nothing to lint, as the config wants it', async () => {
    project.write('quiet/asynclint.json', '{ "ignore": ["*.ts"] }');
    project.write('quiet/tsconfig.json', '{}');
    project.write('quiet/error.ts', 'declare function shout(): void;\nshout();\n');
    assert.equal(await exitOf('quiet/error.ts'), 0);
  });

  it('3: a rule that throws, while the others go on', async () => {
    const { exit, out } = await invoke(['.'], project.folder);
    assert.equal(exit, 3);
    assert.match(out, /bug: bug\.ts: Rule `exploding` failed, .*: Boom\./);
    assert.match(out, /error\.ts:2:1 error shouting/);
    assert.doesNotMatch(out, /toy-rules/, 'the stack is for --stats');
    const { err } = await invoke(['bug.ts', '--stats'], project.folder);
    assert.match(err, /Error: Boom\.\n\s+at .*toy-rules/);
  });

  it('3: a compiler that cannot be kept alive', async () => {
    const executable = project.write('dead', '#!/bin/sh\nexit 1\n');
    chmodSync(executable, 0o755);
    const parts = { executable };
    const { exit, err } = await invoke(['clean.ts'], project.folder, { parts });
    assert.equal(exit, 3);
    assert.match(err, /asynclint failed: The compiler died or hung twice in a row/);
  });
});
