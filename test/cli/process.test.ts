import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'dist/cli.js');
const FLOATING = 'async function f(): Promise<void> {}\nexport function g() {\n  f();\n}\n';

/** What colours start with. */
const ESCAPE = '\u001b';

/** The built command, as users run it. */
describe('command', () => {
  let project: Scratch;

  before(() => {
    project = scratch({ 'a.ts': FLOATING, 'clean/a.ts': 'export {};\n' }, TSCONFIG);
  });

  after(() => project.remove());

  const run = (argv: readonly string[], options: object = {}) =>
    spawnSync(process.execPath, [CLI, ...argv], {
      cwd: project.folder,
      encoding: 'utf8',
      ...options,
    });

  it('exits 1 with findings, 0 without, and says nothing on stderr', () => {
    const found = run([]);
    assert.equal(found.stderr, '');
    assert.equal(found.status, 1);
    assert.match(found.stdout, /^a\.ts:3:3 error floating-promise\n/);
    assert.equal(run(['clean']).status, 0);
    assert.equal(run(['gone']).status, 2);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.equal(run(['--version']).stdout, `${version}\n`);
  });

  it('--format json is JSON and nothing else', () => {
    const { stdout } = run(['--format', 'json']);
    const { version, findings } = JSON.parse(stdout);
    assert.equal(version, 1);
    assert.equal(findings[0].file, 'a.ts');
    assert.deepEqual(findings[0].range.start, { line: 3, column: 3 });
  });

  it('--color and the environment colour what goes into a pipe', () => {
    // Some machines say that they are CI, which colours nothing by itself.
    const env = (more: object) => ({
      env: { ...process.env, NO_COLOR: undefined, CI: 'true', ...more },
    });
    assert.ok(!run([], env({ FORCE_COLOR: undefined })).stdout.includes(ESCAPE));
    assert.ok(run([], env({ FORCE_COLOR: '1' })).stdout.includes(ESCAPE));
    assert.ok(run(['--color']).stdout.includes(ESCAPE));
    assert.ok(!run(['--no-color'], env({ FORCE_COLOR: '1' })).stdout.includes(ESCAPE));
  });

  it('a reader that goes away early is no error', (done) => {
    const child = spawn(process.execPath, [CLI, '--format', 'json'], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stdout.destroy();
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.on('close', () => {
      assert.equal(err, '');
      done();
    });
  });

  it('2: a report that cannot be written is not taken for an empty one', () => {
    if (!existsSync('/dev/full')) assert.notEqual(process.platform, 'linux');
    else {
      const { status, stderr } = run(['clean'], {
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      assert.match(stderr, /^Standard output cannot be written \(ENOSPC: /);
      assert.equal(status, 2);
    }
  });

  it('without the compiler’s package it says what to install, and exits 2', () => {
    const lonely = scratch({ 'package.json': '{ "type": "module" }', 'a.js': '' });
    for (const name of readdirSync(join(ROOT, 'dist')).filter((file) => /\.c?js$/.test(file))) {
      cpSync(join(ROOT, 'dist', name), lonely.path(name));
    }
    const { status, stderr } = spawnSync(process.execPath, [lonely.path('cli.js'), '.'], {
      cwd: lonely.folder,
      encoding: 'utf8',
    });
    lonely.remove();
    assert.match(stderr, /^The TypeScript compiler for \S+ is not installed .*--omit=optional/);
    assert.equal(status, 2);
  });

  it('fixes, shows patches and checks configs: libraries that load late are in the bundle', () => {
    const flawed = scratch(
      { 'a.ts': FLOATING, 'asynclint.jsonc': '{ "preset": "all" }' },
      TSCONFIG,
    );
    const invoke = (...argv: string[]) => run(argv, { cwd: flawed.folder });
    assert.match(invoke('--diff', '--fix-suggested').stdout, /\n- {2}f\(\);\n/);
    assert.match(invoke('--fix-suggested').stdout, /Applied 1 fix in 1 file\./);
    assert.notEqual(readFileSync(flawed.path('a.ts'), 'utf8'), FLOATING);
    assert.equal(invoke('*.ts').stderr, '');
    flawed.write('asynclint.jsonc', '{ "prest": "all" }');
    assert.match(invoke().stderr, /asynclint\.jsonc:1:3 There is no key `prest`/);
    flawed.remove();
  });

  it('explains and draws: rule pages are found beside the bundle', () => {
    const page = run(['explain', 'floating-promise']);
    assert.equal(page.status, 0);
    assert.match(page.stdout, /^# floating-promise\n[\s\S]*\nExamples: \S+floating-promise\.md\n$/);
    assert.match(run(['explain', 'floating-promises']).stderr, /Did you mean `floating-promise`\?/);
    const example = join(ROOT, 'fixtures/workspaces/backend/src/users.ts');
    const drawn = run(['waterfall', `${example}:getUserData`]);
    assert.match(drawn.stdout, /today {2}225 ms[\s\S]*overlapped {2}100 ms/);
    assert.equal(run(['waterfall', `${example}:nobody`]).status, 2);
  });

  it('the bundled example has flaws to show', () => {
    const { status, stdout } = run([join(ROOT, 'fixtures/workspaces/backend')]);
    assert.equal(status, 1);
    assert.match(stdout, /Found \d+ errors/);
  });
});
