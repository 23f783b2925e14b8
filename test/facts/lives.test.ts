import assert from 'node:assert/strict';
import { DEFAULT_PROJECT_SETTINGS, lint } from '#engine';
import { Compiler } from '#program';
import { rules } from '#rules';
import { scratch } from '../support/scratch.ts';

const LOAD = 'declare function load(): Promise<string>;\nconst loading = load();\n';

/** Whether `unused-promise` reports the variable at the top level of a file with this text. */
function isReported(text: string): boolean {
  const config = JSON.stringify({ compilerOptions: { target: 'esnext', noEmit: true, types: [] } });
  const project = scratch({ 'main.ts': text }, config);
  const compiler = new Compiler({ cwd: project.folder });
  try {
    compiler.update({ open: [project.path('tsconfig.json')] });
    const program = compiler.program(project.path('tsconfig.json'));
    assert.ok(program, 'the project opens');
    const { findings } = lint(program, [project.path('main.ts')], {
      rules: rules.filter(({ id }) => id === 'unused-promise'),
      setting: ({ severity }) => ({ severity, options: {} }),
      project: DEFAULT_PROJECT_SETTINGS,
    });
    return findings.length > 0;
  } finally {
    compiler.dispose();
    project.remove();
  }
}

describe('lives of promises', () => {
  it('are told of variables of a module', () => {
    assert.ok(isReported(`${LOAD}export {};`));
    assert.ok(isReported(`${LOAD}exports.done = true;\ndeclare const exports: any;`));
  });

  it('are not told of those of a script, which others may use', () => {
    assert.ok(!isReported(LOAD));
  });
});
