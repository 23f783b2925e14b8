import assert from 'node:assert/strict';
import { DEFAULT_PROJECT_SETTINGS, lint, type Rule, settingOf } from '#engine';
import { Compiler } from '#program';
import { rules } from '#rules';
import { scratch, TSCONFIG } from '../support/scratch.ts';

/** How many things of a kind there are in each text. */
const MANY = 40;

/** However many things there are, what a rule has to know of one comes in about as many rounds as what it has to know of all. */
const MOST_ROUNDS = 12;

function each(text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: MANY }, (_, index) => text(index)).join(separator);
}

const TEXTS: Readonly<Record<string, string>> = {
  'unbounded-fan-out': `
    const all = await Promise.all(request.ids.map(async (id) => {
      ${each((n) => `step${n}(id);`)}
      return fetch(id);
    }));`,
  'unbounded-spawn': `
    for (const id of request.ids) {
      void (async () => {
        ${each((n) => `step${n}(id);`)}
        await fetch(id);
      })().catch(() => undefined);
    }`,
  'dropped-async-callback': `
    emitter.on('x', (id: string) => {
      ${each((n) => `if (id === '${n}') return load${n}(id);`)}
      return undefined;
    });`,
  'await-of-non-promise': `await Promise.all([${each((n) => `step${n}('a')`, ', ')}]);`,
  'await-in-combinator': `await Promise.all([${each((n) => `await load${n}('a')`, ', ')}]);`,
  'independent-awaits': each((n) => `const v${n} = await load${n}('a');`),
};

describe('rounds of questions', () => {
  for (const [id, text] of Object.entries(TEXTS)) {
    it(`${id} asks about many things at once`, () => {
      const starts = startsOf(id, text);
      assert.ok(starts > 0, 'nothing was judged');
      assert.ok(starts <= MOST_ROUNDS, `${starts} rounds`);
    });
  }
});

/** How often the judgement of one node is started, at most. */
function startsOf(id: string, text: string): number {
  const starts = new Map<object, number>();
  const rule = rules.find((one) => one.id === id);
  assert.ok(rule);
  const visitors: Rule['visitors'] = new Map(
    [...rule.visitors].map(([kind, judge]) => [
      kind,
      (node, context) => {
        starts.set(node, (starts.get(node) ?? 0) + 1);
        judge(node, context);
      },
    ]),
  );
  const project = scratch(
    {
      'steps.ts': STEPS,
      'main.ts': `${HEAD}export async function main(request: { ids: string[] }) {\n${text}\n}\n`,
    },
    TSCONFIG,
  );
  const config = project.path('tsconfig.json');
  const compiler = new Compiler({ cwd: project.folder });
  try {
    compiler.update({ open: [config] });
    const program = compiler.program(config);
    assert.ok(program);
    lint(program, [project.path('main.ts')], {
      rules: [{ ...rule, visitors }],
      setting: (one) => settingOf(one, {}),
      project: DEFAULT_PROJECT_SETTINGS,
    });
  } finally {
    compiler.dispose();
    project.remove();
  }
  return Math.max(0, ...starts.values());
}

const STEPS = each(
  (n) => `export function step${n}(id: string): string { return id + '${n}'; }
export async function load${n}(id: string): Promise<string> { return (await fetch(id)).text(); }`,
);

const HEAD = `import { EventEmitter } from 'node:events';
import { ${each((n) => `step${n}, load${n}`, ', ')} } from './steps.ts';
const emitter = new EventEmitter();
`;
