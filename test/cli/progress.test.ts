import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { progressOn } from '../../server/cli/progress.ts';
import { createLinter } from '../../server/workspace/linter.ts';
import { scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';
import { invoke } from './console.ts';

const FILES = Object.fromEntries(
  Array.from({ length: 70 }, (_, index) => [`f${index}.ts`, 'export {};\n']),
);

/** A terminal to draw on, and all that was drawn. */
function screen() {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  return { stream, drawn: (): string => String(stream.read() ?? '') };
}

describe('progress', () => {
  it('is told in files: how many are done, and of how many', () => {
    const project = scratch(FILES, TSCONFIG);
    const told: (readonly [number, number])[] = [];
    const progress = (done: number, all: number) => void told.push([done, all]);
    const linter = createLinter({ cwd: project.folder, rules: toyRules, progress });
    linter.lint([project.folder]);
    linter.lint([project.path('f1.ts')]);
    linter.dispose();
    project.remove();
    assert.deepEqual(told, [
      [0, 70],
      [64, 70],
      [70, 70],
      [0, 1],
      [1, 1],
    ]);
  });

  it('is a bar once a run has taken a second, and then gone', () => {
    const { stream, drawn } = screen();
    let now = 0;
    const progress = progressOn(stream, () => now);
    progress.tell(0, 200);
    now = 900;
    progress.tell(50, 200);
    assert.equal(drawn(), '');
    now = 1100;
    progress.tell(100, 200);
    assert.match(drawn(), /█{15}░{15} 100 of 200 files/);
    progress.end();
    const end = drawn();
    assert.ok(end.endsWith('\u001b[1G\u001b[0K') || end.endsWith('\u001b[1G\u001b[2K'), end);
    progress.end();
    assert.equal(drawn(), '');
  });

  it('is not drawn when the last file is done, however long that took', () => {
    const { stream, drawn } = screen();
    let now = 0;
    const progress = progressOn(stream, () => now);
    now = 5000;
    progress.tell(200, 200);
    progress.end();
    assert.equal(drawn(), '');
  });

  it('leaves signals alone: an interrupt ends the process at once', () => {
    const { stream } = screen();
    let now = 0;
    const before = process.listenerCount('SIGINT');
    const progress = progressOn(stream, () => now);
    now = 2000;
    progress.tell(1, 2);
    assert.equal(process.listenerCount('SIGINT'), before);
    progress.end();
  });

  it('a short run draws nothing, and goes on without a screen', async () => {
    const project = scratch({ 'a.ts': 'export {};\n' }, TSCONFIG);
    const { stream, drawn } = screen();
    const { exit } = await invoke([], project.folder, { screen: stream });
    project.remove();
    assert.equal(exit, 0);
    assert.equal(drawn(), '');
  });
});
