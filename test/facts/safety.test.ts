import assert from 'node:assert/strict';
import { DEFAULT_PROJECT_SETTINGS, lint, settingOf } from '#engine';
import { Compiler } from '#program';
import { rules } from '#rules';
import { scratch, TSCONFIG } from '../support/scratch.ts';

const MAIN = `
import { send } from 'mail';
import { track } from './track.ts';
send('a');
track('b');
`;

/** Lines that float in a project of which the user says that these calls are safe. */
function floatingWith(safeCalls: readonly string[]): readonly string[] {
  const project = scratch(
    {
      'main.ts': MAIN,
      'track.ts': 'export async function track(event: string): Promise<void> {}',
      'node_modules/mail/package.json': '{ "types": "./index.d.ts" }',
      'node_modules/mail/index.d.ts': 'export declare function send(to: string): Promise<void>;',
    },
    TSCONFIG,
  );
  const compiler = new Compiler({ cwd: project.folder });
  try {
    compiler.update({ open: [project.path('tsconfig.json')] });
    const program = compiler.program(project.path('tsconfig.json'));
    assert.ok(program, 'the project opens');
    const { findings } = lint(program, [project.path('main.ts')], {
      rules: rules.filter(({ id }) => id === 'floating-promise'),
      setting: (rule) => settingOf(rule, {}),
      project: { ...DEFAULT_PROJECT_SETTINGS, safeCalls },
    });
    return findings.map(({ range }) => MAIN.slice(range.start, range.end));
  } finally {
    compiler.dispose();
    project.remove();
  }
}

describe('promises that the user says may be left alone', () => {
  it('are none to begin with', () => {
    assert.deepEqual(floatingWith([]), ["send('a')", "track('b')"]);
  });

  it('are known by module and name', () => {
    assert.deepEqual(floatingWith(['mail#send']), ["track('b')"]);
  });

  it('are known by name alone where the project has them itself', () => {
    assert.deepEqual(floatingWith(['send', 'track']), ["send('a')"]);
  });
});
