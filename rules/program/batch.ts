import type { Pipeline, Ticket } from './pipeline.ts';

/**
 * Thrown when an answer is not known yet. The engine catches it, lets other work run, asks the
 * compiler for everything that was wanted in one batch, and starts the interrupted piece of work again.
 * Whoever catches errors of other kinds must let this one pass.
 */
export const PENDING = new Error('The answer comes with the next batch.');

/**
 * Does several pieces of work, each as far as it goes, and throws `PENDING` if any of them lacks an answer: so all that they
 * want travels in one batch, instead of in a batch for each.
 */
export function together<T>(work: readonly (() => T)[]): readonly T[] {
  let pending = false;
  const done = work.flatMap((one) => {
    try {
      return [one()];
    } catch (error) {
      if (error !== PENDING) throw error;
      pending = true;
      return [];
    }
  });
  if (pending) throw PENDING;
  return done;
}

/** How many questions travel in one request: larger batches gain nothing measurable. */
const SIZE = 2000;

/** Asks the compiler, in one request, what several keys stand for. */
export type Ask<Key, Answer> = (keys: readonly Key[]) => readonly (Answer | undefined)[];

/** How a batch asks. */
export interface BatchSettings<Key, Answer> {
  readonly pipeline?: Pipeline | undefined;
  /** Questions in one request; one where the compiler takes no lists. */
  readonly size?: number;
  /** Hears of each answer: it may want more of another batch, to save a round. */
  readonly heard?: (answer: Answer, key: Key) => void;
}

/** A request that is to be answered next, sent already if there was room. */
interface Flight<Key> {
  readonly keys: readonly Key[];
  readonly ticket: Ticket | undefined | 'no room';
}

/** Answers that are asked for together. */
export class Batch<Key, Answer> {
  readonly #answers = new Map<Key, Answer | undefined>();
  /** Answers to what was foreseen, as long as nobody wants them. */
  readonly #spare = new Map<Key, Answer | undefined>();
  readonly #foreseen = new Set<Key>();
  readonly #wanted = new Set<Key>();
  readonly #sent = new Set<Key>();
  readonly #ask: Ask<Key, Answer>;
  readonly #settings: BatchSettings<Key, Answer>;
  readonly #flights: Flight<Key>[] = [];

  constructor(ask: Ask<Key, Answer>, settings: BatchSettings<Key, Answer> = {}) {
    this.#ask = ask;
    this.#settings = settings;
  }

  /** How many answers are wanted and not asked for. */
  get waiting(): number {
    return this.#wanted.size;
  }

  /** What was wanted so far, and answered. */
  get asked(): ReadonlyMap<Key, Answer | undefined> {
    return this.#answers;
  }

  /** Wants an answer with the next batch. */
  want(key: Key): void {
    this.#foreseen.delete(key);
    if (this.#answers.has(key) || this.#sent.has(key)) return;
    if (!this.#spare.has(key)) {
      this.#wanted.add(key);
      return;
    }
    this.#answers.set(key, this.#spare.get(key));
    this.#spare.delete(key);
  }

  /** Asks with the next batch what will probably be wanted. */
  foresee(key: Key): void {
    if (this.#answers.has(key) || this.#sent.has(key) || this.#wanted.has(key)) return;
    this.#foreseen.add(key);
    this.#wanted.add(key);
  }

  /** Wants an answer when those to other questions come, to save a round. */
  follow(key: Key): void {
    if (this.#answers.has(key) || this.#sent.has(key)) return;
    this.#wanted.delete(key);
    this.#sent.add(key);
    this.#flights.push({ keys: [key], ticket: 'no room' });
  }

  /** The answer, or `PENDING` thrown and the answer wanted. */
  get(key: Key): Answer | undefined {
    const answer = this.#answers.get(key);
    if (answer !== undefined || this.#answers.has(key)) return answer;
    this.want(key);
    if (this.#answers.has(key)) return this.#answers.get(key);
    throw PENDING;
  }

  /** Sends as many of the questions so far as can be sent without waiting, and leaves the answers to `receive`. */
  send(): void {
    const { pipeline } = this.#settings;
    if (pipeline === undefined) return;
    const groups = this.#groups();
    for (const key of this.#wanted) this.#sent.add(key);
    this.#wanted.clear();
    const flights = groups.map((keys): Flight<Key> => {
      return { keys, ticket: pipeline.postIfRoom(() => this.#ask(keys)) };
    });
    this.#flights.push(...flights);
  }

  /** Brings the answers to what was to be sent; to everything wanted, where nothing can be sent ahead. */
  receive(): void {
    if (this.#settings.pipeline === undefined) this.flush();
    while (this.#flights.length > 0) {
      const flights = this.#flights.splice(0).map((one) => this.#posted(one));
      for (const flight of flights) this.#land(flight);
    }
  }

  /** Brings every answer wanted so far. */
  flush(): void {
    while (this.#flights.length > 0 || this.#wanted.size > 0) {
      for (const keys of this.#groups()) this.#flights.push({ keys, ticket: 'no room' });
      this.#wanted.clear();
      if (this.#settings.pipeline !== undefined) this.receive();
      else for (const flight of this.#flights.splice(0)) this.#land(flight);
    }
  }

  /** Sends what there was no room for. */
  #posted({ keys, ticket }: Flight<Key>): Flight<Key> {
    if (ticket !== 'no room') return { keys, ticket };
    return { keys, ticket: this.#settings.pipeline?.post(() => this.#ask(keys)) };
  }

  #groups(): readonly (readonly Key[])[] {
    const { size = SIZE } = this.#settings;
    const keys = [...this.#wanted];
    const count = Math.ceil(keys.length / size);
    return Array.from({ length: count }, (_, n) => keys.slice(n * size, (n + 1) * size));
  }

  #land({ keys, ticket }: Flight<Key>): void {
    const { pipeline, heard } = this.#settings;
    const ask = () => this.#ask(keys);
    const sent = ticket === 'no room' ? undefined : ticket;
    const answers = pipeline === undefined ? ask() : pipeline.take(sent, ask);
    keys.forEach((key, index) => {
      const answer = answers[index];
      const known = this.#foreseen.delete(key) ? this.#spare : this.#answers;
      known.set(key, answer);
      this.#sent.delete(key);
      if (answer !== undefined) heard?.(answer, key);
    });
  }
}
