import assert from 'node:assert/strict';
import {
  DEFAULT_PROJECT_SETTINGS,
  defineRule,
  type LintResult,
  lint,
  type Rule,
  settingOf,
  type Visitor,
} from '#engine';
import { Compiler } from '#program';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

const SAVE = 'declare function save(): Promise<void>;\n';

/** Reports every `debugger`; its one fix removes it. */
const debuggers = defineRule({
  id: 'debuggers',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports `debugger`.',
  advice: 'Remove it.',
  visit: {
    DebuggerStatement: (node, { report }) => report(node, { message: 'Stops here.' }),
  },
});

const broken = defineRule({
  ...debuggers,
  id: 'broken',
  visit: {
    DebuggerStatement: () => {
      throw new Error('our bug');
    },
  },
});

describe('lint', () => {
  let compiler: Compiler | undefined;
  let project: Scratch | undefined;

  afterEach(() => {
    compiler?.dispose();
    project?.remove();
  });

  function run(
    text: string,
    some: readonly Rule[] = [debuggers],
    preset?: 'strict',
    cancelled?: () => boolean,
  ): LintResult {
    project = scratch({ 'a.ts': text }, TSCONFIG);
    const config = project.path('tsconfig.json');
    compiler = new Compiler({ cwd: project.folder });
    compiler.update({ open: [config] });
    const program = compiler.program(config);
    assert.ok(program);
    return lint(program, program.files(), {
      rules: some,
      setting: (rule) => settingOf(rule, preset === undefined ? {} : { preset }),
      project: DEFAULT_PROJECT_SETTINGS,
      ...(cancelled && { cancelled }),
    });
  }

  it('stops between one judgement and the next when nobody waits any more', () => {
    let judged = 0;
    const counting = defineRule({
      ...debuggers,
      visit: { DebuggerStatement: () => void judged++ },
    });
    run('debugger;\n'.repeat(9), [counting], undefined, () => judged >= 2);
    assert.equal(judged, 2);
  });

  it('stops between one judgement and the next that answers were missing for', () => {
    let judged = 0;
    const asking = defineRule({
      ...debuggers,
      visit: {
        CallExpression: (node, { facts }) => {
          facts.typeOf(node);
          judged++;
        },
      },
    });
    run(`${SAVE}${'save();\n'.repeat(9)}`, [asking], undefined, () => judged >= 2);
    assert.equal(judged, 2);
  });

  it('goes on when a rule throws, and says which rule in which file', () => {
    const result = run('debugger;\ndebugger;\n', [broken, debuggers]);
    assert.equal(result.findings.length, 2);
    assert.deepEqual(
      result.crashes.map(({ rule, file, error }) => [rule, file, error.message]),
      [['broken', project?.path('a.ts'), 'our bug']],
    );
  });

  it('cuts a range at the end of its line', () => {
    const text = `${SAVE}export async function f() {\n  save(\n  );\n}\n`;
    const [finding] = run(
      text,
      rules.filter(({ id }) => id === 'floating-promise'),
    ).findings;
    assert.equal(finding && text.slice(finding.range.start, finding.range.end), 'save(');
  });

  it('says on one line what names go over lines', () => {
    const naming = defineRule({
      ...debuggers,
      visit: {
        CallExpression: (node, { report }) => {
          const message = `\`${node.expression.getText()}\` runs.`;
          const fix = { id: 'fix', title: message, kind: 'safe', edits: [] } as const;
          report(node, { message, related: [{ node, message }], fixes: () => [fix] });
        },
      },
    });
    const { findings } = run('Promise\r\n  .all([]);\n', [naming]);
    const [message, ...related] = findings.flatMap((one) => [one, ...one.related]);
    assert.equal(message?.message, '`Promise.all` runs.');
    assert.equal(findings[0]?.fixes()[0]?.title, '`Promise.all` runs.');
    assert.deepEqual(
      related.map((one) => [one.message, one.range]),
      [['`Promise.all` runs.', { start: 0, end: 'Promise'.length }]],
    );
  });

  it('judges methods that may be of interest by their names, and functions of whatever name', () => {
    const judged: string[] = [];
    const calls = defineRule({
      ...debuggers,
      methods: (name) => name === 'wanted',
      visit: { CallExpression: (node) => void judged.push(node.expression.getText()) },
    });
    run('f(); a.other(); a.wanted(); a[b](); f(a.wanted());', [calls]);
    assert.deepEqual(judged, ['f', 'a.wanted', 'a[b]', 'f', 'a.wanted']);
  });

  it('leaves out a rule that its preset does not turn on', () => {
    const strict = defineRule({ ...debuggers, preset: 'strict', visit: DEBUGGER });
    assert.equal(run('debugger;', [strict]).findings.length, 0);
    compiler?.dispose();
    project?.remove();
    assert.equal(run('debugger;', [strict], 'strict').findings.length, 1);
  });
});

const DEBUGGER = {
  DebuggerStatement: (...[node, { report }]: Parameters<Visitor>) =>
    report(node, { message: 'Stops here.' }),
};
