/**
 * The world that programs run in: files, a network and a database in memory. Each operation waits until the schedule lets it
 * happen, and again until the schedule lets its answer arrive.
 */
import { randomNumbers } from './tape.ts';

/** One run's order of events, and what fails in it. */
export interface Schedule {
  readonly seed: number;
  /** One in how many keys fails; 0 for none. */
  readonly failing: number;
  /** The same failures in another order. */
  readonly order?: number;
}

/** What can be seen of a run. */
export interface Observation {
  /** What the program returned, or that it failed. */
  readonly outcome: string;
  /** The module's variables and objects, and the resources, when nothing was under way any more. */
  readonly state: string;
  /** In the order in which they took place. */
  readonly writes: readonly string[];
  /** Sorted: what was read where, and what was found. */
  readonly reads: readonly string[];
  /** Whether anything failed, also where the program caught it. */
  readonly failed: boolean;
}

/** A program made ready to run. */
export type Runnable = (world: World) => { run(): Promise<string>; state(): string };

interface Operation {
  perform(): void;
}

/** Longest text that is stored: long ones are shortened to what tells them apart. */
const LONGEST = 60;

/** Resources and the events that are pending. */
export class World {
  readonly reads: string[] = [];
  readonly writes: string[] = [];
  failures = 0;
  readonly #stored = new Map<string, string>();
  readonly #pending: Operation[] = [];
  readonly #next: () => number;
  readonly #schedule: Schedule;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
    this.#next = randomNumbers(schedule.order ?? schedule.seed);
  }

  get stored(): readonly (readonly [string, string])[] {
    return [...this.#stored].sort();
  }

  /** The `Error` of programs, so that their own failures are known. */
  get Error(): ErrorConstructor {
    return new Proxy(Error, {
      construct: (target, given) => {
        this.failures++;
        return Reflect.construct(target, given);
      },
    });
  }

  /** `node:fs/promises`. */
  readonly files = {
    readFile: (path: string) => this.#read('file', path),
    writeFile: (path: string, text: string) => this.#write('file', path, () => text),
    appendFile: (path: string, text: string) => {
      return this.#write('file', path, (before) => before + text);
    },
  };

  readonly fetch = async (url: string, init?: { method?: string; body?: string }) => {
    const { method = 'GET', body = '' } = init ?? {};
    const answer =
      method === 'GET'
        ? await this.#read('net', url)
        : await this.#write('net', url, () => body).then(() => 'posted');
    return { ok: true, text: async () => answer };
  };

  readonly db = {
    item: {
      findFirst: async ({ where: { id } }: { where: { id: string } }) => {
        return { a: await this.#read('db', id), b: id };
      },
      update: async ({ where: { id } }: { where: { id: string } }) => {
        await this.#write('db', id, (before) => `${before}+`);
        return { a: id, b: 'updated' };
      },
    },
  };

  /** Lets something happen, which the schedule picks; nothing when nothing is pending. */
  step(): boolean {
    const [operation] = this.#pending.splice(this.#next() % (this.#pending.length || 1), 1);
    operation?.perform();
    return operation !== undefined;
  }

  #read(resource: string, key: string): Promise<string> {
    return this.#wait(`read ${resource} ${key}`, () => {
      const value = this.#stored.get(`${resource} ${key}`) ?? `${resource}:${key}`;
      this.reads.push(`${resource} ${key} -> ${value}`);
      return short(value);
    });
  }

  #write(resource: string, key: string, change: (before: string) => string): Promise<string> {
    return this.#wait(`write ${resource} ${key}`, () => {
      const place = `${resource} ${key}`;
      const value = short(change(this.#stored.get(place) ?? ''));
      this.#stored.set(place, value);
      this.writes.push(`${place} = ${value}`);
      return value;
    });
  }

  #wait(name: string, act: () => string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#pending.push({
        perform: () => {
          const fails = this.#fails(name);
          if (fails) this.failures++;
          const value = fails ? '' : act();
          const perform = fails ? () => reject(new Error(`no ${name}`)) : () => resolve(value);
          if (this.#next() % 2 === 0) perform();
          else this.#pending.push({ perform });
        },
      });
    });
  }

  /** The same operation fails in every run, whenever it takes place. */
  #fails(name: string): boolean {
    const { failing, seed } = this.#schedule;
    return failing > 0 && hash(name, seed) % failing === 0;
  }
}

/** Runs a program until nothing is under way any more. */
export async function observe(program: Runnable, schedule: Schedule): Promise<Observation> {
  const world = new World(schedule);
  let outcome = 'stuck';
  const { run, state } = program(world);
  run().then(
    (value) => {
      outcome = `returned ${value}`;
    },
    (error: unknown) => {
      outcome = `failed: ${error instanceof Error ? error.message : error}`;
    },
  );
  do await settle();
  while (world.step());
  return {
    outcome,
    state: `${state()} ${JSON.stringify(world.stored)}`,
    writes: world.writes,
    reads: [...world.reads].sort(),
    failed: world.failures > 0,
  };
}

/** Until all that can go on without the schedule has. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function short(text: string): string {
  return text.length <= LONGEST ? text : `#${hash(text, 0).toString(36)}`;
}

function hash(text: string, seed: number): number {
  let result = seed ^ 0x811c9dc5;
  for (const character of text) {
    result = Math.imul(result ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (result ^ (result >>> 15)) >>> 0;
}
