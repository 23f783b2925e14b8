import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type ParseError, parse } from 'jsonc-parser';
import { rules } from '#rules';
import { configSchema } from '../../server/config/schema.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

/** What a config says; `any`, as only tests look into it. */
const parsed = (text: string, errors: ParseError[] = []) => {
  return parse(text, errors, { allowTrailingComma: false });
};

describe('init', () => {
  let project: Scratch;

  afterEach(() => project.remove());

  const given = (files: Readonly<Record<string, string>>, tsconfig?: string) => {
    project = scratch(files, tsconfig);
  };
  const init = (...argv: readonly string[]) => invoke(['init', ...argv], project.folder);
  const read = (name: string) => readFileSync(project.path(name), 'utf8');

  it('writes a config that holds, with its schema, and says what it wrote', async () => {
    given({ 'package.json': '{\n  "name": "x"\n}\n' }, TSCONFIG);
    const { exit, out, err } = await init();
    assert.equal(err, '');
    assert.equal(exit, 0);
    assert.match(
      out,
      /^Wrote asynclint\.jsonc: preset recommended\.\nWrote package\.json: script /,
    );
    assert.match(out, /\nFiles are linted as tsconfig\.json has them\.\n/);
    assert.match(out, /\nInstall it:\n\n {2}npm i -D asynclint\n/);
    const text = read('asynclint.jsonc');
    const errors: ParseError[] = [];
    const config = parsed(text, errors);
    assert.deepEqual(errors, []);
    assert.equal(new Ajv().validate(configSchema(rules), config), true);
    assert.equal(config.$schema, './node_modules/asynclint/asynclint.schema.json');
    assert.equal(config.preset, 'recommended');
    project.write('a.ts', 'export {};\n');
    assert.equal((await invoke([], project.folder)).exit, 0);
  });

  it('what its comments propose is right, too', async () => {
    given({});
    await init();
    const shown = read('asynclint.jsonc').replace(/^(\s*)\/\/ (?=["{])(?!.*; )/gm, '$1');
    const proposed = shown
      .replace(/"await-in-loop": "error"/, '"await-in-loop": "error",')
      .replace(/^\s*\/\/ .*$/gm, '')
      .replace(/^\s*"error", "warning".*$/m, '');
    const config = parsed(proposed);
    assert.equal(new Ajv().validate(configSchema(rules), config), true, shown);
    assert.deepEqual(Object.keys(config.rules), ['await-in-loop', 'floating-promise']);
    assert.equal(config.overrides.length, 1);
    assert.equal(config.settings.limiters.length, 1);
  });

  it('--preset', async () => {
    given({});
    assert.match((await init('--preset', 'strict')).out, /preset strict/);
    assert.equal(parse(read('asynclint.jsonc')).preset, 'strict');
  });

  it('writes over no config, unless it is told to', async () => {
    given({ 'asynclint.json': '{ "preset": "all" }' });
    const { exit, out, err } = await init();
    assert.equal(exit, 2);
    assert.equal(out, '');
    assert.equal(err, 'There is a config already: `asynclint.json`. `--force` writes a new one.\n');
    assert.ok(!existsSync(project.path('asynclint.jsonc')));
    assert.equal((await init('--force')).exit, 0);
    assert.equal(parse(read('asynclint.jsonc')).preset, 'recommended');
  });

  it('sees a config in package.json', async () => {
    given({ 'package.json': '{ "asynclint": { "preset": "all" } }' });
    const { exit, err } = await init();
    assert.equal(exit, 2);
    assert.match(err, /under the key `asynclint` of `package\.json`\. `--force`/);
  });

  it('--dry-run prints what it would write', async () => {
    const manifest = '{\n  "name": "x"\n}\n';
    given({ 'package.json': manifest, 'asynclint.json': '{}' });
    const { exit, out } = await init('--dry-run');
    assert.equal(exit, 0);
    assert.match(out, /^asynclint\.jsonc:\n\{\n[\s\S]*\npackage\.json:\n\{[\s\S]*"lint:async"/);
    assert.equal(read('package.json'), manifest);
    assert.ok(!existsSync(project.path('asynclint.jsonc')));
  });

  for (const [what, before, after] of [
    [
      'tabs',
      '{\n\t"scripts": {\n\t\t"a": "b"\n\t},\n\t"x": [1,2]\n}\n',
      '{\n\t"scripts": {\n\t\t"a": "b",\n\t\t"lint:async": "asynclint"\n\t},\n\t"x": [1,2]\n}\n',
    ],
    [
      'four blanks and no line end',
      '{\n    "scripts": {\n        "a": "b"\n    }\n}',
      '{\n    "scripts": {\n        "a": "b",\n        "lint:async": "asynclint"\n    }\n}',
    ],
    [
      'other line ends',
      '{\r\n  "scripts": {\r\n    "a": "b"\r\n  }\r\n}\r\n',
      '{\r\n  "scripts": {\r\n    "a": "b",\r\n    "lint:async": "asynclint"\r\n  }\r\n}\r\n',
    ],
    [
      'no scripts',
      '{\n  "name": "x"\n}\n',
      '{\n  "name": "x",\n  "scripts": {\n    "lint:async": "asynclint"\n  }\n}\n',
    ],
  ] as const) {
    it(`keeps package.json as it is written: ${what}`, async () => {
      given({ 'package.json': before });
      await init();
      assert.equal(read('package.json'), after);
    });
  }

  it('leaves scripts alone that run asynclint, or have the name', async () => {
    for (const [scripts, told] of [
      ['{ "check": "tsc && asynclint src" }', /The script `check` of package\.json runs asynclint/],
      ['{ "lint:async": "echo" }', /has a script `lint:async` already: it was left as it is/],
    ] as const) {
      const text = `{ "scripts": ${scripts} }`;
      given({ 'package.json': text });
      const { out } = await init();
      assert.match(out, told);
      assert.equal(read('package.json'), text);
      project.remove();
    }
    given({});
    assert.match((await init()).out, /There is no package\.json here, so no script was added\./);
  });

  it('speaks as the package manager does, for the pipeline that is there', async () => {
    given({ 'pnpm-lock.yaml': '', '.gitlab-ci.yml': '' });
    const { out } = await init();
    assert.match(out, /\n {2}pnpm add -D asynclint\n/);
    assert.match(out, /\nIn \.gitlab-ci\.yml:\n\n {2}asynclint:\n/);
    assert.match(
      out,
      /- corepack enable\n {6}- pnpm i --frozen-lockfile\n {6}- pnpm exec asynclint\n/,
    );
    project.remove();
    given({ 'package-lock.json': '{}' });
    const { out: gitHub } = await init();
    assert.match(
      gitHub,
      /\.github\/workflows\/asynclint\.yml:[\s\S]* run: npm ci\n.* run: npx asynclint --format github\n/,
    );
  });

  it('in a package of a workspace builds on the config above', async () => {
    given({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/a/package.json': '{}',
      'node_modules/asynclint/asynclint.schema.json': '{}',
    });
    const root = await init();
    assert.match(root.out, /package\.json makes this a workspace: the config governs all/);
    assert.doesNotMatch(root.out, /Install it/);
    const { out } = await invoke(['init'], project.path('packages/a'));
    assert.match(out, /^Wrote asynclint\.jsonc: builds on \.\.\/\.\.\/asynclint\.jsonc\.\n/);
    const config = parse(read('packages/a/asynclint.jsonc'));
    assert.equal(config.extends, '../../asynclint.jsonc');
    assert.equal(config.$schema, '../../node_modules/asynclint/asynclint.schema.json');
    assert.equal(config.preset, undefined);
  });

  it('tells of other linters, and of what has no tsconfig', async () => {
    given({ 'biome.json': '{}', '.eslintrc.yml': '' });
    const { out } = await init();
    assert.match(out, /There is no tsconfig\.json: all TypeScript and JavaScript here is linted/);
    assert.match(out, /\.eslintrc\.yml, biome\.json: `asynclint migrate --force` carries/);
  });

  it('2: wrong usage; --help', async () => {
    given({});
    for (const argv of [['--preset', 'lax'], ['here'], ['--fix']]) {
      const { exit, out } = await init(...argv);
      assert.equal(exit, 2, argv.join(' '));
      assert.equal(out, '');
    }
    const { exit, out } = await init('--help');
    assert.equal(exit, 0);
    assert.match(out, /^Usage: asynclint init \[options\]\n/);
    assert.ok(out.split('\n').every((line) => line.length <= 100));
  });
});
