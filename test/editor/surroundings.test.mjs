// The packaged extension where not all is as it might be: needs code-server (see .ci/run).
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Installation } from './installation.mjs';

const TSCONFIG = '{ "compilerOptions": { "strict": true, "target": "es2022", "types": [] } }\n';
const FLOATING =
  'declare function send(): Promise<void>;\nexport async function run() {\n  send();\n}\n';
const EXECUTOR = `import { query } from 'database';
export const made = new Promise<void>(async (done) => done(await query()));
`;
/** What docs/editors.md states of the packages with a compiler, and of the one without, in bytes. */
const LARGEST = { platform: 12e6, universal: 2.1e6 };

describe('the extension and its surroundings', function () {
  this.timeout(240_000);
  const installed = new Installation();
  let bench;
  let page;

  before(async () => {
    await installed.start();
    ({ bench, page } = installed);
  });

  afterEach(function () {
    return installed.photograph(this.currentTest);
  });

  after(() => installed.stop());

  it('brings the compiler and the pictures, in a package of a stated size', () => {
    const names = contents(installed);
    for (const name of [
      'dist/native/lib/tsc',
      'dist/native/lib/lib.d.ts',
      'docs/images/finding.png',
    ]) {
      assert.ok(names.includes(join(name)), name);
    }
    const { size } = statSync(installed.vsix);
    assert.ok(size < LARGEST.platform, `${size} bytes`);
  });

  it('runs in a folder that nobody trusts, and nothing of the folder', async () => {
    const trap = `require('node:fs').writeFileSync(__dirname + '/sprung', '');\n`;
    const folder = installed.folder({
      'tsconfig.json': TSCONFIG,
      'main.ts': FLOATING,
      'asynclint.jsonc': '{ "extends": ["./asynclint.config.js"] }\n',
      'asynclint.config.js': trap,
      'node_modules/typescript/package.json': '{ "name": "typescript", "main": "index.js" }\n',
      'node_modules/typescript/index.js': trap,
      'server/package.json': '{ "type": "commonjs" }\n',
      'server/dist/server.js': trap,
    });
    mkdirSync(join(folder, '.vscode'));
    const settings = { 'asynclint.server': join(folder, 'server') };
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    installed.set({
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    });
    await installed.open(folder);
    await page.locator('[id="status.workspaceTrust"]', { hasText: 'Restricted Mode' }).waitFor();
    await bench.openFile('main.ts', 3, 3);
    await bench.squiggle();
    const all = readdirSync(folder, { recursive: true }).map(String);
    assert.deepEqual(
      all.filter((name) => name.endsWith('sprung')),
      [],
    );
  });

  it('says once that dependencies are missing, and reports what needs none', async () => {
    installed.set();
    await installed.open(
      installed.folder({
        'tsconfig.json': TSCONFIG,
        'package.json': '{ "dependencies": { "database": "1.0.0" } }\n',
        'main.ts': EXECUTOR,
        'other.ts': EXECUTOR,
      }),
    );
    await bench.openFile('main.ts', 2, 1);
    await bench.squiggle();
    const notice = await bench.notice('are not installed');
    await bench.openFile('other.ts', 2, 1);
    await bench.squiggle();
    assert.equal(await notice.count(), 1);
  });

  it('asks which folder of several a config is for', async () => {
    const folder = installed.folder({
      'all.code-workspace': '{ "folders": [{ "path": "first" }, { "path": "second" }] }\n',
      'first/tsconfig.json': TSCONFIG,
      'first/one.ts': FLOATING,
      'second/tsconfig.json': TSCONFIG,
      'second/two.ts': FLOATING,
    });
    await installed.open(join(folder, 'all.code-workspace'));
    for (const name of ['one.ts', 'two.ts']) {
      await bench.openFile(name, 3, 3);
      await bench.squiggle();
    }
    await bench.run('asynclint: Create Config', 'second');
    await bench.isOpen('asynclint.jsonc');
    assert.ok(existsSync(join(folder, 'second/asynclint.jsonc')));
    assert.ok(!existsSync(join(folder, 'first/asynclint.jsonc')));
  });
});

describe('the universal package', function () {
  this.timeout(240_000);
  const installed = new Installation();
  let bench;

  before(async () => {
    await installed.start('--target', 'universal');
    ({ bench } = installed);
  });

  afterEach(function () {
    return installed.photograph(this.currentTest);
  });

  after(() => installed.stop());

  it('brings no compiler', () => {
    const names = contents(installed);
    assert.ok(names.includes(join('dist/server.js')));
    assert.deepEqual(
      names.filter((name) => name.includes('native')),
      [],
    );
    const { size } = statSync(installed.vsix);
    assert.ok(size < LARGEST.universal, `${size} bytes`);
  });

  it('runs the server of a package that npm installed', async () => {
    installed.setOfMachine({ 'asynclint.server': resolve('.') });
    await installed.open(installed.folder({ 'tsconfig.json': TSCONFIG, 'main.ts': FLOATING }));
    await bench.openFile('main.ts', 3, 3);
    await bench.squiggle();
  });
});

/** The files of the extension as it is installed. */
function contents({ extensions }) {
  const [name] = readdirSync(extensions).filter((one) => one.startsWith('asynclint.asynclint-'));
  assert.ok(name, 'the extension is installed');
  return readdirSync(join(extensions, name), { recursive: true }).map(String);
}
