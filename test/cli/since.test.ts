import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const LOUD = 'declare function shout(): void;\nshout();\n';

/** `top` imports `middle`, which imports `bottom`; `apart` imports nobody. */
const FILES = {
  '.gitignore': 'ignored\n',
  'src/bottom.ts': `export const bottom = 1;\n${LOUD}`,
  'src/middle.ts': `export * from './bottom';\n${LOUD}`,
  'src/top.ts': `import { bottom } from './middle.js';\nvoid bottom;\n${LOUD}`,
  'src/apart.ts': LOUD,
  'src/shape.d.ts': 'export type Shape = 1;\n',
  'src/shaped.ts': `import type { Shape } from './shape';\nexport type More = Shape;\n${LOUD}`,
};

describe('--since', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch(FILES, TSCONFIG);
    git('init', '--quiet', '--initial-branch', 'main');
    commit();
  });

  afterEach(() => project.remove());

  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
    return execFileSync('git', [...identity, ...args], { cwd: project.folder, encoding: 'utf8' });
  };

  const commit = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Work');
  };

  const found = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { out, err } = await invoke([...argv, '--format', 'json'], project.folder);
    assert.equal(err, '');
    const { findings } = JSON.parse(out) as { findings: { file: string }[] };
    return findings.map(({ file }) => file);
  };

  it('nothing changed: nothing is linted, and that is no mistake', async () => {
    const { exit, out } = await invoke(['--since', 'HEAD'], project.folder);
    assert.equal(out, 'Nothing found in 0 files.\n');
    assert.equal(exit, 0);
  });

  it('files that are committed since, changed, staged or new; none that git ignores', async () => {
    git('checkout', '--quiet', '-b', 'work');
    project.write('src/middle.ts', `export {};\n${LOUD}`);
    commit();
    project.write('src/top.ts', `export {};\n${LOUD}`);
    project.write('src/staged.ts', LOUD);
    git('add', 'src/staged.ts');
    project.write('src/with space.ts', LOUD);
    project.write('src/größe.ts', LOUD);
    project.write('src/ignored', '');
    const work = ['src/größe.ts', 'src/staged.ts', 'src/top.ts', 'src/with space.ts'];
    assert.deepEqual((await found('--since', 'HEAD')).toSorted(), work);
    assert.deepEqual(
      (await found('--since', 'main')).toSorted(),
      ['src/middle.ts', ...work].sort(),
    );
  });

  it('what others did on that branch since does not count', async () => {
    git('checkout', '--quiet', '-b', 'work');
    git('checkout', '--quiet', 'main');
    project.write('src/apart.ts', `${LOUD}\n`);
    commit();
    git('checkout', '--quiet', 'work');
    project.write('src/top.ts', `export {};\n${LOUD}`);
    assert.deepEqual(await found('--since', 'main'), ['src/top.ts']);
  });

  it('a renamed file is new, a deleted one is gone', async () => {
    renameSync(project.path('src/apart.ts'), project.path('src/moved.ts'));
    rmSync(project.path('src/top.ts'));
    git('add', '--all');
    assert.deepEqual(await found('--since', 'HEAD'), ['src/moved.ts']);
  });

  it('--dependents: files that import those, however far', async () => {
    project.write('src/bottom.ts', `export const bottom = 2;\n${LOUD}`);
    const all = ['src/bottom.ts', 'src/middle.ts', 'src/top.ts'];
    assert.deepEqual(await found('--since', 'HEAD', '--dependents'), all);
    assert.deepEqual(await found('--since', 'HEAD'), ['src/bottom.ts']);
    git('checkout', '--quiet', '.');
    project.write('src/top.ts', `export {};\n${LOUD}`);
    assert.deepEqual(await found('--since', 'HEAD', '--dependents'), ['src/top.ts']);
  });

  it('--dependents: of deleted and renamed files, too', async () => {
    rmSync(project.path('src/bottom.ts'));
    const left = ['src/middle.ts', 'src/top.ts'];
    assert.deepEqual(await found('--since', 'HEAD', '--dependents'), left);
    project.write('src/below.ts', `export const bottom = 1;\n${LOUD}`);
    const all = ['src/below.ts', ...left];
    assert.deepEqual(await found('--since', 'HEAD', '--dependents'), all);
  });

  it('--dependents: of declarations, and of what all files see', async () => {
    project.write('src/shape.d.ts', 'export type Shape = 2;\n');
    assert.deepEqual(await found('--since', 'HEAD', '--dependents'), ['src/shaped.ts']);
    project.write('src/globals.d.ts', 'interface Everywhere {}\ndeclare const x: Everywhere;\n');
    project.write('tsconfig.json', TSCONFIG.replace('"moduleDetection":"force",', ''));
    assert.equal((await found('--since', 'HEAD', '--dependents')).length, 5);
  });

  it('goes with paths, and with the folder that one is in', async () => {
    project.write('src/top.ts', `export {};\n${LOUD}`);
    project.write('lib/more.ts', LOUD);
    assert.deepEqual(await found('lib', '--since', 'HEAD'), ['lib/more.ts']);
    const below = await invoke(['--since', 'HEAD', '--format', 'json'], project.path('src'));
    assert.deepEqual(
      JSON.parse(below.out).findings.map(({ file }: { file: string }) => file),
      ['top.ts'],
    );
  });

  it('goes with --fix: nothing else is touched', async () => {
    project.write('src/top.ts', `export {};\n${LOUD}`);
    const { out } = await invoke(['--since', 'HEAD', '--fix'], project.folder);
    assert.match(out, /Applied 1 fix in 1 file\./);
    assert.equal(git('diff', '--name-only'), 'src/top.ts\n');
  });

  it('--cache does not keep what git says', async () => {
    await found('--cache', '--since', 'HEAD');
    git('checkout', '--quiet', '-b', 'work');
    project.write('src/top.ts', `export {};\n${LOUD}`);
    commit();
    assert.deepEqual(await found('--cache', '--since', 'main'), ['src/top.ts']);
    git('branch', '--force', 'main', 'work');
    assert.deepEqual(await found('--cache', '--since', 'main'), []);
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an unknown name',
      ['--since', 'mian'],
      /^git knows no commit `mian`\. Fetch it, or name another branch, tag or commit\.\n$/,
    ],
    ['what looks like an option', ['--since=--all'], /^git knows no commit `--all`\./],
    ['no name', ['--since'], /argument missing/],
    ['an empty name', ['--since', ''], /^`--since` is given nothing: name a branch, tag or commit/],
    ['dependents of nothing', ['--dependents'], /^`--dependents` goes with `--since <ref>`\.\n$/],
  ];
  for (const [what, argv, message] of refusals) {
    it(`refuses ${what}`, async () => {
      const { exit, err } = await invoke(argv, project.folder);
      assert.equal(exit, 2);
      assert.match(err, message);
    });
  }

  it('says that a clone is shallow', async () => {
    project.write('src/top.ts', '');
    commit();
    const origin = `file://${project.folder}`;
    mkdirSync(project.path('ignored'));
    execFileSync('git', ['clone', '--quiet', '--depth', '1', origin, 'ignored/clone'], {
      cwd: project.folder,
    });
    const { exit, err } = await invoke(['--since', 'HEAD~1'], project.path('ignored/clone'));
    assert.equal(exit, 2);
    assert.match(err, /^git knows no commit `HEAD~1`\. This clone is shallow: .*`fetch-depth: 0`/);
  });

  it('says that there is no repository', async () => {
    rmSync(project.path('.git'), { recursive: true });
    const { exit, err } = await invoke(['--since', 'main'], project.folder);
    assert.equal(exit, 2);
    assert.equal(err, '`--since` asks git, and this folder is in no git repository.\n');
  });
});
