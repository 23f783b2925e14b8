import assert from 'node:assert/strict';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const CODE = `import { loadAll, limited, log } from './own';
export async function floats() {
  log('x');
}
export async function blocks() {
  return loadAll();
}
export async function fans(ids: number[]) {
  return Promise.all(ids.map((id) => fetch('/' + id)));
}
export async function bounded(ids: number[]) {
  return Promise.all(ids.map((id) => limited(() => fetch('/' + id))));
}
`;
const OWN = `export declare function loadAll(): number;
export declare function load(): Promise<number>;
export declare function limited<T>(work: () => Promise<T>): Promise<T>;
export declare function log(text: string): Promise<void>;
`;

/** What config files say, from the command line to the findings, with the rules that users have. */
describe('a config file', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch({ 'src/a.ts': CODE, 'src/own.ts': OWN }, TSCONFIG);
  });

  afterEach(() => project.remove());

  /** Rules and lines of what is found under a config. */
  const found = async (config: object, ...argv: readonly string[]): Promise<readonly string[]> => {
    project.write('asynclint.jsonc', JSON.stringify(config));
    const { out, err } = await invoke([...argv, '--format', 'json'], project.folder, {
      parts: { rules },
    });
    assert.equal(err, '');
    return JSON.parse(out).findings.map(
      (finding: { rule: string; severity: string; range: { start: { line: number } } }) =>
        `${finding.rule} ${finding.severity} ${finding.range.start.line}`,
    );
  };

  it('settings tell what rules cannot know: safe calls, blocking functions, limiters', async () => {
    const plain = await found({});
    assert.ok(plain.includes('floating-promise error 3'), plain.join('\n'));
    assert.ok(!plain.some((line) => /blocking-call/.test(line)), plain.join('\n'));
    assert.ok(plain.includes('unbounded-fan-out warning 9'), plain.join('\n'));
    const told = await found({
      settings: {
        safeCalls: ['log'],
        blocking: ['./own#loadAll>load'],
        limiters: ['limited'],
      },
    });
    assert.ok(!told.some((line) => /floating-promise/.test(line)), told.join('\n'));
    assert.ok(told.includes('blocking-call error 6'), told.join('\n'));
    assert.ok(!told.some((line) => line.endsWith(' 12')), told.join('\n'));
  });

  it('settings.fanOut is how many tasks may start at once', async () => {
    project.write('asynclint.jsonc', '{ "settings": { "fanOut": 8 } }');
    const { out } = await invoke([], project.folder, { parts: { rules } });
    assert.match(out, /help: Run in batches of 8\n/);
  });

  it('rules, presets, overrides and ignore hold; the command line wins', async () => {
    const rulesOff = { 'unbounded-fan-out': 'off' };
    assert.ok(!(await found({ rules: rulesOff })).some((line) => /unbounded-fan-out/.test(line)));
    const again = ['--rule', 'unbounded-fan-out=error'];
    assert.ok((await found({ rules: rulesOff }, ...again)).includes('unbounded-fan-out error 9'));
    const overrides = [{ files: ['src/*.ts'], rules: { 'floating-promise': 'information' } }];
    assert.ok((await found({ overrides })).includes('floating-promise information 3'));
    assert.deepEqual(await found({ ignore: ['src'] }), []);
    const strict = await found({ preset: 'strict' }, '--preset', 'recommended');
    assert.deepEqual(strict, await found({}));
  });

  it('options of rules hold', async () => {
    const rules = { 'floating-promise': ['error', { safeCalls: ['log'] }] };
    assert.deepEqual(await found({ rules }, '--only', 'floating-promise'), []);
  });
});
