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

/** A request under way; without a pipeline, one that is still to be made. */
interface Flight<Key> {
  readonly keys: readonly Key[];
  readonly ticket: Ticket | undefined;
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
    this.#start([key]);
  }

  /** The answer, or `PENDING` thrown and the answer wanted. */
  get(key: Key): Answer | undefined {
    const answer = this.#answers.get(key);
    if (answer !== undefined || this.#answers.has(key)) return answer;
    this.want(key);
    if (this.#answers.has(key)) return this.#answers.get(key);
    throw PENDING;
  }

  /** Sends the questions so far without waiting, and leaves the answers to `listen` and `receive`. */
  send(): void {
    if (this.#settings.pipeline !== undefined) this.#startAll();
  }

  /** Takes in the answers that have come already. */
  listen(): void {
    for (let [flight] = this.#flights; flight?.ticket?.answer; [flight] = this.#flights) {
      this.#flights.shift();
      this.#land(flight);
    }
  }

  /** Brings the answers to what was to be sent; to everything wanted, where nothing can be sent ahead. */
  receive(): void {
    if (this.#settings.pipeline === undefined) this.#startAll();
    while (this.#flights.length > 0)
      for (const flight of this.#flights.splice(0)) this.#land(flight);
  }

  /** Brings every answer wanted so far. */
  flush(): void {
    while (this.#flights.length > 0 || this.#wanted.size > 0) {
      this.#startAll();
      this.receive();
    }
  }

  #startAll(): void {
    const { size = SIZE } = this.#settings;
    const keys = [...this.#wanted];
    this.#wanted.clear();
    for (const key of keys) this.#sent.add(key);
    for (let from = 0; from < keys.length; from += size) this.#start(keys.slice(from, from + size));
  }

  #start(keys: readonly Key[]): void {
    this.#flights.push({ keys, ticket: this.#settings.pipeline?.post(() => this.#ask(keys)) });
  }

  #land({ keys, ticket }: Flight<Key>): void {
    const { pipeline, heard } = this.#settings;
    const ask = () => this.#ask(keys);
    const answers = pipeline === undefined ? ask() : pipeline.take(ticket, ask);
    keys.forEach((key, index) => {
      const answer = answers[index];
      const known = this.#foreseen.delete(key) ? this.#spare : this.#answers;
      known.set(key, answer);
      this.#sent.delete(key);
      if (answer !== undefined) heard?.(answer, key);
    });
  }
}
