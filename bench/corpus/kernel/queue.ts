import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** A piece of work with its data. */
export interface Job<Payload> {
  readonly key: string;
  readonly payload: Payload;
  readonly attempts: number;
  readonly dueAt: Date;
}

/** What became of a job. */
export type JobOutcome = 'done' | 'retry' | 'discard';

/** Keeps jobs until somebody takes them. */
export interface JobQueue<Payload> {
  readonly name: string;
  add(key: string, payload: Payload, dueAt?: Date): Promise<void>;
  take(limit: number): Promise<Job<Payload>[]>;
  finish(job: Job<Payload>, outcome: JobOutcome): Promise<void>;
  size(): Promise<number>;
}

/** A queue in memory, for one process. */
export class MemoryQueue<Payload> implements JobQueue<Payload> {
  readonly name: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #waiting: Job<Payload>[] = [];

  constructor(name: string, clock: Clock, logger: Logger) {
    this.name = name;
    this.#clock = clock;
    this.#logger = logger;
  }

  add(key: string, payload: Payload, dueAt: Date = this.#clock.now()): Promise<void> {
    this.#waiting.push({ key, payload, attempts: 0, dueAt });
    return Promise.resolve();
  }

  take(limit: number): Promise<Job<Payload>[]> {
    const now = this.#clock.now();
    const due = this.#waiting.filter((job) => job.dueAt <= now).slice(0, limit);
    this.#waiting = this.#waiting.filter((job) => !due.includes(job));
    return Promise.resolve(due);
  }

  finish(job: Job<Payload>, outcome: JobOutcome): Promise<void> {
    if (outcome === 'retry') this.#waiting.push({ ...job, attempts: job.attempts + 1 });
    if (outcome === 'discard')
      this.#logger.warn('job discarded', { queue: this.name, key: job.key });
    return Promise.resolve();
  }

  size(): Promise<number> {
    return Promise.resolve(this.#waiting.length);
  }
}
