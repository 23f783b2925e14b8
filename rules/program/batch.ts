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

type Ask<Key, Answer> = (keys: readonly Key[]) => readonly (Answer | undefined)[];

/** Questions under way: sent, and not yet answered. */
interface Flight<Key> {
  readonly keys: ReadonlySet<Key>;
  readonly ticket: Ticket | undefined;
}

/** Answers that are asked for together. */
export class Batch<Key, Answer> {
  readonly #answers = new Map<Key, Answer | undefined>();
  readonly #wanted = new Set<Key>();
  readonly #ask: Ask<Key, Answer>;
  readonly #pipeline: Pipeline | undefined;
  readonly #then: ((answer: Answer) => void) | undefined;
  #flight: Flight<Key> | undefined;

  /** `then` hears of each answer: it may want more of another batch, to save a round. */
  constructor(ask: Ask<Key, Answer>, pipeline?: Pipeline, then?: (answer: Answer) => void) {
    this.#ask = ask;
    this.#pipeline = pipeline;
    this.#then = then;
  }

  /** How many answers are wanted and not asked for. */
  get waiting(): number {
    return this.#wanted.size;
  }

  /** Wants an answer with the next batch. */
  want(key: Key): void {
    if (!this.#answers.has(key) && !this.#flight?.keys.has(key)) this.#wanted.add(key);
  }

  /** The answer, or `PENDING` thrown and the answer wanted. */
  get(key: Key): Answer | undefined {
    const answer = this.#answers.get(key);
    if (answer !== undefined || this.#answers.has(key)) return answer;
    this.want(key);
    throw PENDING;
  }

  /** Sends the questions so far, and leaves the answers to `flush`. */
  send(): void {
    if (this.#pipeline === undefined || this.#flight !== undefined) return;
    const keys = [...this.#wanted].slice(0, SIZE);
    if (keys.length === 0) return;
    for (const key of keys) this.#wanted.delete(key);
    this.#flight = { keys: new Set(keys), ticket: this.#pipeline.post(() => this.#ask(keys)) };
  }

  /** Brings the answers to what was sent; to everything wanted, where nothing can be sent ahead. */
  receive(): void {
    if (this.#pipeline === undefined) this.flush();
    if (this.#pipeline === undefined || this.#flight === undefined) return;
    const { keys, ticket } = this.#flight;
    this.#flight = undefined;
    const list = [...keys];
    const ask = () => this.#ask(list);
    this.#keep(list, this.#pipeline.take(ticket, ask));
  }

  /** Brings every answer wanted so far. */
  flush(): void {
    if (this.#flight !== undefined) this.receive();
    const keys = [...this.#wanted];
    this.#wanted.clear();
    for (let start = 0; start < keys.length; start += SIZE) {
      const some = keys.slice(start, start + SIZE);
      this.#keep(some, this.#ask(some));
    }
  }

  #keep(keys: readonly Key[], answers: readonly (Answer | undefined)[]): void {
    keys.forEach((key, index) => {
      const answer = answers[index];
      this.#answers.set(key, answer);
      if (answer !== undefined) this.#then?.(answer);
    });
  }
}

/** A batch of questions that the compiler takes one by one: all are sent before the first answer is read. */
export function inTurn<Key, Answer>(
  ask: (key: Key) => Answer | undefined,
  pipeline?: Pipeline,
): Batch<Key, Answer> {
  return new Batch((keys) => {
    const tickets = keys.map((key) => pipeline?.post(() => ask(key)));
    return keys.map((key, index) => {
      const ticket = tickets[index];
      return pipeline === undefined ? ask(key) : pipeline.take(ticket, () => ask(key));
    });
  });
}
