import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules';
import { createLinter } from '../server/workspace/linter.ts';

const WORKSPACES = fileURLToPath(new URL('../fixtures/workspaces', import.meta.url));

/** Whole projects: each tells in a table of its README what is to be found in it, and nothing else is. */
describe('workspaces', () => {
  for (const name of ['backend', 'legacy', 'references', 'plain-js', 'broken']) {
    it(`${name}: what the table lists is found, and nothing else`, () => {
      const folder = join(WORKSPACES, name);
      assert.deepEqual(found(folder), listed(folder));
    });
  }
});

function found(folder: string): readonly string[] {
  const linter = createLinter({ cwd: folder, rules });
  try {
    const { findings, notes } = linter.lint([folder]);
    assert.deepEqual(
      notes.filter(({ kind }) => kind === 'internal'),
      [],
    );
    const places = findings.map(({ file, range, rule }) => {
      const line = (linter.textOf(file) ?? '').slice(0, range.start).split('\n').length;
      return `${file.slice(folder.length + 1)}:${line} ${rule}`;
    });
    return places.sort();
  } finally {
    linter.dispose();
  }
}

/** Rows of the form `| src/a.ts:3 | rule | why |`. */
function listed(folder: string): readonly string[] {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const rows = readme.matchAll(/^\| (\S+:\d+) \| ([a-z-]+) \|/gm);
  return [...rows].map(([, place, rule]) => `${place} ${rule}`).sort();
}
