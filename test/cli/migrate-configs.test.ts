import assert from 'node:assert/strict';
import { Migrating, under } from './migrating.ts';

describe('migrate reads', () => {
  let migrating: Migrating;

  beforeEach(() => {
    migrating = new Migrating();
  });

  afterEach(() => migrating.remove());

  const migrated: Migrating['migrated'] = (...some) => migrating.migrated(...some);

  it('.eslintrc: JSON, YAML, JavaScript, with what they extend', async () => {
    const base = `{ "rules": { "no-await-in-loop": "warn", "require-await": "error" } }`;
    for (const [name, text] of [
      [
        '.eslintrc.json',
        `{ // why\n "extends": ["eslint:recommended", "./base"], "rules": { "require-await": 0 },
        "overrides": [{ "files": "*.test.ts", "excludedFiles": ["a.test.ts"], "rules": { "no-await-in-loop": "off" } }],
        "ignorePatterns": ["dist"] }`,
      ],
      [
        '.eslintrc.yml',
        `extends:\n  - eslint:recommended\n  - ./base\nrules:\n  require-await: off\noverrides:\n  - files: '*.test.ts'
    excludedFiles: [a.test.ts]\n    rules:\n      no-await-in-loop: 0\nignorePatterns: dist\n`,
      ],
      [
        '.eslintrc.cjs',
        `const off = 'off';\nmodule.exports = { extends: ['eslint:recommended', './base.json'], rules: { 'require-await': off },
        overrides: [{ files: ['*.test.ts'], excludedFiles: 'a.test.ts', rules: { 'no-await-in-loop': off } }], ignorePatterns: ['dist'] };`,
      ],
      [
        '.eslintrc',
        `{ "extends": "./base", "rules": { "require-await": "off" }, "ignorePatterns": "dist",
        "overrides": [{ "files": ["*.test.ts"], "excludedFiles": "a.test.ts", "rules": { "no-await-in-loop": "off" } }] }`,
      ],
    ] as const) {
      const {
        rules: written,
        overrides,
        ignore,
      } = await migrated({ [name]: text, 'base.json': base });
      assert.deepEqual(written, { 'await-in-loop': 'warning' }, name);
      assert.deepEqual(overrides, [
        { files: ['*.test.ts', '!a.test.ts'], rules: { 'await-in-loop': 'off' } },
      ]);
      assert.deepEqual(ignore, ['dist']);
    }
    const { rules: written, told } = await migrated({
      '.eslintrc.json':
        '{ "extends": ["airbnb-base", "plugin:import/recommended", "mystery", "./gone"] }',
    });
    assert.deepEqual(written, {});
    assert.deepEqual(under(told, /can be off now/), ['no-async-promise-executor']);
    assert.match(under(told, /worth keeping/).join(), /^no-await-in-loop: every loop/);
    assert.deepEqual(under(told, /could not be read/), [
      'Nobody knows what `mystery` turns on.',
      '`./gone`, which .eslintrc.json extends, was not read.',
    ]);
  });

  it('.oxlintrc.json: categories, rules by every prefix, overrides', async () => {
    const {
      rules: written,
      overrides,
      ignore,
      told,
    } = await migrated({
      '.oxlintrc.json': `{ "extends": ["./base.json"], "categories": { "pedantic": "warn" }, // some
        "rules": { "eslint/no-await-in-loop": "deny", "typescript/no-floating-promises": ["warn", { "ignoreVoid": false }] },
        "overrides": [{ "files": ["*.test.ts"], "rules": { "no-await-in-loop": "allow" } }],
        "ignorePatterns": ["vendor"] }`,
      'base.json': '{ "rules": { "no-async-promise-executor": "off" } }',
    });
    assert.deepEqual(written, {
      'async-executor': 'off',
      'async-without-await': 'information',
      'await-in-loop': 'error',
      'floating-promise': ['warning', { void: 'report' }],
    });
    assert.deepEqual(overrides, [{ files: ['*.test.ts'], rules: { 'await-in-loop': 'off' } }]);
    assert.deepEqual(ignore, ['vendor']);
    assert.ok(under(told, /can be off now/).includes('@typescript-eslint/await-thenable'));
  });

  it('biome.json: groups, levels, options, overrides, both ways to ignore', async () => {
    const {
      rules: written,
      overrides,
      ignore,
      told,
    } = await migrated({
      'biome.json': `{ "extends": ["./base.json"], "files": { "ignore": ["old"], "includes": ["**", "!dist", "!!**/gen"] },
        "linter": { "rules": {
          "suspicious": { "useAwait": "info" }, "nursery": { "noFloatingPromises": { "level": "warn", "options": {} } },
          "performance": { "noAwaitInLoops": "on" } } },
        "overrides": [{ "includes": ["**/*.test.ts"], "linter": { "rules": { "nursery": { "noFloatingPromises": "off" } } } }] }`,
      'base.json':
        '{ "linter": { "rules": { "suspicious": { "noAsyncPromiseExecutor": "off" } } } }',
    });
    assert.deepEqual(written, {
      'async-executor': 'off',
      'async-without-await': 'information',
      'await-in-loop': 'warning',
      'floating-promise': 'warning',
    });
    assert.deepEqual(overrides, [{ files: ['*.test.ts'], rules: { 'floating-promise': 'off' } }]);
    assert.deepEqual(ignore, ['old', 'dist', 'gen']);
    assert.deepEqual(under(told, /can be off now/), ['biome/noFloatingPromises']);
    assert.deepEqual(
      under(told, /worth keeping/).map((line) => line.replace(/:.*/, '')),
      ['biome/noAwaitInLoops', 'biome/useAwait'],
    );
  });
});
