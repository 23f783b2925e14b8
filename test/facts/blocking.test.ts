import assert from 'node:assert/strict';
import { lintOne, ruleNamed } from '../support/facts.ts';

const FILES = {
  'src/legacy.ts':
    'export function loadAll() {}\nexport async function load() {}\nexport class Store { fill() {} }\n',
  'src/main.ts': `
import { loadAll, Store } from './legacy';
import { run, other } from 'some-package';
export async function main(store: Store) {
  loadAll();
  store.fill();
  run();
  other();
}
`,
  'packages.d.ts': `declare module 'some-package' { export function run(): void; export function other(): void }`,
};

/** What is reported in the main file, and the fixes of it, when the user says that these block. */
function reported(blocking: readonly string[]): readonly string[] {
  const rule = ruleNamed('blocking-call');
  const options = { tests: false, require: false, quick: true };
  const setting = { severity: 'error', options } as const;
  return lintOne(
    { files: FILES, file: 'src/main.ts', rule, setting, project: { blocking } },
    (findings) =>
      findings.flatMap((one) => [one.message, ...one.fixes().map(({ title }) => title)]),
  );
}

describe('blocking calls that the user names', () => {
  it('are functions of packages', () => {
    assert.deepEqual(reported(['some-package#run']), [
      '`run` blocks the event loop until it returns.',
    ]);
  });

  it('are functions of files, with or without their extension', () => {
    for (const entry of ['src/legacy.ts#loadAll', './src/legacy#loadAll', 'legacy#loadAll']) {
      assert.deepEqual(
        reported([entry]),
        ['`loadAll` blocks the event loop until it returns.'],
        entry,
      );
    }
  });

  it('are members of types', () => {
    assert.deepEqual(reported(['src/legacy.ts#Store.fill']), [
      '`store.fill` blocks the event loop until it returns.',
    ]);
  });

  it('may have a twin', () => {
    assert.deepEqual(reported(['src/legacy.ts#loadAll>load']), [
      '`loadAll` blocks the event loop until it returns.',
      'Await `load` instead',
    ]);
  });

  it('are none that only look alike', () => {
    assert.deepEqual(reported([]), []);
    assert.deepEqual(
      reported(['another-package#run', 'src/egacy.ts#loadAll', 'src/legacy#load']),
      [],
    );
  });
});
