import assert from 'node:assert/strict';
import { Allowing } from './allowing.ts';

describe('comments of other linters', () => {
  let allowing: Allowing;

  before(() => {
    allowing = new Allowing();
  });

  after(() => allowing.dispose());

  const found: Allowing['found'] = (...some) => allowing.found(...some);

  it('are honoured for rules that report the same, by every name that these have', () => {
    const names = [
      ...['no-debugger', 'eslint/no-debugger', '@typescript-eslint/no-stop', 'typescript/no-stop'],
      ...['ts/no-stop', 'n/no-halt', 'node/no-halt', 'other, no-debugger', 'no-debugger -- why'],
    ];
    for (const name of names) {
      for (const linter of ['eslint', 'oxlint']) {
        const text = `// ${linter}-disable-next-line ${name}\ndebugger;\ndebugger; // ${linter}-disable-line ${name}`;
        assert.deepEqual(found(text), [], text);
      }
    }
    for (const name of ['no-console', 'no-debugger-here', 'x/no-debugger', 'noDebugger']) {
      assert.deepEqual(found(`debugger; // eslint-disable-line ${name}`), ['stops 1'], name);
    }
  });

  it('that name no rule stand for all that they know', () => {
    assert.deepEqual(found('debugger; // eslint-disable-line', 'all'), []);
    assert.deepEqual(found('debugger; // eslint-disable-line -- for now', 'all'), []);
    assert.deepEqual(found('// biome-ignore lint: for now\ndebugger;', 'all'), ['halts 2']);
  });

  it('hold from where they stand to where they end', () => {
    const text = [
      'debugger; /* eslint-disable no-debugger */ debugger;',
      'debugger;',
      '/* eslint-enable no-console */',
      '/* oxlint-enable */',
      'debugger;',
      '/* eslint-enable no-debugger */ debugger;',
      '/* oxlint-disable */',
      'debugger;',
    ].join('\n');
    assert.deepEqual(found(text), ['stops 1', 'stops 6']);
  });

  it('on several lines are read whole, and cover the line after their end', () => {
    const text =
      '/* eslint-disable-next-line\n * no-console,\n * no-debugger -- why\n */\ndebugger;';
    assert.deepEqual(found(text), []);
  });

  it('on the line above cover that line and no other', () => {
    assert.deepEqual(found('// eslint-disable-next-line no-debugger\n\ndebugger;'), ['stops 3']);
  });

  it('of Biome: the next line of code, its own, a range, the file', () => {
    const name = 'lint/suspicious/noDebugger';
    for (const text of [
      `// biome-ignore ${name}: why\ndebugger;`,
      `// biome-ignore ${name}(part): why\n\n// more\ndebugger;`,
      `debugger; // biome-ignore ${name}: why`,
      `// biome-ignore-all ${name}: why\n\ndebugger;`,
      `// biome-ignore-start ${name}: why\ndebugger;\n// biome-ignore-end ${name}: why\n`,
    ]) {
      assert.deepEqual(found(text), [], text);
    }
    for (const text of [
      '// biome-ignore lint/suspicious/noConsole: why\ndebugger;',
      '// biome-ignore format: why\ndebugger;',
      `// biome-ignore-start ${name}: why\n// biome-ignore-end ${name}: why\ndebugger;`,
    ]) {
      assert.equal(found(text).length, 1, text);
    }
  });

  it('are never reported when they hide nothing, and count for nothing when told so', () => {
    assert.deepEqual(found('// eslint-disable-next-line no-debugger\nexport {};'), []);
    const text = 'debugger; // eslint-disable-line no-debugger';
    assert.deepEqual(found(text, 'recommended', false), ['stops 1']);
  });
});
