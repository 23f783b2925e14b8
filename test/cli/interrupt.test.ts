import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** How often a run is interrupted; `npm run test:interrupt` does it 200 times. */
const TIMES = Number(process.env['ASYNCLINT_INTERRUPTS'] ?? 16);
const FILES = 40;
const SEED = 20_261_121;

const OLD = 'declare function work(): Promise<void>;\nexport async function f() {\n  work();\n}\n';

/** An interrupted run: when, how, and what was left. */
interface Left {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
  readonly fixed: number;
}

describe('interrupted while it fixes', () => {
  let project: Scratch;
  let fixed: string;
  let duration: number;

  const names = Array.from({ length: FILES }, (_, index) => `f${index}.ts`);
  const lay = () => {
    for (const name of names) writeFileSync(project.path(name), OLD);
  };
  const texts = () => names.map((name) => readFileSync(project.path(name), 'utf8'));

  before(async () => {
    project = scratch({}, TSCONFIG);
    lay();
    const start = performance.now();
    await interrupted(undefined);
    duration = performance.now() - start;
    fixed = readFileSync(project.path('f0.ts'), 'utf8');
    assert.match(fixed, /await work/);
    assert.ok(texts().every((text) => text === fixed));
  });

  after(() => project.remove());

  /** Runs `--fix`, and sends a signal when it is time. */
  async function interrupted(
    plan: { signal: NodeJS.Signals; after: number; fromFirstWrite: boolean } | undefined,
  ): Promise<Left> {
    const mark = `asynclint-${process.pid}-${Math.floor(performance.now() * 1000)}`;
    const argv = [CLI, '--fix-suggested', '--only', 'floating-promise'];
    const child = spawn(process.execPath, argv, {
      cwd: project.folder,
      env: { ...process.env, MARK: mark },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (part) => {
      err += part;
    });
    const send = async (): Promise<void> => {
      if (plan === undefined) return;
      await setTimeout(plan.after);
      child.kill(plan.signal);
    };
    const watcher = plan?.fromFirstWrite ? watch(project.folder) : undefined;
    watcher?.once('change', send);
    if (watcher === undefined) void send();
    const [code, signal] = await new Promise<[Left['code'], Left['signal']]>((resolve) => {
      child.on('close', (...end) => resolve(end));
    });
    watcher?.close();
    await assertNoneAlive(mark);
    return { code, signal, err, fixed: texts().filter((text) => text === fixed).length };
  }

  it(`every file is old or new, ${TIMES} times`, async () => {
    const random = randomFrom(SEED);
    const ends = { before: 0, after: 0, during: 0 };
    for (let time = 0; time < TIMES; time++) {
      lay();
      const fromFirstWrite = time % 2 === 0;
      const signal = time % 4 < 2 ? 'SIGINT' : 'SIGTERM';
      const longest = fromFirstWrite ? 40 : duration;
      const plan = { signal, after: random() * longest, fromFirstWrite } as const;
      const about = JSON.stringify({ time, ...plan });
      const left = await interrupted(plan);
      const wrong = texts().filter((text) => text !== OLD && text !== fixed);
      assert.deepEqual(wrong, [], `half written: ${about}`);
      assert.deepEqual(
        readdirSync(project.folder).sort(),
        [...names, 'tsconfig.json'].sort(),
        `files lost or left behind: ${about}`,
      );
      assert.ok(left.fixed === 0 || left.fixed === FILES, `${left.fixed} fixed: ${about}`);
      const ended = left.signal === signal ? 'by signal' : left.code;
      assert.ok(ended === 'by signal' || left.code === 0, `${left.code}: ${about} ${left.err}`);
      if (left.err.includes(`${signal}: no file was changed.\n`)) {
        assert.equal(left.fixed, 0, about);
        ends.during++;
      } else if (left.fixed === 0) ends.before++;
      else ends.after++;
    }
    assert.ok(ends.during > 0, `no signal came between the first and the last write`);
    if (TIMES > 50) console.log(`      ${JSON.stringify(ends)}`);
  }).timeout(TIMES * 6_000);
});

/** Waits for the processes of a run to go: a compiler ends when it finds nobody to talk to. */
async function assertNoneAlive(mark: string): Promise<void> {
  for (let wait = 0; wait < 50; wait++) {
    if (alive(mark).length === 0) return;
    await setTimeout(100);
  }
  assert.deepEqual(alive(mark), [], 'orphans');
}

/** Ids of processes with a mark in their environment, where the system shows it. */
function alive(mark: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(`MARK=${mark}\0`);
    } catch {
      return false;
    }
  });
}

/** Numbers from 0 to 1 that are the same each time: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
