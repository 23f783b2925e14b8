import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { LINT_WORKSPACE } from '#protocol';
import { Editor, FULL, rangeOf } from './editor.ts';

const SYNC = 'export function load(): void {}\n';
const ASYNC = 'export async function load(): Promise<void> {}\n';
const NAMES = Array.from({ length: 40 }, (_, index) => `user${index}.ts`);
const OPEN = NAMES.slice(0, 4);

const calling = (count: number): string => {
  return `import { load } from './hub.js';\nexport const first = 1;\n${'load();\n'.repeat(count)}`;
};

/** Numbers below 1 that come in the same order each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** An editor in which everything happens at once, and what it is to find in the end. */
class Turmoil {
  readonly editor: Editor;
  readonly #next: () => number;
  readonly #calls = new Map(NAMES.map((name) => [name, 1]));
  readonly #asked: Promise<unknown>[] = [];
  #hub = SYNC;

  constructor(editor: Editor, seed: number) {
    this.editor = editor;
    this.#next = dice(seed);
  }

  /** Findings by file, as they have to be in the end. */
  get expected(): readonly (readonly [string, number])[] {
    return [...this.#calls];
  }

  /** Lets so much happen, and waits until all that was asked is answered; then all calls float. */
  async rage(events: number): Promise<void> {
    for (let count = 0; count < events; count++) {
      await this.#happen();
      // Now and then the linting thread gets somewhere.
      if (this.#next() < 0.6) await sleep(this.#next() * 25);
    }
    await Promise.all(this.#asked);
    if (this.#hub === SYNC) await this.#turn();
  }

  async #happen(): Promise<void> {
    const { editor } = this;
    const name = OPEN[Math.floor(this.#next() * OPEN.length)] ?? '';
    const what = this.#next();
    if (what < 0.25) await this.#type(name);
    else if (what < 0.35) await this.#turn();
    else if (what < 0.6) this.#ask((token) => editor.report(name, undefined, token));
    else if (what < 0.75) {
      const place = rangeOf(calling(0), 'first');
      this.#ask((token) => editor.actions(name, place, undefined, token));
    } else if (what < 0.85) {
      this.#ask((token) => editor.connection.sendRequest(LINT_WORKSPACE, {}, token));
    } else if (what < 0.95) await this.#write();
    else killCompilers(editor);
  }

  async #type(name: string): Promise<void> {
    const count = Math.floor(this.#next() * 9);
    this.#calls.set(name, count);
    await this.editor.type(name, calling(count));
  }

  async #turn(): Promise<void> {
    this.#hub = this.#hub === SYNC ? ASYNC : SYNC;
    await this.editor.type('hub.ts', this.#hub);
  }

  async #write(): Promise<void> {
    const name = NAMES[OPEN.length + Math.floor(this.#next() * 10)] ?? '';
    const count = Math.floor(this.#next() * 9);
    this.#calls.set(name, count);
    this.editor.write(name, calling(count));
    await this.editor.happened('changed', name);
  }

  /** Asks, and loses interest sooner or later. */
  #ask(question: (token: CancellationTokenSource['token']) => Promise<unknown>): void {
    const source = new CancellationTokenSource();
    this.#asked.push(question(source.token).catch(() => undefined));
    if (this.#next() < 0.7) setTimeout(() => source.cancel(), this.#next() * 60);
  }
}

describe('the server in turmoil', () => {
  for (const seed of [1, 2, 3]) {
    it(`tells the truth in the end, whatever came before (${seed})`, async () => {
      const files = Object.fromEntries(NAMES.map((name) => [name, calling(1)]));
      const editor = await Editor.start(FULL, { ...files, 'hub.ts': SYNC });
      await editor.open('hub.ts', SYNC);
      for (const name of OPEN) await editor.open(name, calling(1));
      const turmoil = new Turmoil(editor, seed);
      await turmoil.rage(120);
      const { expected } = turmoil;
      for (const [name, count] of expected.slice(0, OPEN.length)) {
        assert.equal((await editor.pull(name)).length, count, name);
      }
      const findings = expected.reduce((sum, [, count]) => sum + count, 0);
      const summary = await editor.connection.sendRequest(LINT_WORKSPACE, {});
      assert.deepEqual(summary, { files: NAMES.length + 1, findings });
      assert.equal(await editor.stop(), 0);
    });
  }
});

/** Those that live at the moment: between two there is none. */
function killCompilers(editor: Editor): void {
  try {
    for (const pid of editor.compilers()) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
