import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch, TSCONFIG } from '../support/scratch.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const FLOATING = 'async function f(): Promise<void> {}\nexport function g() {\n  f();\n}\n';

describe('--cache of the built command', () => {
  const run = (cwd: string): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [CLI, '--cache-location', '.kept', '--stats'], { cwd });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (part) => (text += part));
      child.on('close', (code) => resolve(`${text}exit ${code}\n`));
    });

  it('processes that share it at the same time all tell the same, and leave one whole entry', async () => {
    const project = scratch({ 'a.ts': FLOATING, 'b.ts': FLOATING }, TSCONFIG);
    const cold = await Promise.all(Array.from({ length: 4 }, () => run(project.folder)));
    const warm = await Promise.all(Array.from({ length: 4 }, () => run(project.folder)));
    const kept = readdirSync(join(project.folder, '.kept'));
    project.remove();
    const found = /^[\s\S]*?Found 2 errors in 2 files\..*\n/;
    for (const text of [...cold, ...warm]) {
      assert.equal(found.exec(text)?.[0], found.exec(cold[0] ?? '')?.[0]);
      assert.match(text, /exit 1\n$/);
    }
    for (const text of warm) assert.match(text, /requests 0\n/);
    assert.equal(kept.length, 1);
  });
});
