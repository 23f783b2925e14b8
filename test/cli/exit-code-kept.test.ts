import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rules } from '#rules';
import { scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const RUN = 'async function run() {\n  await fetch(process.env["API"] ?? "");\n}\nrun();\n';

describe('a log in place of a crash', () => {
  it('lets a script end with 1 all the same: one that names Node, or lies among scripts', async () => {
    const files = {
      'package.json': '{}',
      'src/page.ts': RUN,
      'src/serve.ts': `${RUN}process.title = 'serve';\n`,
      'src/scripts/seed.ts': RUN,
      'scripts/warm.ts': RUN.replace('process.env["API"] ?? ', ''),
    };
    const project = scratch(files, TSCONFIG);
    try {
      await invoke(['--fix-suggested', '--only', 'floating-promise'], project.folder, {
        parts: { rules },
      });
      const kept = Object.keys(files).filter((name) =>
        readFileSync(project.path(name), 'utf8').includes('process.exitCode = 1;'),
      );
      assert.deepEqual(kept, ['src/serve.ts', 'src/scripts/seed.ts', 'scripts/warm.ts']);
      assert.match(readFileSync(project.path('src/page.ts'), 'utf8'), /run\(\)\.catch\(/);
    } finally {
      project.remove();
    }
  });
});
