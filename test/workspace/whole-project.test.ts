import assert from 'node:assert/strict';
import { rules } from '#rules';
import { createLinter, type Linter } from '../../server/workspace/linter.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

const HANDLER = "import { load } from './load';\nexport async function handle() { load(); }\n";
const QUIET = 'export function load(): void {}\n';
const CALLING = "import { read } from './read';\nexport function load(): void { read(); }\n";
const READ =
  "import { readFileSync } from 'node:fs';\nexport function read() { readFileSync('a'); }\n";

describe('what is kept of a project from snapshot to snapshot', () => {
  let project: Scratch;
  let linter: Linter;
  const texts = new Map<string, string>();

  beforeEach(() => {
    texts.clear();
    project = scratch({ 'handle.ts': HANDLER, 'load.ts': QUIET, 'read.ts': READ }, TSCONFIG);
    linter = createLinter({
      cwd: project.folder,
      rules,
      only: ['blocking-chain'],
      choices: { preset: 'all' },
      overlay: (file) => texts.get(file),
    });
  });

  afterEach(() => {
    linter.dispose();
    project.remove();
  });

  /** How many chains start in the handler, once a file has this text. */
  const chains = (name: string, text: string): number => {
    texts.set(project.path(name), text);
    linter.update({ changed: [project.path(name)] });
    return linter.lint([project.path('handle.ts')]).findings.length;
  };

  it('a file that leads elsewhere now is seen', () => {
    assert.equal(chains('load.ts', QUIET), 0);
    assert.equal(chains('load.ts', CALLING), 1);
    assert.equal(chains('load.ts', QUIET), 0);
  });

  it('so is one that blocks now, or blocks no more', () => {
    texts.set(project.path('load.ts'), CALLING);
    assert.equal(chains('read.ts', 'export function read() {}\n'), 0);
    assert.equal(chains('read.ts', READ), 1);
    assert.equal(chains('read.ts', 'export function read() {}\n'), 0);
  });

  it('so is a file that the project did not have before', () => {
    assert.equal(chains('load.ts', QUIET), 0);
    project.write('fresh.ts', READ);
    linter.update({ created: [project.path('fresh.ts')] });
    assert.equal(chains('load.ts', CALLING.replace('./read', './fresh')), 1);
  });

  it('once the project is known, an edit asks little', () => {
    chains('load.ts', CALLING);
    texts.set(project.path('handle.ts'), `${HANDLER}// More.\n`);
    linter.update({ changed: [project.path('handle.ts')] });
    const { stats } = linter.lint([project.path('handle.ts')]);
    assert.ok(stats.requests <= 16, `${stats.requests} requests`);
  });
});
