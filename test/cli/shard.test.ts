import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { FORMAT_NAMES } from '../../server/cli/output/formats.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { type Circumstances, invoke } from './console.ts';

const DECLARED = 'declare function shout(): void;\ndeclare function hum(): void;\n';

/** Files of different sizes in two projects, one of them written for an older TypeScript, of which a note tells. */
const FILES: Readonly<Record<string, string>> = {
  'one/tsconfig.json': TSCONFIG,
  'two/tsconfig.json': TSCONFIG.replace('"bundler"', '"node10"'),
  'asynclint.jsonc': '{ "ignore": ["one/ignored.ts"] }',
  'one/odd.ts': `${DECLARED}hum(); // \0\n`,
  'two/odd.ts': `${DECLARED}hum(); // \0\n`,
  'one/ignored.ts': `${DECLARED}shout();\n`,
  ...Object.fromEntries(
    ['one', 'two'].flatMap((project) =>
      Array.from({ length: 6 }, (_, n) => [
        `${project}/${n}.ts`,
        `${DECLARED}shout();\nhum();\n${'// Filler.\n'.repeat(n * 40)}`,
      ]),
    ),
  ),
};

describe('--shard and asynclint merge', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch(FILES);
  });

  afterEach(() => project.remove());

  const run = (argv: readonly string[], circumstances: Circumstances = {}) =>
    invoke(argv, project.folder, circumstances);

  /** Runs all parts, and hands back the names of their reports. */
  const runParts = async (
    count: number,
    ...argv: readonly string[]
  ): Promise<readonly string[]> => {
    const names: string[] = [];
    for (let index = 1; index <= count; index++) {
      const shard = ['--shard', `${index}/${count}`, '--format', 'json'];
      const { out } = await run([...argv, ...shard]);
      project.write(`reports/${index}.json`, out);
      names.push(`reports/${index}.json`);
    }
    return names;
  };

  const contentOf = (name: string) => JSON.parse(readFileSync(project.path(name), 'utf8'));

  it('every file is in one part, parts cost about the same, and are the same each time', async () => {
    const names = await runParts(3);
    const parts: string[][] = names.map((name) => contentOf(name).shard.files);
    const all = JSON.parse((await run(['--format', 'json'])).out).findings;
    assert.deepEqual(parts.flat().sort(), [
      ...new Set(all.map(({ file }: { file: string }) => file)),
    ]);
    const sizes = parts.map((files) =>
      files.reduce((sum, file) => sum + readFileSync(project.path(file)).length, 0),
    );
    assert.ok(Math.max(...sizes) < 2 * Math.min(...sizes), `${sizes}`);
    assert.ok(
      parts[0]?.every((file) => file.startsWith('one/')),
      'few projects in a part',
    );
    const before = names.map((name) => readFileSync(project.path(name), 'utf8'));
    await runParts(3);
    assert.deepEqual(
      names.map((name) => readFileSync(project.path(name), 'utf8')),
      before,
    );
    await runParts(3, 'two', 'one');
    const again = names.map((name) => contentOf(name).shard.files);
    assert.deepEqual(again, parts, 'in whichever order projects are named');
  });

  it('the printed findings of a part are its own, in the shape of every report', async () => {
    const [name = ''] = await runParts(2);
    const { version, findings, notes, shard } = contentOf(name);
    assert.equal(version, 1);
    assert.ok(findings.every(({ file }: { file: string }) => shard.files.includes(file)));
    assert.equal(notes.length, 2);
    assert.equal('shard' in JSON.parse((await run(['--format', 'json'])).out), false);
  });

  for (const format of FORMAT_NAMES) {
    it(`joined, they are the report of the whole: ${format}`, async () => {
      const whole = await run(['--format', format]);
      for (const count of [1, 3]) {
        const reports = await runParts(count);
        assert.deepEqual(await run(['merge', ...reports.toReversed(), '--format', format]), whole);
      }
    });
  }

  it('joined, options of output, a baseline and the exit code are those of the whole', async () => {
    await run(['baseline', 'one/1.ts', 'two/2.ts']);
    const reports = await runParts(3);
    for (const argv of [['--quiet'], ['--color'], ['--no-baseline'], []]) {
      const whole = await run(argv, { environment: { CI: 'true' } });
      const merged = await run(['merge', ...reports, ...argv], {
        environment: { CI: 'true' },
      });
      assert.deepEqual(merged, whole);
    }
    const chosen = ['--only', 'humming'];
    const whole = await run(chosen);
    assert.deepEqual(await run(['merge', ...(await runParts(2, ...chosen))]), whole);
  });

  it('joined in another folder, there are no sources to tell of', async () => {
    await runParts(2);
    const argv = ['merge', '1.json', '2.json'];
    const { exit, err } = await invoke(argv, project.path('reports'));
    assert.equal(exit, 2);
    assert.match(
      err,
      /^There is no file `one\/0\.ts`: join the parts in the folder where they were/,
    );
  });

  it('more parts than files leave some empty', async () => {
    const reports = await runParts(4, 'one/1.ts', 'one/2.ts');
    const whole = await run(['one/1.ts', 'one/2.ts']);
    assert.deepEqual(await run(['merge', ...reports]), whole);
  });

  it('goes with the cache, each part by itself', async () => {
    const argv = ['--cache-location', project.path('.kept'), '--format', 'json', '--stats'];
    const first = await run([...argv, '--shard', '1/2']);
    await run([...argv, '--shard', '2/2']);
    const again = await run([...argv, '--shard', '1/2']);
    assert.match(again.err, /requests 0\n/);
    assert.equal(again.out, first.out);
  });

  for (const value of ['', '1', '0/2', '3/2', '1/0', '-1/2', '1/2/3', 'a/b', '1.5/2']) {
    it(`refuses --shard ${value}`, async () => {
      const { exit, err } = await run([`--shard=${value}`]);
      assert.equal(exit, 2);
      assert.match(
        err,
        /Write <i>\/<n>, such as 1\/4 for the first of four parts\.|argument missing/,
      );
    });
  }

  it('refuses to fix a part', async () => {
    for (const argv of [['--fix'], ['--diff'], ['--stdin', '--stdin-filename', 'one/1.ts']]) {
      const { exit, err } = await run(['--shard', '1/2', ...argv]);
      assert.equal(exit, 2);
      assert.match(
        err,
        /`--shard` lints a part of the files, so it goes with no fixes and no `--stdin`\./,
      );
    }
  });

  it('refuses parts that are not all there are, once each', async () => {
    const [one = '', two = '', three = ''] = await runParts(3);
    project.write('reports/other.json', (await run(['--shard', '2/2', '--format', 'json'])).out);
    project.write(
      'reports/only.json',
      (await run(['--shard', '2/3', '--only', 'humming', '--format', 'json'])).out,
    );
    project.write(
      'reports/newer.json',
      (await run(['--shard', '2/3', '--format', 'json'], { version: '2.0.0' })).out,
    );
    project.write('reports/whole.json', (await run(['--format', 'json'])).out);
    project.write('reports/text.json', 'Found 1 error.');
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [[one, three], /^Missing: 2\/3\.\n$/],
      [[one, two, three, one], /^Part 1\/3 is given twice\.\n$/],
      [[one, 'reports/other.json', three], /^1\/3 and 2\/2 are parts of two runs\.\n$/],
      [[one, 'reports/only.json', three], /^The parts were made with different options for rules/],
      [
        [one, 'reports/newer.json', three],
        /^Part 2\/3 is of asynclint 2\.0\.0, and this is 1\.2\.3/,
      ],
      [
        ['reports/whole.json'],
        /^`reports\/whole\.json` is no report of a part: write it with `--shard/,
      ],
      [['reports/text.json'], /^`reports\/text\.json` is no report of a part/],
      [['reports/none.json'], /^There is no file `reports\/none\.json`\.\n$/],
      [[], /missing required argument/],
    ];
    for (const [reports, message] of refusals) {
      const { exit, err } = await run(['merge', ...reports]);
      assert.equal(exit, 2);
      assert.match(err, message);
    }
  });
});
