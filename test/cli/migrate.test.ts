import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rules } from '#rules';
import { invoke } from './console.ts';
import { Migrating, under } from './migrating.ts';

describe('migrate', () => {
  let migrating: Migrating;

  beforeEach(() => {
    migrating = new Migrating();
  });

  afterEach(() => migrating.remove());

  const migrated: Migrating['migrated'] = (...some) => migrating.migrated(...some);
  const migrate: Migrating['migrate'] = (...argv) => migrating.migrate(...argv);
  const given: Migrating['given'] = (files) => migrating.given(files);
  const path: Migrating['path'] = (name) => migrating.path(name);

  it('writes what it prints, and says what can go and what has to stay', async () => {
    given({
      'eslint.config.js': `export default [{ rules: {
        'no-async-promise-executor': 'warn', 'jest/valid-expect': 2, 'require-atomic-updates': 1, 'no-var': 1,
      } }];`,
    });
    const dry = await migrate('--dry-run');
    assert.ok(!existsSync(path('asynclint.jsonc')));
    const { exit, out, err } = await migrate();
    assert.equal(exit, 0);
    assert.equal(err, '');
    assert.match(out, /^Wrote asynclint\.jsonc: 2 settings from eslint\.config\.js; /);
    assert.equal(readFileSync(path('asynclint.jsonc'), 'utf8'), dry.out);
    assert.equal(dry.err, out.replace('Wrote', 'Would write'));
    assert.deepEqual(under(out, /can be off now/), ['no-async-promise-executor']);
    assert.match(under(out, /worth keeping/).join(), /^jest\/valid-expect: calls of `expect`/);
    assert.deepEqual(under(out, /no equivalent/), ['require-atomic-updates']);
    assert.match(dry.out, /"async-executor": "warning", \/\/ no-async-promise-executor\n/);
  });

  it('levels and options', async () => {
    const { rules: written, told } = await migrated({
      'eslint.config.js': `export default { rules: {
        '@typescript-eslint/no-floating-promises': ['warn', {
          ignoreVoid: false, ignoreIIFE: true, checkThenables: true,
          allowForKnownSafeCalls: ['go', { from: 'package', package: 'node:test', name: ['it', 'test'] }],
          allowForKnownSafePromises: [{ from: 'file', path: './safe.ts', name: 'Safe' }, { from: 'lib', name: 'Promise' }],
        }],
        '@typescript-eslint/no-misused-promises': [2, {
          checksConditionals: false, checksVoidReturn: { arguments: false, inheritedMethods: false, attributes: true },
        }],
        '@typescript-eslint/return-await': ['error', 'always'],
        'n/no-sync': ['warn', { allowAtRootLevel: true, ignores: ['readSync'] }],
        'no-async-promise-executor': 0,
      } };`,
    });
    assert.deepEqual(written, {
      'async-executor': 'off',
      'async-predicate': 'off',
      'blocking-call': 'warning',
      'dropped-async-callback': ['error', { arguments: false, overrides: false, attributes: true }],
      'floating-promise': [
        'warning',
        {
          void: 'report',
          iife: 'allow',
          thenables: true,
          safeCalls: ['go', 'node:test#it', 'node:test#test'],
          safePromises: ['./safe.ts#Safe', 'Promise'],
        },
      ],
      'promise-as-condition': 'off',
      'returned-in-try': 'error',
    });
    assert.deepEqual(under(told, /no counterpart/), [
      '@typescript-eslint/return-await: always',
      'n/no-sync: ignores',
    ]);
  });

  it('an extension rule and the rule that it extends are one: the stronger holds', async () => {
    const { rules: written } = await migrated({
      'eslint.config.js': `export default [{ rules: { 'require-await': 'off', '@typescript-eslint/require-await': 'warn' } }];`,
    });
    assert.deepEqual(written, { 'async-without-await': 'warning' });
  });

  it('a rule that reports more than ours is never a reason to turn ours off', async () => {
    const { rules: written } = await migrated({
      'eslint.config.js': `export default [{ rules: { '@typescript-eslint/no-base-to-string': 'off' } }];`,
    });
    assert.deepEqual(written, {});
  });

  it('rules that report a part of what ours does have one, and set nothing', async () => {
    const { rules: written, told } = await migrated({
      'eslint.config.js': `export default [{ rules: {
        'promise/catch-or-return': 'warn', 'testing-library/await-async-events': 'warn', 'promise/always-return': 'warn',
        'no-promise-executor-return': 'error', 'testing-library/await-async-queries': 'off',
      } }];`,
    });
    assert.deepEqual(written, {});
    assert.deepEqual(under(told, /can be off now/), ['testing-library/await-async-events']);
    assert.deepEqual(
      under(told, /worth keeping/).map((line) => line.replace(/:.*/, '')),
      ['no-promise-executor-return', 'promise/catch-or-return'],
    );
    assert.deepEqual(under(told, /no equivalent/), ['promise/always-return']);
  });

  it('presets: what they turn on and our preset does not', async () => {
    for (const code of [
      `import ts from 'typescript-eslint'; export default [...ts.configs.recommendedTypeChecked];`,
      `import ts from 'typescript-eslint'; export default ts.config(ts.configs.strictTypeCheckedOnly);`,
      `const ts = require('typescript-eslint'); module.exports = [...ts.configs['recommended-type-checked']];`,
      `import { configs } from 'typescript-eslint'; const own = [configs.recommendedTypeChecked]; export default own;`,
      `import { configs as all } from 'typescript-eslint'; import { defineConfig } from 'eslint/config';
       export default defineConfig([{ files: ['**/*.ts'], extends: [all.recommendedTypeChecked] }]) satisfies X;`,
      `import ts from 'typescript-eslint'; export default [{ rules: { ...ts.configs.recommendedTypeChecked.rules } }];`,
      `const compat = new FlatCompat(); export default [...compat.extends('plugin:@typescript-eslint/recommended-type-checked')];`,
    ]) {
      const { rules: written, told } = await migrated({ 'eslint.config.js': code });
      assert.deepEqual(written, { 'async-without-await': 'information' }, code);
      assert.ok(under(told, /can be off now/).includes('@typescript-eslint/no-floating-promises'));
    }
  });

  it('files, exceptions, ignored files, and the order of entries', async () => {
    const {
      rules: written,
      overrides,
      ignore,
      told,
    } = await migrated({
      'eslint.config.mjs': `import { globalIgnores } from 'eslint/config';
        const shared = { 'no-await-in-loop': 'error' };
        export default [
          { ignores: ['dist/', '**/*.gen.ts', '**/node_modules/**', '*.md'] },
          globalIgnores(['build/**']),
          { name: 'all', files: ['**/*.{js,ts}'], rules: { ...shared } },
          { files: ['**/*.{test,spec}.ts', 'scripts/@(x|y).?(m)ts', '*.config.js'], ignores: ['**/slow.test.ts'],
            rules: { 'no-await-in-loop': 'off' } },
          { files: ['lib/+(a|b).ts'], rules: { 'no-await-in-loop': 'off' } },
          { rules: { 'no-async-promise-executor': 'warn' } },
        ];`,
    });
    assert.deepEqual(written, { 'await-in-loop': 'error' });
    assert.deepEqual(ignore, ['/dist/', '*.gen.ts', 'build/**']);
    assert.deepEqual(overrides.slice(0, 1), [
      {
        files: [
          ...['*.test.ts', '*.spec.ts', 'scripts/x.ts', 'scripts/x.mts', 'scripts/y.ts'],
          ...['scripts/y.mts', '/*.config.js', '!slow.test.ts'],
        ],
        rules: { 'await-in-loop': 'off' },
      },
    ]);
    assert.deepEqual(overrides.at(-1), { files: ['**'], rules: { 'async-executor': 'warning' } });
    assert.deepEqual(under(told, /could not be read/), [
      'The pattern `lib/+(a|b).ts` has no counterpart in a .gitignore.',
    ]);
  });

  it('what cannot be read is told with its place, and --run-config runs it', async () => {
    const files = {
      'strange.mjs': `export const strange = () => [{ rules: { 'no-await-in-loop': 'error' } }];`,
      'eslint.config.mjs': `import { strange } from './strange.mjs';\nimport process from 'node:process';
        console.log('hello');
        export default [...strange(), { files: ['**/*.ts'], plugins: { x: process }, rules: { 'require-await': 1 } }];`,
    };
    const { rules: read, told } = await migrated(files);
    assert.deepEqual(read, { 'async-without-await': 'warning' });
    assert.deepEqual(under(told, /could not be read/), [
      'Nobody knows what `strange()` (eslint.config.mjs:4) turns on.',
    ]);
    assert.match(told, /\n`--run-config` runs the config instead of reading it/);
    const { rules: run, told: nothing } = await migrated(files, '--run-config');
    assert.deepEqual(run, { 'async-without-await': 'warning', 'await-in-loop': 'error' });
    assert.deepEqual(under(nothing, /could not be read/), []);
  });

  it('is never run without being told to', async () => {
    await migrated({
      'eslint.config.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('ran', ''); export default [];`,
    });
    assert.ok(!existsSync(path('ran')));
    await migrate('--dry-run', '--run-config');
    assert.ok(existsSync(path('ran')));
  });

  it('several at once, the first of each linter; or those that are named', async () => {
    const files = {
      'eslint.config.js': `export default [{ rules: { 'no-await-in-loop': 'warn' } }];`,
      '.eslintrc.json': '{ "rules": { "no-await-in-loop": "off" } }',
      'biome.json': '{ "linter": { "rules": { "nursery": { "noFloatingPromises": "warn" } } } }',
      'conf/eslint.config.js': `export default [{ rules: { 'no-await-in-loop': 'error' } }];`,
    };
    const { rules: written } = await migrated(files);
    assert.deepEqual(written, { 'await-in-loop': 'warning', 'floating-promise': 'warning' });
    const { rules: named } = await migrated(files, 'conf/eslint.config.js');
    assert.deepEqual(named, { 'await-in-loop': 'error' });
  });

  it('2: what cannot be done, with the way out; --help', async () => {
    given({
      'asynclint.jsonc': '{}',
      'eslint.config.js': 'throw new Error("no way");',
      'broken/.oxlintrc.json': '{\n  "rules": {,\n}',
      'broken/.eslintrc.yml': 'a: [',
      'strange.toml': '',
      'empty/a.ts': '',
    });
    for (const [argv, problem] of [
      [
        [],
        /^There is a config already: `asynclint\.jsonc`\. `--force` writes a new one, `--dry-run` prints it\.\n$/,
      ],
      [['--force', 'gone.json'], /^There is no file `gone\.json`\.\n$/],
      [['--force', 'broken'], /^`broken` is a folder; name a config\.\n$/],
      [
        ['--force', 'broken/.oxlintrc.json'],
        /^`\.oxlintrc\.json` cannot be read: line 2 is no JSON\.\n$/,
      ],
      [['--force', 'broken/.eslintrc.yml'], /^`\.eslintrc\.yml` cannot be read: .+\n$/],
      [
        ['--force', 'strange.toml'],
        /^Nobody knows how to read `strange\.toml`: name eslint\.config/,
      ],
      [
        ['--force', '--run-config'],
        /^`eslint\.config\.js` failed when it was run: Error: no way\n$/,
      ],
      [['--comments', '--force'], /^`--comments` writes no config/],
      [['--comments', '--run-config'], /^`--comments` reads no config/],
      [['--fix'], /unknown option '--fix'/],
    ] as const) {
      const { exit, out, err } = await migrate(...argv);
      assert.match(err, problem);
      assert.equal(out, '');
      assert.equal(exit, 2, argv.join(' '));
    }
    const { err } = await invoke(['migrate'], path('broken/..'), { parts: { rules } });
    assert.match(err, /already/);
    const nothing = await invoke(['migrate'], path('empty'), { parts: { rules } });
    assert.match(nothing.err, /^There is no config to carry over here \(eslint\.config\.\*/);
    const { out } = await migrate('--help');
    assert.match(out, /^Usage: asynclint migrate \[options\] \[paths\.\.\.\]\n/);
    assert.ok(out.split('\n').every((line) => line.length <= 100));
  });

  it('--force writes a new config', async () => {
    given({ 'asynclint.jsonc': '{}', '.oxlintrc.json': '{}' });
    assert.equal((await migrate('--force')).exit, 0);
    assert.match(readFileSync(path('asynclint.jsonc'), 'utf8'), /"preset": "recommended"/);
  });
});
