import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { type Circumstances, invoke } from './console.ts';

const DECLARED = 'declare function shout(): void;\ndeclare function mutter(): void;\n';
const FILES = {
  'src/a.ts': `${DECLARED}shout();\nshout();\nmutter();\n`,
  'src/b.ts': `${DECLARED}export function f() {\n  shout();\n}\n`,
};

const BASELINE = 'asynclint.baseline.json';

describe('asynclint baseline', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch(FILES, TSCONFIG);
  });

  afterEach(() => project.remove());

  const run = (argv: readonly string[] = [], circumstances: Circumstances = {}) =>
    invoke(argv, project.folder, circumstances);

  const found = async (argv: readonly string[] = [], circumstances: Circumstances = {}) => {
    const { out } = await run([...argv, '--format', 'json'], circumstances);
    const { findings, notes } = JSON.parse(out) as {
      findings: { file: string; rule: string; range: { start: { line: number } } }[];
      notes: { message: string }[];
    };
    return {
      places: findings.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`),
      notes: notes.map(({ message }) => message),
    };
  };

  const text = (): string => readFileSync(project.path(BASELINE), 'utf8');
  const accept = async (...argv: readonly string[]): Promise<void> => {
    const { exit, err } = await run(['baseline', ...argv]);
    assert.deepEqual({ exit, err }, { exit: 0, err: '' });
  };
  const edit = (name: string, change: (before: string) => string): void => {
    project.write(name, change(readFileSync(project.path(name), 'utf8')));
  };

  it('accepts what is found today: a run tells nothing, and succeeds', async () => {
    const { exit, out } = await run(['baseline']);
    assert.equal(exit, 0);
    assert.equal(out, `Accepted 4 findings in 2 files: ${BASELINE}. Commit it.\n`);
    assert.equal((await run()).exit, 0);
    const { places, notes } = await found();
    assert.deepEqual(places, []);
    assert.deepEqual(notes, ['4 accepted findings left out; `--no-baseline` shows them.']);
  });

  it('--no-baseline tells all', async () => {
    await accept();
    assert.equal((await found(['--no-baseline'])).places.length, 4);
    assert.equal((await run(['--no-baseline'])).exit, 1);
  });

  it('outlives lines that come and go', async () => {
    await accept();
    const before = text();
    edit('src/a.ts', (code) => `// One more.\n\n${code}`);
    edit('src/b.ts', (code) => code.replace('  shout', '  // Loud.\n    shout'));
    assert.deepEqual((await found()).places, []);
    assert.equal(text(), before);
  });

  it('never hides one more of the same kind in the same file', async () => {
    await accept();
    edit('src/a.ts', (code) => `${code}shout();\n`);
    assert.deepEqual((await found()).places, ['src/a.ts:6 shouting']);
    assert.equal((await run()).exit, 1);
    edit('src/b.ts', (code) => `${code}export function g() {\n  shout();\n}\n`);
    assert.deepEqual((await found()).places, ['src/a.ts:6 shouting', 'src/b.ts:7 shouting']);
  });

  it('shrinks by itself, and never grows', async () => {
    await accept();
    const before = JSON.parse(text());
    edit('src/a.ts', (code) => code.replace('mutter();\n', ''));
    edit('src/a.ts', (code) => `${code}function more() {\n  shout();\n}\nmore();\n`);
    const { places, notes } = await found();
    assert.deepEqual(places, ['src/a.ts:6 shouting']);
    assert.match(notes.join(), /1 accepted finding is fixed, and no longer in it\./);
    delete before.files['src/a.ts'].muttering;
    assert.deepEqual(JSON.parse(text()), before);
    edit('src/a.ts', (code) => `${code}mutter();\n`);
    assert.equal((await found()).places.length, 2, 'what was fixed is new when it comes back');
  });

  it('forgets files that are gone', async () => {
    await accept();
    rmSync(project.path('src/b.ts'));
    await run();
    assert.deepEqual(Object.keys(JSON.parse(text()).files), ['src/a.ts']);
  });

  it('keeps what a run does not look at', async () => {
    await accept();
    const before = text();
    edit('src/a.ts', (code) => code.replace('mutter();\n', ''));
    for (const argv of [
      ['src/b.ts'],
      ['--only', 'shouting'],
      ['--rule', 'muttering=off'],
      ['--diff'],
    ]) {
      await run(argv);
      assert.equal(text(), before, argv.join(' '));
    }
  });

  it('in CI it is left as it is, which is told', async () => {
    await accept();
    const before = text();
    edit('src/a.ts', (code) => code.replace('mutter();\n', ''));
    const { notes } = await found([], { environment: { CI: 'true' } });
    assert.match(notes.join(), /1 accepted finding is fixed: run `asynclint` outside of CI/);
    assert.equal(text(), before);
    await found([], { environment: { CI: 'false' } });
    assert.notEqual(text(), before);
  });

  it('--fix mends what was accepted, too, and takes it out', async () => {
    await accept();
    await run(['--fix']);
    assert.deepEqual(Object.keys(JSON.parse(text()).files['src/a.ts']), ['muttering']);
  });

  it('is found from folders below, and there is one', async () => {
    await accept();
    const below = await invoke(['--format', 'json'], project.path('src'));
    assert.deepEqual(JSON.parse(below.out).findings, []);
    const again = await invoke(['baseline', '.'], project.path('src'));
    assert.match(again.out, /Accepted 4 findings in 2 files: \.\.\/asynclint\.baseline\.json/);
    assert.ok(!existsSync(project.path(`src/${BASELINE}`)));
  });

  it('takes the options that choose rules and projects', async () => {
    await accept('--only', 'shouting', 'src');
    assert.deepEqual((await found()).places, ['src/a.ts:5 muttering']);
    assert.equal((await run(['baseline', '--only', 'shuoting'])).exit, 2);
    assert.equal((await run(['baseline', '--fix'])).exit, 2);
    assert.equal((await run(['baseline', 'nowhere'])).exit, 2);
  });

  it('goes with the cache', async () => {
    await run(['--cache']);
    await accept();
    assert.equal((await run(['--cache'])).exit, 0);
    rmSync(project.path(BASELINE));
    assert.equal((await run(['--cache'])).exit, 1);
  });

  it('a file that is no baseline is told, with what to do', async () => {
    for (const content of [
      '',
      '[]',
      '{ "version": 2, "files": {} }',
      '{ "version": 1, "files": { "a": 1 } }',
    ]) {
      project.write(BASELINE, content);
      const { exit, err } = await run();
      assert.equal(exit, 2);
      assert.equal(
        err,
        `\`${BASELINE}\` is no baseline that this version can read. Write it anew: \`asynclint baseline\`.\n`,
      );
    }
    await accept();
  });

  it('what cannot be written is told', async () => {
    mkdirSync(project.path(BASELINE));
    const { exit, err } = await run(['baseline']);
    assert.equal(exit, 2);
    assert.match(err, /`asynclint\.baseline\.json` cannot be written \(EISDIR: .*\)\. Allow it/);
  });

  it('accepting a part keeps what was accepted of the rest', async () => {
    await accept();
    const before = text();
    edit('src/b.ts', (code) => `${code}export function h() {\n  shout();\n}\n`);
    const { out } = await run(['baseline', 'src/b.ts']);
    assert.match(
      out,
      /^Accepted \d+ findings? in 1 file: .* findings of other files or rules stay so\./,
    );
    assert.deepEqual((await found()).places, []);
    assert.equal(
      Object.keys(JSON.parse(text()).files).length,
      Object.keys(JSON.parse(before).files).length,
    );
    await run(['baseline', '--only', 'shouting']);
    assert.deepEqual((await found()).places, []);
  });

  it('2: what is in no file cannot be accepted', async () => {
    for (const argv of [
      ['--stdin', '--stdin-filename', 'src/a.ts'],
      ['--print-config', 'src/a.ts'],
    ]) {
      const { exit, err } = await run(['baseline', ...argv]);
      assert.equal(exit, 2);
      assert.match(err, /goes with no `--stdin` and no `--print-config`/);
    }
    assert.doesNotMatch((await run(['baseline', '--help'])).out, /--stdin|--print-config/);
  });
});
