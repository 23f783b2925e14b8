import assert from 'node:assert/strict';
import { join } from 'node:path';
import { rules } from '#rules';
import { createLinter } from '../../server/workspace/linter.ts';
import { scratch, TSCONFIG } from '../support/scratch.ts';

const LOAD = `import { readFileSync } from 'node:fs';
export function loadCommand(name: string): string {
  return readFileSync(name, 'utf8');
}
export async function run(name: string) {
  return loadCommand(name).trim();
}
`;
const CLASS = `import { readFileSync } from 'node:fs';
export class Commands {
  load(name: string): string {
    return readFileSync(name, 'utf8');
  }
  async run(name: string) {
    return this.load(name).trim();
  }
}
`;
const CONFIG = JSON.stringify({ ...JSON.parse(TSCONFIG), include: ['src'] });

describe('files of other projects', () => {
  /** What comes of making the chain async, with a test that the config leaves out. */
  const rewritten = (source: string, test: string): string =>
    rewrittenIn('.', {
      'package.json': '{}',
      'tsconfig.json': CONFIG,
      'src/load.ts': source,
      'tests/load.test.ts': test,
    });

  /** The same, for the package in a folder of these files. */
  const rewrittenIn = (home: string, files: Readonly<Record<string, string>>): string => {
    const project = scratch(files);
    const linter = createLinter({
      cwd: project.folder,
      rules,
      only: ['blocking-chain'],
      overlay: () => undefined,
    });
    try {
      const { findings } = linter.lint([project.path(join(home, 'src'))]);
      const rewrite = findings[0]?.rewrite?.();
      assert.ok(rewrite !== undefined, 'nothing was reported');
      return 'refused' in rewrite ? rewrite.message : rewrite.title;
    } finally {
      linter.dispose();
      project.remove();
    }
  };

  it('keep a function sync that they import', () => {
    const test = "import { loadCommand } from '../src/load';\nloadCommand('a').length;\n";
    const refused =
      '`loadCommand` cannot be async: `tests/load.test.ts`, of another project, uses it';
    assert.equal(rewritten(LOAD, test), refused);
    assert.equal(rewritten(LOAD, test.replace('/load', '/index.js')), refused);
    assert.equal(rewritten(LOAD, test.replace('../src/load', '@/load')), refused);
    assert.equal(
      rewritten(LOAD, "import * as all from '../src';\nall.loadCommand('a');\n"),
      refused,
    );
    assert.equal(rewritten(LOAD, "const { loadCommand } = require('../src/load');\n"), refused);
    assert.equal(rewritten(LOAD, "(await import('../src/load')).loadCommand('a');\n"), refused);
  });

  it('keep a function sync that they import from another package of the repository', () => {
    const files = {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'packages/load/package.json': '{}',
      'packages/load/tsconfig.json': CONFIG,
      'packages/load/src/load.ts': LOAD,
      'packages/use/package.json': '{}',
      'packages/use/use.ts':
        "import { loadCommand } from '../load/src/load';\nloadCommand('a').length;\n",
    };
    const refused = '`loadCommand` cannot be async: `use/use.ts`, of another project, uses it';
    assert.equal(rewrittenIn('packages/load', files), refused);
  });

  it('keep a method sync whose class they import', () => {
    const test = "import { Commands } from '../src/load';\nnew Commands().load('a').length;\n";
    const refused = '`load` cannot be async: `tests/load.test.ts`, of another project, uses it';
    assert.equal(rewritten(CLASS, test), refused);
  });

  it('do not matter where they use something else of that name', () => {
    const one = 'Make `loadCommand` async, and await every call';
    assert.equal(rewritten(LOAD, "import { loadCommand } from 'lodash';\nloadCommand();\n"), one);
    assert.equal(rewritten(LOAD, "import { run } from '../src/load';\n// loadCommand\n"), one);
    const other = 'Make `load` async, and await every call';
    assert.equal(rewritten(CLASS, "import { load } from './helpers';\nload();\n"), other);
    const test = "import { Commands } from '../src/load';\nnew Commands()['load']('a');\n";
    assert.equal(rewritten(CLASS.replace('  load', '  private load'), test), other);
  });
});
