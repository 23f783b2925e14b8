import assert from 'node:assert/strict';
import type { Log, Result } from 'sarif';
import { sarifMistakes } from '../support/sarif-schema.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const DECLARED = 'declare function shout(): void;\ndeclare function mutter(): void;\n';
const OLD = `${DECLARED}export function f() {\n  shout();\n}\n`;
/** Three of a kind: one is allowed, one is old, and one is told. */
const NEW = `${OLD.replace(
  '  shout();\n',
  '  shout();\n  // asynclint-allow shouting: a fire alarm\n  shout();\n',
)}shout();\nmutter(); // asynclint-allow muttering: nobody listens\n`;

describe('--suppressed', () => {
  let project: Scratch;

  before(async () => {
    project = scratch({ 'a.ts': OLD }, TSCONFIG);
    await invoke(['baseline'], project.folder);
    project.write('a.ts', NEW);
  });

  after(() => project.remove());

  const results = async (...argv: readonly string[]): Promise<readonly Result[]> => {
    const { out, exit } = await invoke(['--format', 'sarif', ...argv], project.folder);
    assert.equal(exit, 1);
    const log: Log = JSON.parse(out);
    assert.deepEqual(sarifMistakes(log), []);
    return log.runs[0]?.results ?? [];
  };
  const linesOf = (some: readonly Result[]) =>
    some.map(({ locations, suppressions = [] }) => {
      const [one] = suppressions;
      const line = locations?.[0]?.physicalLocation?.region?.startLine;
      return [line, one?.kind, one?.justification].filter(Boolean).join(' ');
    });

  it('tells in SARIF what comments allow and what a baseline accepts', async () => {
    assert.deepEqual(linesOf(await results('--suppressed')), [
      '8',
      '6 inSource a fire alarm',
      '9 inSource nobody listens',
      '4 external Accepted in asynclint.baseline.json.',
    ]);
  });

  it('without it, or in other formats, nothing of that is told', async () => {
    assert.deepEqual(linesOf(await results()), ['8']);
    const { out } = await invoke(
      ['--suppressed', '--format', 'json', '--output', 'sarif=all.sarif'],
      project.folder,
    );
    assert.equal(JSON.parse(out).findings.length, 1);
  });

  it('--quiet leaves out what is no error there as well', async () => {
    assert.equal((await results('--suppressed', '--quiet')).length, 3);
  });

  it('fingerprints are what they are without it, and nobody has two', async () => {
    const prints = (some: readonly Result[]) =>
      some.map(({ partialFingerprints }) => partialFingerprints?.['asynclint/v1']);
    const all = prints(await results('--suppressed'));
    assert.equal(new Set(all).size, 4);
    assert.deepEqual(all.slice(0, 1), prints(await results()));
  });

  it('a cache does not come between', async () => {
    await results('--cache');
    assert.equal((await results('--cache', '--suppressed')).length, 4);
    assert.equal((await results('--cache', '--suppressed')).length, 4);
    assert.equal((await results('--cache')).length, 1);
  });

  it('goes with SARIF, and not with parts', async () => {
    for (const [argv, told] of [
      [['--suppressed'], /^`--suppressed` goes with `--format sarif` or `--output sarif=<file>`/],
      [
        ['--suppressed', '--format', 'sarif', '--shard', '1/2'],
        /^`--shard` hands on what is to be told, so it goes with no `--suppressed`/,
      ],
    ] as const) {
      const { exit, err } = await invoke(argv, project.folder);
      assert.equal(exit, 2);
      assert.match(err, told);
    }
  });
});
