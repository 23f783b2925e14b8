import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findCompiler } from '#program';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { type Circumstances, invoke, type Outcome } from './console.ts';

const SHOUT = 'declare function shout(): void;\nshout();\n';

/** A project with all kinds of things that a finding may depend on. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "project", "type": "module" }',
  'package-lock.json': '{ "lockfileVersion": 3 }',
  'base.json': '{ "compilerOptions": { "strict": true } }',
  'asynclint.jsonc': '{ "extends": "./shared.jsonc" }',
  'shared.jsonc': '{ "rules": { "humming": "off" } }',
  '.gitignore': 'ignored\n',
  'src/.gitignore': 'nothing\n',
  'src/a.ts': `import { b } from './b.ts';\n${SHOUT}export const a = b;\n`,
  'src/b.ts': `import { c } from 'dependency';\nexport const b = c;\n`,
  'src/apart.ts': `export {};\n${SHOUT}`,
  'src/globals.d.ts': 'declare const anywhere: number;\n',
  'node_modules/@types/y/index.d.ts': '',
  'node_modules/.package-lock.json': '{}',
  'node_modules/dependency/package.json': '{ "name": "dependency", "types": "index.d.ts" }',
  'node_modules/dependency/index.d.ts': 'export declare const c: Promise<number>;\n',
};

/** A time that any file can be given. */
const LONG_AGO = new Date('2026-01-01');

const CONFIG = JSON.stringify({
  extends: './base.json',
  ...JSON.parse(TSCONFIG),
  include: ['src'],
});

