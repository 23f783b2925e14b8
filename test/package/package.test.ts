/** What users install: the packed tarball in an empty folder, under every Node that is supported. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The oldest that we support, and the two that are maintained. */
const NODES = ['20.19.0', '22', '24'];
const LARGEST = 950_000;
/** All that may be in it. */
const OURS = [
  /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|(asynclint\.schema|problem-matcher)\.json|action\.yml)$/,
  /^dist\/([\w-]+\.js|command\.cjs|THIRD_PARTY_NOTICES\.txt)$/,
  /^(rules\/docs|docs\/patterns)\/[\w-]+\.md$/,
];
/** Milliseconds that downloads may take. */
const SLOW = 300_000;
const FLOATING =
  'async function load(): Promise<number> {\n  return 1;\n}\n' +
  'export async function run() {\n  load();\n  return (await load()) + (await load());\n}\n';

describe('packed tarball', () => {
  let folder: string;
  let tarball: string;
  let names: readonly string[];

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is packed, and installs into an empty folder', () => {
    folder = mkdtempSync(join(tmpdir(), 'asynclint-package-'));
    const [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder));
    tarball = join(folder, packed.filename);
    names = packed.files.map(({ path }: { path: string }) => path);
    console.log(`    ${packed.size} bytes packed, ${packed.unpackedSize} unpacked`);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "types": [] } }\n');
    npm(folder, 'install', '--no-audit', '--no-fund', tarball);
  }).timeout(SLOW);

  it('holds what runs, its pages and its licence, and nothing else', () => {
    for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']) {
      assert.ok(names.includes(name), name);
    }
    for (const name of [
      'dist/cli.js',
      'dist/command.cjs',
      'dist/THIRD_PARTY_NOTICES.txt',
      'asynclint.schema.json',
      'rules/docs/await-in-loop.md',
    ]) {
      assert.ok(names.includes(name), name);
    }
    const others = names.filter((name) => !OURS.some((pattern) => pattern.test(name)));
    assert.deepEqual(others, []);
    assert.ok(statSync(tarball).size < LARGEST, `${statSync(tarball).size} bytes`);
  });

  it('asks for nothing but the compiler', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules/asynclint/package.json'), 'utf8'),
    );
    assert.deepEqual(Object.keys(dependencies), ['typescript']);
  });

  for (const version of NODES) {
    describe(`under Node ${version}`, () => {
      let node: string;
      const file = () => join(folder, 'a.ts');
      const cli = () => join(folder, 'node_modules/asynclint/dist/cli.js');

      beforeEach(() => writeFileSync(file(), FLOATING));

      const run = (...argv: readonly string[]) => {
        const options = { cwd: folder, encoding: 'utf8' } as const;
        const { status, stdout, stderr } = spawnSync(node, [cli(), ...argv], options);
        assert.equal(stderr, '', argv.join(' '));
        return { status, stdout };
      };

      it('is that Node', () => {
        node = execFileSync('npx', ['--yes', `node@${version}`, '-p', 'process.execPath'], {
          cwd: tmpdir(),
          encoding: 'utf8',
        }).trim();
        const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
        assert.ok(stdout.startsWith(`v${version}`), stdout);
      }).timeout(SLOW);

      it('lints, as text and as JSON', () => {
        const { status, stdout } = run('a.ts');
        assert.equal(status, 1);
        assert.match(stdout, /^a\.ts:5:3 error floating-promise\n/);
        const { findings } = JSON.parse(run('--format', 'json').stdout);
        assert.equal(findings[0].rule, 'floating-promise');
      });

      it('fixes', () => {
        run('--fix-suggested', '--only', 'floating-promise');
        assert.match(readFileSync(file(), 'utf8'), /\n {2}await load\(\);\n/);
      });

      it('explains a rule and a line, and draws', () => {
        assert.match(run('explain', 'floating-promise').stdout, /^# floating-promise\n/);
        assert.match(run('explain', 'a.ts:6').stdout, /await/);
        assert.match(run('waterfall', 'a.ts:run').stdout, /\ntoday {2}2 steps\n/);
        assert.match(run('waterfall', 'a.ts:run', '--svg').stdout, /^<svg /);
      }).timeout(SLOW);

      it('serves editors', async () => {
        const child = spawn(node, [cli(), 'lsp', '--stdio'], {
          cwd: folder,
          stdio: ['pipe', 'pipe', 'inherit'],
        });
        const connection = createMessageConnection(
          new StreamMessageReader(child.stdout),
          new StreamMessageWriter(child.stdin),
        );
        connection.listen();
        const { capabilities }: { capabilities: object } = await connection.sendRequest(
          'initialize',
          { processId: process.pid, rootUri: null, capabilities: {} },
        );
        assert.ok('codeActionProvider' in capabilities);
        await connection.sendRequest('shutdown');
        void connection.sendNotification('exit');
        const code = await new Promise((resolve) => child.on('exit', resolve));
        connection.dispose();
        assert.equal(code, 0);
      });
    });
  }
});

function npm(cwd: string, ...argv: readonly string[]): string {
  return execFileSync('npm', argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
