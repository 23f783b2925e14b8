import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { progressOn } from '../../server/cli/output/progress.ts';
import { createLinter } from '../../server/workspace/linter.ts';
import { scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';
import { invoke } from './console.ts';

const FILES = Object.fromEntries(
  Array.from({ length: 70 }, (_, index) => [`f${index}.ts`, 'export {};\n']),
);

/** What clears the line that a bar was on. */
const GONE = '\u001b[1G\u001b[2K';

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
    assert.ok(drawn().endsWith(GONE));
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

  describe('of a run', () => {
    const { now } = performance;

    afterEach(() => {
      performance.now = now;
    });

    const drawnWhile = async (clock: () => number): Promise<string> => {
      const project = scratch({ 'a.ts': 'export {};\n' }, TSCONFIG);
      const { stream, drawn } = screen();
      performance.now = clock;
      const { exit, err } = await invoke([], project.folder, { screen: stream });
      project.remove();
      assert.deepEqual([exit, err], [0, '']);
      return drawn();
    };

    it('is nothing while a run is short', async () => {
      assert.equal(await drawnWhile(() => 0), '');
    });

    it('is a bar while it is long, and nothing is left of it', async () => {
      let time = 0;
      const all = await drawnWhile(() => {
        time += 2000;
        return time;
      });
      assert.match(all, /0 of 1 files/);
      assert.ok(all.endsWith(GONE), JSON.stringify(all));
    });
  });
});
