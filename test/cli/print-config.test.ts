import assert from 'node:assert/strict';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

describe('--print-config', () => {
  let project: Scratch;

  before(() => {
    project = scratch(
      {
        'asynclint.jsonc': JSON.stringify({
          extends: './base.json',
          preset: 'strict',
          overrides: [{ files: ['*.test.ts'], rules: { shouting: 'off' } }],
          ignore: ['gen'],
          settings: { limiters: ['p#q'] },
        }),
        'base.json': '{ "rules": { "whispering": ["error", { "volume": "high" }] } }',
        'src/a.ts': 'export {};\n',
        'src/a.test.ts': 'export {};\n',
        'gen/a.ts': 'export {};\n',
        'tool/only/tsconfig.json': '{ "files": [] }',
        'tool/only/a.js': 'export {};\n',
      },
      TSCONFIG,
    );
  });

  after(() => project.remove());

  const printed = async (...argv: readonly string[]) => {
    const { exit, out, err } = await invoke(['--print-config', ...argv], project.folder);
    assert.equal(err, '');
    assert.equal(exit, 0);
    return JSON.parse(out);
  };

  it('tells what presets, config files and options come to', async () => {
    assert.deepEqual(await printed('src/a.ts', '--rule', 'humming=error'), {
      file: 'src/a.ts',
      tsconfig: 'tsconfig.json',
      configs: ['base.json', 'asynclint.jsonc'],
      ignored: false,
      rules: {
        exploding: 'error',
        humming: 'error',
        muttering: 'warning',
        shouting: 'error',
        whispering: ['error', { volume: 'high', rooms: ['hall'] }],
      },
      settings: { limiters: ['p#q'], blocking: [], safeCalls: [], fanOut: 16 },
    });
  });

  it('goes by overrides, `ignore`, `--preset` and `--only`', async () => {
    assert.equal((await printed('src/a.test.ts')).rules.shouting, 'off');
    assert.equal((await printed('gen/a.ts')).ignored, true);
    const { rules } = await printed('src/a.ts', '--only', 'humming', '--preset', 'recommended');
    assert.deepEqual(
      Object.values(rules).filter((choice) => choice !== 'off'),
      ['information'],
    );
  });

  it('a file that no project holds has no tsconfig', async () => {
    assert.equal((await printed('tool/only/a.js')).tsconfig, null);
  });

  it('2: for what is no file of a project, and with paths or fixes', async () => {
    const mistakes = [
      [['none.ts'], 'There is no file `none.ts`.\n'],
      [['src'], '`src` is a folder; name a file in it.\n'],
      [['base.json'], '`base.json` is neither TypeScript nor JavaScript.\n'],
      [['src/a.ts', 'gen'], '`--print-config <file>` lints nothing, so it goes with no paths'],
      [['src/a.ts', '--fix'], '`--print-config <file>` lints nothing, so it goes with no paths'],
    ] as const;
    for (const [argv, message] of mistakes) {
      const { exit, out, err } = await invoke(['--print-config', ...argv], project.folder);
      assert.equal(exit, 2, argv.join(' '));
      assert.equal(out, '');
      assert.ok(err.startsWith(message), err);
    }
  });

  it('is valid to the config’s own schema, rule by rule', async () => {
    const { rules, settings } = await printed('src/a.ts');
    project.write('again/asynclint.jsonc', JSON.stringify({ rules, settings }));
    project.write('again/tsconfig.json', '{}');
    project.write('again/a.ts', 'export {};\n');
    const { exit, err } = await invoke(['again'], project.folder);
    assert.equal(err, '');
    assert.equal(exit, 0);
  });
});
