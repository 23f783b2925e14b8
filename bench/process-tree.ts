import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A program with its arguments, and where it runs. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a whole process tree used; on systems without `/proc` only the wall time is known. */
export interface Usage {
  /** Seconds from start to exit of the first process. */
  readonly wall: number;
  /** User and system seconds of all processes. */
  readonly cpu?: number;
  /** Megabytes: the peak of the sum of resident sizes, pages shared by processes counted in each. */
  readonly memory?: number;
}

/** A command that has ended. */
export interface Run {
  readonly usage: Usage;
  readonly status: number | undefined;
  readonly output: string;
  readonly errors: string;
}

/** Megabytes that a running process and its descendants have resident at the moment; nothing without `/proc`. */
export function residentSize(root: number): number | undefined {
  return createSampler(root)?.totals().memory;
}

const samplingInterval = 20;
const lingerLimit = 2_000;

/** Runs a command to its end. Output goes to files, so that reading it costs the command nothing. */
export async function run(command: Command): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'asynclint-bench-'));
  const [outputFile, errorFile] = [join(folder, 'output'), join(folder, 'errors')];
  const [output, errors] = await Promise.all([open(outputFile, 'w'), open(errorFile, 'w')]);
  try {
    const { usage, status } = await measure(command, [output.fd, errors.fd]);
    const texts = await Promise.all([readFile(outputFile, 'utf8'), readFile(errorFile, 'utf8')]);
    return { usage, status, output: texts[0], errors: texts[1] };
  } finally {
    await Promise.all([output.close(), errors.close()]);
    await rm(folder, { recursive: true });
  }
}

async function measure(
  { program, args, folder, environment }: Command,
  [output, errors]: readonly [number, number],
): Promise<Pick<Run, 'usage' | 'status'>> {
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, errors],
  });
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? undefined));
  });
  const sampler = child.pid === undefined ? undefined : createSampler(child.pid);
  const timer = setInterval(() => sampler?.sample(), samplingInterval);
  try {
    const status = await ended;
    const wall = (performance.now() - start) / 1_000;
    await sampler?.drained();
    return { usage: { wall, ...sampler?.totals() }, status };
  } finally {
    clearInterval(timer);
  }
}

function createSampler(root: number): TreeSampler | undefined {
  return process.platform === 'linux' ? new TreeSampler(root) : undefined;
}

/**
 * Watches a process and its descendants through `/proc`. What a parent reports about its children
 * does not do: a child that nobody waits for, such as our compiler, never gets into that sum.
 * What a process does after its last sample is missed, at most 20 ms each.
 */
class TreeSampler {
  readonly #alive: Set<number>;
  readonly #ticks = new Map<number, number>();
  #peakPages = 0;

  constructor(root: number) {
    this.#alive = new Set([root]);
    this.sample();
  }

  sample(): void {
    let pages = 0;
    // A set hands out what is added while it is walked: children are sampled with their parent.
    for (const process of this.#alive) {
      const state = readState(process);
      if (state === undefined) {
        this.#alive.delete(process);
        continue;
      }
      pages += state.pages;
      this.#ticks.set(process, state.ticks);
      for (const child of readChildren(process)) this.#alive.add(child);
    }
    this.#peakPages = Math.max(this.#peakPages, pages);
  }

  /** Resolves when every process is gone, so that none disturbs what is measured next. */
  async drained(): Promise<void> {
    for (let waited = 0; this.#alive.size > 0 && waited < lingerLimit; waited += samplingInterval) {
      await delay(samplingInterval);
      this.sample();
    }
  }

  totals(): Pick<Usage, 'cpu' | 'memory'> {
    const ticks = [...this.#ticks.values()].reduce((sum, count) => sum + count, 0);
    return {
      cpu: ticks / systemFigure('CLK_TCK'),
      memory: (this.#peakPages * systemFigure('PAGESIZE')) / 2 ** 20,
    };
  }
}

/** Fields of `/proc/<pid>/stat` behind the name, which may itself hold spaces and brackets. */
function readState(
  process: number,
): { readonly ticks: number; readonly pages: number } | undefined {
  const text = readOrNothing(`/proc/${process}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 22 || fields[0] === 'Z') return undefined;
  return { ticks: Number(fields[11]) + Number(fields[12]), pages: Number(fields[21]) };
}

function readChildren(process: number): number[] {
  const threads = listOrNothing(`/proc/${process}/task`);
  const children = threads.map((thread) =>
    readOrNothing(`/proc/${process}/task/${thread}/children`),
  );
  return children.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** Processes end between two reads; then there is nothing. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function listOrNothing(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

const systemFigures = new Map<string, number>();

function systemFigure(name: string): number {
  const known = systemFigures.get(name);
  if (known !== undefined) return known;
  const figure = Number(execFileSync('getconf', [name], { encoding: 'utf8' }));
  systemFigures.set(name, figure);
  return figure;
}
