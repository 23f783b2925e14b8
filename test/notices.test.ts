/** What we owe to those whose code is part of our bundles. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles, PackageManager } from '@vscode/vsce';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RULE = `${'='.repeat(80)}\n`;

describe('third-party notices', () => {
  const text = readFileSync(join(ROOT, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
  const [, ...sections] = text.split(RULE);

  it('name every package that is bundled, and no other', async () => {
    const named = sections.map((section) => section.split(' (')[0]);
    assert.deepEqual(named, await bundled());
  }).timeout(60_000);

  it('give each its licence, as it comes with it', () => {
    for (const section of sections) {
      const [head = '', ...lines] = section.split('\n');
      assert.match(head, /^\S+ \d+\.\d+\.\d+\S* \([\w.-]+\)$/);
      assert.match(lines.join(' '), /permission|redistribution|blueoak|Apache License/i, head);
    }
  });

  it('come along with the extension; with the npm package they are tested packed', async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    for (const name of ['LICENSE', 'dist/client.cjs', 'dist/THIRD_PARTY_NOTICES.txt']) {
      assert.ok(files.includes(name), name);
    }
  }).timeout(60_000);

  it('pass on what a licence asks to be passed on with it', () => {
    const compiler = sections.find((section) => section.startsWith('typescript '));
    const notice = readFileSync(join(ROOT, 'node_modules/typescript/NOTICE.txt'), 'utf8');
    assert.ok(compiler?.includes(notice.replaceAll('\r\n', '\n').trim()));
  });
});

/** Name and version of each package below our entries. */
async function bundled(): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [
      'server/cli.ts',
      'server/cli/start.ts',
      'server/main.ts',
      'server/lsp/worker/worker.ts',
      'client/main.ts',
      'client/view/waterfall-view.ts',
    ],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const installed = files.filter((file) => file.includes('node_modules/'));
  const named = installed.map((file) => {
    const [folder = ''] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
    const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  return [...new Set(named)].sort();
}
