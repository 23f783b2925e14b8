import assert from 'node:assert/strict';
import { rules } from '#rules';
import { createLinter, type Linter } from '../../server/workspace/linter.ts';
import { randomNumbers } from '../properties/tape.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

/** Edits of one project, one after the other. */
const EDITS = 20;

/** How functions may begin and go on; `other` is a function of another file, whatever that is at the moment. */
const HEADS = [
  'export async function NAME(ids: string[]): Promise<string[]> {',
  'export function NAME(ids: string[]) {',
  'export const NAME = async (ids: string[]) => {',
  'export function NAME(ids: string[]): void {',
];
const STATEMENTS = [
  'other(ids);',
  'await other(ids);',
  'for (const id of ids) await other([id]);',
  'await Promise.all(ids.map((id) => other([id])));',
  'ids.forEach(async (id) => { await other([id]); });',
  'if (other(ids)) ids.pop();',
  "const text = readFileSync('a', 'utf8'); ids.push(text);",
  'const first = await other(ids); const second = await other(ids); ids.push(String([first, second]));',
  'ids.push("done");',
  '',
];
const NAMES = ['one', 'two', 'three'];

describe('a series of edits', () => {
  let project: Scratch;
  let linter: Linter;
  const texts = new Map<string, string>();

  beforeEach(() => {
    texts.clear();
    project = scratch(Object.fromEntries(NAMES.map((name) => [`${name}.ts`, ''])), TSCONFIG);
    linter = open();
  });

  afterEach(() => {
    linter.dispose();
    project.remove();
  });

  function open(): Linter {
    return createLinter({
      cwd: project.folder,
      rules,
      choices: { preset: 'all' },
      overlay: (file) => texts.get(file),
    });
  }

  /** All that a linter says of the project, a file at a time as an editor asks. */
  function saidBy(one: Linter) {
    return NAMES.map((name) => {
      const { findings, notes } = one.lint([project.path(`${name}.ts`)]);
      one.rest();
      return {
        notes,
        findings: findings.map(({ fixes, rewrite: _, ...finding }) => [finding, fixes()]),
      };
    });
  }

  it('comes to what a linter finds that knows nothing of what was before', function () {
    this.timeout(120_000);
    const next = randomNumbers(7);
    const pick = (some: readonly string[]): string => some[next() % some.length] ?? '';
    const written = (name: string): string => {
      const other = pick(NAMES.filter((one) => one !== name));
      const lines = Array.from({ length: next() % 4 }, () => `  ${pick(STATEMENTS)}`);
      return [
        "import { readFileSync } from 'node:fs';",
        `import { ${other} as other } from './${other}.ts';`,
        pick(HEADS).replace('NAME', name),
        ...lines,
        '  return ids;',
        '};',
        '',
      ].join('\n');
    };
    let found = 0;
    for (const name of NAMES) texts.set(project.path(`${name}.ts`), written(name));
    for (let edit = 0; edit < EDITS; edit++) {
      const file = project.path(`${pick(NAMES)}.ts`);
      texts.set(file, written(file.slice(project.folder.length + 1, -'.ts'.length)));
      linter.update({ changed: [file] });
      const said = saidBy(linter);
      const fresh = open();
      try {
        assert.deepEqual(said, saidBy(fresh), [...texts.values()].join('\n'));
      } finally {
        fresh.dispose();
      }
      found += said.reduce((sum, { findings }) => sum + findings.length, 0);
    }
    assert.ok(found > EDITS, `only ${found} findings`);
  });
});
