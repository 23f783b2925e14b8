import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Scratch, scratch } from '../support/scratch.ts';
import { invoke } from './console.ts';

const SHOUT = 'declare function shout(): void;\nshout();\nexport {};\n';
const STRAY = 'declare function mutter(): void;\nmutter();\nexport {};\n';

describe('paths and globs', () => {
  let project: Scratch;

  before(() => {
    project = scratch({
      '.gitignore': 'out/\n*.gen.ts\n',
      'tsconfig.json': '{}',
      'src/a.ts': SHOUT,
      'src/b.gen.ts': SHOUT,
      'src/deep/c.ts': SHOUT,
      'src/deep/d.test.ts': SHOUT,
      'src/out/e.ts': SHOUT,
      'app/[id]/page.ts': SHOUT,
      'app/i/page.ts': SHOUT,
      'text/notes.md': 'Notes.\n',
      'text/more/plan.md': 'Plan.\n',
      'other/tsconfig.json': '{ "files": ["own.ts"] }',
      'other/own.ts': SHOUT,
      'other/extra.js': STRAY,
    });
    mkdirSync(project.path('.git'));
    symlinkSync(project.path('src'), project.path('src/deep/loop'), 'dir');
  });

  after(() => project.remove());

  const from = async (cwd: string, ...argv: readonly string[]): Promise<readonly string[]> => {
    const { out, err } = await invoke([...argv, '--format', 'json'], resolve(project.folder, cwd));
    assert.equal(err, '', argv.join(' '));
    const { findings } = JSON.parse(out) as { findings: { file: string }[] };
    return findings.map(({ file }) => file);
  };
  const found = (...argv: readonly string[]): Promise<readonly string[]> => from('.', ...argv);

  const mistake = async (...argv: readonly string[]): Promise<string> => {
    const { exit, out, err } = await invoke(argv, project.folder);
    assert.equal(exit, 2, argv.join(' '));
    assert.equal(out, '');
    return err;
  };

  it('globs, for shells that do not expand them; links are not followed', async () => {
    assert.deepEqual(await found('src/*.ts'), ['src/a.ts']);
    assert.deepEqual(await found('src/**/c.ts'), ['src/deep/c.ts']);
    assert.deepEqual(await found('src/**/{c,d.test}.ts'), ['src/deep/c.ts', 'src/deep/d.test.ts']);
    assert.deepEqual(await found('src/de*'), ['src/deep/c.ts', 'src/deep/d.test.ts']);
  });

  it('what git ignores is in no glob and no folder, and can be named', async () => {
    assert.deepEqual(await found('src/**'), ['src/a.ts', 'src/deep/c.ts', 'src/deep/d.test.ts']);
    assert.deepEqual(await found('src'), await found('src/**'));
    assert.deepEqual(await found('src/b.gen.ts'), ['src/b.gen.ts']);
    assert.equal(
      await mistake('src/*.gen.ts'),
      'All that matches `src/*.gen.ts` is ignored; name a file to lint it anyway.\n',
    );
  });

  it('`!` takes away: from globs, from folders, from all when nothing else is named', async () => {
    const rest = ['src/a.ts', 'src/deep/c.ts'];
    assert.deepEqual(await found('src/**', '!**/*.test.ts'), rest);
    assert.deepEqual(await found('src', '!**/*.test.ts'), rest);
    assert.deepEqual(await found('src', '!src/deep'), ['src/a.ts']);
    assert.deepEqual(await found('src', '!src/deep/'), ['src/a.ts']);
    assert.deepEqual(await found('!src', '!other'), ['app/[id]/page.ts', 'app/i/page.ts']);
    assert.deepEqual(await from('src', '.', '!deep'), ['a.ts']);
    assert.deepEqual(await from('src/deep', '..', '!../deep'), ['../a.ts']);
    assert.match(await mistake('src/a.ts', '!src'), /^Nothing is left to lint: `!src` leaves it/);
  });

  it('names with brackets are names first, also after `!`', async () => {
    assert.deepEqual(await found('app/[id]'), ['app/[id]/page.ts']);
    assert.deepEqual(await found('app/[id]/page.ts'), ['app/[id]/page.ts']);
    assert.deepEqual(await found('app', '!app/[id]'), ['app/i/page.ts']);
  });

  it('files outside the current folder, by either name', async () => {
    assert.deepEqual(await from('other', '../src/a.ts'), ['../src/a.ts']);
    assert.deepEqual(await from('other', '../src/*.ts'), ['../src/a.ts']);
    assert.deepEqual(await from('other', project.path('src/a.ts')), ['../src/a.ts']);
    assert.deepEqual(await from('other', project.path('src/*.ts')), ['../src/a.ts']);
    assert.deepEqual(await from(dirname(project.path('other')), 'other'), ['other/own.ts']);
  });

  it('a file that no project holds is linted with a note', async () => {
    const { exit, out } = await invoke(['other/extra.js'], project.folder);
    assert.equal(exit, 1);
    assert.match(out, /note: other\/extra\.js: No tsconfig\.json includes it/);
  });

  it('folders and globs without TypeScript or JavaScript say so', async () => {
    assert.match(await mistake('text'), /^There is nothing to lint: no TypeScript or JavaScript/);
    assert.equal(
      await mistake('text/**/*'),
      'No TypeScript or JavaScript file matches `text/**/*`.\n',
    );
    assert.equal(
      await mistake('explian'),
      'There is no file or folder `explian`. Did you mean `asynclint explain`?\n',
    );
    assert.match(await mistake('help'), /Did you mean `asynclint --help`\?\n$/);
    assert.equal(await mistake('lib'), 'There is no file or folder `lib`.\n');
    assert.equal(await mistake('text/none.ts'), 'There is no file or folder `text/none.ts`.\n');
    assert.match(await mistake('text/notes.md'), /^`text\/notes\.md` is neither TypeScript nor/);
  });

  it('globs with backslashes tell how globs are written', async () => {
    assert.match(await mistake('src\\**\\*.ts'), /Globs are written with `\/`\.\n$/);
  });
});
