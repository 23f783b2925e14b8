import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { refusalIn } from '../../server/cli/refusal.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

describe('what the system refuses', () => {
  let project: Scratch;

  before(() => {
    project = scratch({ 'a.ts': 'export {};\n' }, TSCONFIG);
  });

  after(() => project.remove());

  const refused = (code: string, path: string): Error =>
    Object.assign(new Error(`${code}: permission denied, open '${path}'`), { code, path });

  it('is told with the file and the way out, drafts by the name of what they are for', () => {
    assert.equal(
      refusalIn(refused('EACCES', '/p/asynclint.jsonc.tmp-52ab')),
      '`/p/asynclint.jsonc` cannot be read or written (EACCES: permission denied). Allow it, and run again.',
    );
    assert.match(refusalIn(refused('ENOSPC', '/p/a')) ?? '', /Make room on the disk/);
  });

  it('other errors are our bugs', () => {
    assert.equal(refusalIn(refused('EINVAL', '/p/a')), undefined);
    assert.equal(refusalIn(new Error('EACCES')), undefined);
  });

  it('2: a folder stands where a config is to be written', async () => {
    mkdirSync(project.path('asynclint.jsonc'));
    const { exit, err } = await invoke(['init'], project.folder);
    assert.match(
      err,
      /asynclint\.jsonc` cannot be read or written \(EISDIR: .*\)\. A file belongs there/,
    );
    assert.equal(exit, 2);
    assert.equal((await invoke([], project.folder)).exit, 0);
    assert.equal(readFileSync(project.path('a.ts'), 'utf8'), 'export {};\n');
  });
});