describe('--cache', () => {
  let project: Scratch;
  let linked: Scratch;

  beforeEach(() => {
    project = scratch(FILES, CONFIG);
    linked = scratch({ 'package.json': '{ "name": "linked", "types": "dist/index.d.ts" }' });
    symlinkSync(linked.folder, project.path('node_modules/linked'));
  });

  afterEach(() => {
    project.remove();
    linked.remove();
  });

  const run = (argv: readonly string[] = [], circumstances: Circumstances = {}) =>
    invoke(['--cache', '--format', 'json', '--stats', ...argv], project.folder, circumstances);

  const cold = (argv: readonly string[] = []) =>
    invoke(['--format', 'json', ...argv], project.folder);

  /** Whether a run was made of what was kept alone: it asked the compiler nothing. */
  const isReplayed = ({ err }: Outcome): boolean => /, requests 0\n/.test(err);

  const change = (name: string, edit: (text: string) => string): void => {
    project.write(name, edit(readFileSync(project.path(name), 'utf8')));
  };

  const shapes = [
    [],
    ['--format', 'text', '--color'],
    ['--quiet'],
    ['src'],
    ['src/a.ts', 'src/b.ts'],
    ['src/*.ts'],
  ];
  for (const argv of shapes) {
    it(`a run after which nothing changed needs no compiler: ${argv.join(' ') || 'all'}`, async () => {
      const first = await run(argv);
      const second = await run(argv);
      assert.ok(!isReplayed(first));
      assert.ok(isReplayed(second));
      assert.deepEqual({ ...second, err: '' }, { ...first, err: '' });
      assert.deepEqual({ ...second, err: '' }, await cold(argv));
    });
  }

  const changes: Readonly<Record<string, () => void>> = {
    'a file that is linted': () => change('src/a.ts', (text) => `${text}shout();\n`),
    'a file of the same size, with the time of the old one': () => {
      change('src/a.ts', (text) => text.replace('shout();', 'sh0ut();'));
      utimesSync(project.path('src/a.ts'), LONG_AGO, LONG_AGO);
    },
    'a file that one imports': () => change('src/b.ts', (text) => `${text}\n`),
    'the declarations of a dependency': () => {
      change('node_modules/dependency/index.d.ts', (text) => text.replace('Promise<number>', '1'));
    },
    'the manifest of a dependency': () => {
      change('node_modules/dependency/package.json', (text) => text.replace('index', 'other'));
    },
    'what is installed': () => project.write('node_modules/.package-lock.json', '{ "a": 1 }'),
    'a package that was installed by hand': () => project.write('node_modules/@types/x/x.d.ts', ''),
    'a package that is linked, and was built': () => linked.write('dist/index.d.ts', ''),
    'the lock file': () => project.write('package-lock.json', '{ "lockfileVersion": 4 }'),
    'the lock file of another manager': () => project.write('pnpm-lock.yaml', ''),
    'the manifest': () => project.write('package.json', '{ "type": "commonjs" }'),
    'the tsconfig': () => change('tsconfig.json', (text) => text.replace('esnext', 'es2022')),
    'what the tsconfig extends': () => project.write('base.json', '{ "compilerOptions": {} }'),
    'another tsconfig below': () => project.write('src/deep/tsconfig.json', '{}'),
    'the config': () => project.write('asynclint.jsonc', '{}'),
    'what the config extends': () => project.write('shared.jsonc', '{}'),
    'a config that is nearer': () => project.write('src/asynclint.jsonc', '{}'),
    'what git ignores': () => project.write('.gitignore', 'apart.ts\n'),
    'what git ignores further down': () => project.write('src/.gitignore', 'apart.ts\n'),
    'global declarations': () => change('src/globals.d.ts', (text) => text.replace('number', '1')),
    'an added file': () => project.write('src/deep/c.ts', SHOUT),
    'an added folder': () => mkdirSync(project.path('src/generated')),
    'a removed file': () => rmSync(project.path('src/apart.ts')),
    'a renamed file': () => renameSync(project.path('src/apart.ts'), project.path('src/apart.mts')),
  };
  for (const [what, make] of Object.entries(changes)) {
    it(`is not taken over after a change of ${what}`, async () => {
      utimesSync(project.path('src/a.ts'), LONG_AGO, LONG_AGO);
      await run();
      make();
      const second = await run();
      assert.ok(!isReplayed(second));
      assert.deepEqual({ ...second, err: '' }, await cold());
      const third = await run();
      assert.ok(isReplayed(third), 'what it was after the change is kept in turn');
      assert.equal(third.out, second.out);
    });
  }

  it('is taken over when files were only written anew, or what is beside them changed', async () => {
    await run();
    for (const name of Object.keys(FILES)) change(name, (text) => text);
    project.write('README.md', '');
    project.write('.cache/x.json', '');
    assert.ok(isReplayed(await run()));
  });

  const told: readonly (readonly string[])[] = [
    ['--only', 'shouting'],
    ['--rule', 'shouting=warning'],
    ['--preset', 'strict'],
    ['--config', 'shared.jsonc'],
    ['--project', 'tsconfig.json'],
    ['src/a.ts'],
  ];
  for (const argv of told) {
    it(`another run is another matter: ${argv.join(' ')}`, async () => {
      await run();
      const second = await run(argv);
      assert.ok(!isReplayed(second));
      assert.deepEqual({ ...second, err: '' }, await cold(argv));
      assert.ok(isReplayed(await run()), 'both are kept');
      assert.ok(isReplayed(await run(argv)), 'both are kept');
    });
  }

  it('neither another version nor another compiler takes it over', async () => {
    await run();
    assert.ok(!isReplayed(await run([], { version: '1.2.4' })));
    const executable = project.path('compiler/lib/tsc');
    project.write('compiler/package.json', '{ "version": "0.0.1" }');
    mkdirSync(dirname(executable));
    symlinkSync(findCompiler(), executable);
    for (const lib of readdirSync(dirname(findCompiler())).filter((name) => name !== 'tsc')) {
      symlinkSync(join(dirname(findCompiler()), lib), project.path(`compiler/lib/${lib}`));
    }
    await run();
    const other = { parts: { executable } };
    assert.ok(!isReplayed(await run([], other)));
    assert.ok(isReplayed(await run([], other)));
    project.write('compiler/package.json', '{ "version": "0.0.2" }');
    assert.ok(!isReplayed(await run([], other)));
  });

  it('what cannot be read is as if it were not there', async () => {
    const folder = project.path('kept');
    const first = await run(['--cache-location', folder]);
    const [name = ''] = readdirSync(folder);
    const text = readFileSync(join(folder, name), 'utf8');
    const broken = [
      '',
      '{}',
      text.slice(0, 2000),
      text.replace('shouting', 'shoutinG'),
      `${text[0]}`,
    ];
    for (const other of broken) {
      writeFileSync(join(folder, name), other);
      const again = await run(['--cache-location', folder]);
      assert.ok(!isReplayed(again));
      assert.equal(again.out, first.out);
      assert.equal(readFileSync(join(folder, name), 'utf8').length, text.length);
    }
  });

  it('--cache-location: there and nowhere else; it asks for the cache by itself', async () => {
    const argv = ['--format', 'json', '--stats', '--cache-location', 'kept'];
    const { err } = await invoke(argv, project.folder);
    assert.doesNotMatch(err, /cache/);
    assert.equal(readdirSync(project.path('kept')).length, 1);
    assert.ok(isReplayed(await invoke(argv, project.folder)));
    assert.ok(!readdirSync(project.path('node_modules')).includes('.cache'));
  });

  it('--cache-location that is no folder is told, and the run goes on', async () => {
    const { exit, err, out } = await run(['--cache-location', 'package.json']);
    assert.equal(exit, 1);
    assert.match(err, /^Nothing was put into the cache \(ENOTDIR: .*--cache-location/m);
    assert.equal(out, (await cold()).out);
    assert.equal((await run(['--cache-location'])).exit, 2);
    assert.match((await run(['--cache-location', ''])).err, /Write the name of a folder\./);
  });

  it('--cache-location where no folder can be made is told, and does not wait for one', async () => {
    const { exit, err } = await run(['--cache-location', '/proc/asynclint/runs']);
    assert.equal(exit, 1);
    assert.match(err, /^Nothing was put into the cache \(E[A-Z]+: .*--cache-location/m);
  });

  it('--no-cache: neither read nor written', async () => {
    await run(['--no-cache']);
    assert.ok(!isReplayed(await run()));
    assert.ok(!isReplayed(await run(['--no-cache'])));
    assert.ok(!isReplayed(await run(['--no-cache', '--cache-location', 'kept'])));
  });

  it('runs that write files work it out, and leave nothing that is wrong', async () => {
    await run();
    for (let times = 0; times < 2; times++) {
      assert.match((await invoke(['--cache', '--diff'], project.folder)).out, /^\+say\(\);$/m);
    }
    const { out } = await invoke(['--cache', '--fix'], project.folder);
    assert.match(out, /Applied 2 fixes in 2 files\./);
    const after = await run();
    assert.ok(!isReplayed(after));
    assert.deepEqual(JSON.parse(after.out).findings, []);
    const patch = await invoke(['--cache', '--diff'], project.folder);
    assert.equal(patch.out, '');
  });

  it('files with a mark before them, or another line end, are printed as they were', async () => {
    change('src/a.ts', (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`);
    const first = await run(['--format', 'text']);
    const second = await run(['--format', 'text']);
    assert.ok(isReplayed(second));
    assert.equal(second.out, first.out);
  });

  it('our own bugs are not kept', async () => {
    project.write('src/c.ts', 'declare function explode(): void;\nexplode();\n');
    assert.equal((await run()).exit, 3);
    assert.ok(!isReplayed(await run()));
  });

  it('several runs at once do not disturb each other', async () => {
    const { out } = await cold();
    for (let round = 0; round < 3; round++) {
      const all = await Promise.all([run(), run(), run(), run()]);
      for (const one of all) assert.equal(one.out, out);
      change('src/b.ts', (text) => `${text}\n`);
    }
    assert.equal(readdirSync(project.path('node_modules/.cache/asynclint/runs')).length, 1);
  });
});
