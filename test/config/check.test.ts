import assert from 'node:assert/strict';
import { checkConfigs } from '../../server/config/check.ts';
import { invoke } from '../cli/console.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';

describe('mistakes in config files', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch({ 'a.ts': 'export {};\n' }, TSCONFIG);
  });

  afterEach(() => project.remove());

  /** The places and messages of a config, as `[stretch] message`. */
  const mistakes = (text: string, name = 'asynclint.jsonc'): readonly string[] => {
    const file = project.write(name, text);
    return checkConfigs([file], toyRules).map(
      ({ range, message }) => `[${text.slice(range.start, range.end)}] ${message}`,
    );
  };

  it('there are none in what is right', () => {
    const config = {
      $schema: './node_modules/asynclint/asynclint.schema.json',
      extends: ['./tsconfig.json'],
      preset: 'strict',
      rules: {
        shouting: 'off',
        whispering: ['error', { volume: 'high', rooms: ['attic'] }],
        'unused-allow': 'information',
      },
      overrides: [{ files: ['*.test.ts'], rules: { shouting: 'warning' } }],
      ignore: ['dist'],
      settings: { limiters: ['p-limit#default'], blocking: [], safeCalls: [], fanOut: 8 },
    };
    assert.deepEqual(mistakes(JSON.stringify(config)), []);
    assert.deepEqual(mistakes('{}'), []);
    assert.deepEqual(mistakes('// Nothing.\n{ "extends": "./tsconfig.json", }'), []);
    assert.deepEqual(mistakes('{ "name": "x", "asynclint": {} }', 'package.json'), []);
  });

  for (const [text, told] of [
    ['{ "prest": "all" }', '["prest"] There is no key `prest`. Did you mean `preset`?'],
    [
      '{ "zzz": 1 }',
      '["zzz"] There is no key `zzz`. Known are `$schema`, `extends`, `preset`, `rules`, `overrides`, `ignore`, `settings`.',
    ],
    ['{ "preset": "lax" }', '["lax"] Allowed here: `recommended`, `strict`, `all`.'],
    [
      '{ "rules": { "shuoting": "off" } }',
      '["shuoting"] There is no rule `shuoting`. Did you mean `shouting`?',
    ],
    [
      '{ "rules": { "shouting": "loud" } }',
      '["loud"] Allowed here: `error`, `warning`, `information`, `off`.',
    ],
    [
      '{ "rules": { "shouting": 2 } }',
      '[2] Allowed here: `error`, `warning`, `information`, `off`.',
    ],
    [
      '{ "rules": { "whispering": ["loud", {}] } }',
      '["loud"] Allowed here: `error`, `warning`, `information`, `off`.',
    ],
    [
      '{ "rules": { "whispering": ["error", { "volum": 1 }] } }',
      '["volum"] There is no option `volum`. Did you mean `volume`?',
    ],
    [
      '{ "rules": { "whispering": ["error", { "volume": "mid" }] } }',
      '["mid"] Allowed here: `low`, `high`.',
    ],
    ['{ "rules": { "whispering": ["error"] } }', '[["error"]] A severity and options belong here.'],
    ['{ "rules": [] }', '[[]] This is to be a value of type object.'],
    [
      '{ "extends": "shared" }',
      '["shared"] No package `shared` with a config is installed; a file of yours starts with `./`.',
    ],
    ['{ "extends": ["./gone.json"] }', '["./gone.json"] There is no config `./gone.json`.'],
    ['{ "overrides": [{ "rules": {} }] }', '[{ "rules": {} }] `files` is missing.'],
    ['{ "settings": { "fanOut": 0 } }', '[0] This must be >= 1.'],
    ['{ "settings": { "fanOut": "x" } }', '["x"] This is to be a value of type integer.'],
    ['[]', '[[]] This is to be a value of type object.'],
    ['{ "preset" "all" }', '["all"] This is no JSON: colon expected.'],
  ] as const) {
    it(text, () => assert.deepEqual(mistakes(text), [told]));
  }

  it('in package.json are told where they stand', () => {
    const text = '{ "name": "x", "prest": 1, "asynclint": { "prest": "all" } }';
    const [told] = mistakes(text, 'package.json');
    assert.equal(told, '["prest"] There is no key `prest`. Did you mean `preset`?');
    const [problem] = checkConfigs([project.path('package.json')], toyRules);
    assert.equal(problem?.range.start, text.lastIndexOf('"prest"'));
  });

  it('a base that builds on the config itself is told of, in however large a circle', () => {
    project.write('b.json', '{ "extends": "./c.json" }');
    project.write('c.json', '{ "extends": ["./asynclint.jsonc"] }');
    const told = 'builds on this config itself: remove one `extends` of the circle.';
    assert.deepEqual(mistakes('{ "extends": "./b.json" }'), [`["./b.json"] \`./b.json\` ${told}`]);
    const itself = '{ "extends": ["./asynclint.jsonc"] }';
    assert.deepEqual(mistakes(itself), [`["./asynclint.jsonc"] \`./asynclint.jsonc\` ${told}`]);
    project.write('d.json', '{ "extends": "./d.json" }');
    assert.deepEqual(mistakes('{ "extends": "./d.json" }'), [], 'that circle is not ours');
  });

  it('are all told on stderr with line and column, and nothing is linted', async () => {
    project.write('asynclint.jsonc', '{\n  "extends": "./base.json",\n  "prest": 1\n}');
    project.write('base.json', '{ "rules": {\n  "shuoting": "off" } }');
    assert.deepEqual(await invoke([], project.folder), {
      exit: 2,
      out: '',
      err:
        'base.json:2:3 There is no rule `shuoting`. Did you mean `shouting`?\n' +
        'asynclint.jsonc:3:3 There is no key `prest`. Did you mean `preset`?\n',
    });
  });

  it('--config names a file that there is', async () => {
    const { err } = await invoke(['--config', '.'], project.folder);
    assert.equal(err, '`.` is a folder; name its config.\n');
  });

  it('of a config that governs none of the paths are nobody’s business', async () => {
    project.write('other/asynclint.jsonc', '{ "prest": 1 }');
    assert.equal((await invoke(['a.ts'], project.folder)).exit, 0);
  });
});
