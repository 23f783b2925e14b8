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

/** How much the compiler has been asked, and has not answered. */
export interface Load {
  questions: number;
}

/** What is asked in turn waits for so many answers at the most: fewer than one file has nodes to be asked about. */
const LITTLE = 64;

/** How a batch asks. */
export interface BatchSettings<Key, Answer> {
  readonly pipeline?: Pipeline | undefined;
  /** Questions in one request; one where the compiler takes no lists. */
  readonly size?: number;
  /** How much is under way in all batches. */
  readonly load?: Load;
  /** Whether it is asked so seldom that it may be asked in turn, as long as little is under way. */
  readonly isSeldom?: boolean;
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
  /** How many of them, from the first on, were under way at the last `send`. */
  #due = 0;

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

  /** Wants an answer: with the next batch, or at once where each question travels alone. */
  want(key: Key): void {
    this.#foreseen.delete(key);
    if (this.#answers.has(key) || this.#sent.has(key)) return;
    if (this.#spare.has(key)) {
      this.#answers.set(key, this.#spare.get(key));
      this.#spare.delete(key);
      return;
    }
    const { pipeline, size, isSeldom } = this.#settings;
    if (isSeldom && pipeline === undefined) return;
    this.#wanted.add(key);
    if (size === 1) this.#startAhead();
  }

  /** Asks with the next batch what will probably be wanted. */
  foresee(key: Key): void {
    if (this.#answers.has(key) || this.#sent.has(key) || this.#wanted.has(key)) return;
    this.#foreseen.add(key);
    this.#wanted.add(key);
  }

  /** The answer, or `PENDING` thrown and the answer wanted. */
  get(key: Key): Answer | undefined {
    const answer = this.#answers.get(key);
    if (answer !== undefined || this.#answers.has(key)) return answer;
    if (this.#isAskedInTurn && !this.#sent.has(key)) this.#land({ keys: [key], ticket: undefined });
    else this.want(key);
    if (this.#answers.has(key)) return this.#answers.get(key);
    throw PENDING;
  }

  get #isAskedInTurn(): boolean {
    const { pipeline, load, isSeldom } = this.#settings;
    return isSeldom === true && (pipeline === undefined || (load?.questions ?? 0) <= LITTLE);
  }

  /** Sends the questions so far without waiting; those that were under way before are what `receive` waits for. */
  send(): void {
    this.#due = this.#flights.length;
    this.#startAhead();
  }

  /** Takes in the answers that have come already. */
  listen(): void {
    while (this.#flights[0]?.ticket?.answer !== undefined) this.#landFirst();
  }

  /** Brings the answers to what was under way at the last `send`; to everything wanted, where nothing can be sent ahead. */
  receive(): void {
    if (this.#settings.pipeline === undefined) this.flush();
    while (this.#due > 0) this.#landFirst();
  }

  /** Brings every answer wanted so far. */
  flush(): void {
    while (this.#flights.length > 0 || this.#wanted.size > 0) {
      this.#startAll();
      while (this.#flights.length > 0) this.#landFirst();
    }
  }

  #startAhead(): void {
    if (this.#settings.pipeline !== undefined) this.#startAll();
  }

  #startAll(): void {
    const { size = SIZE } = this.#settings;
    const keys = [...this.#wanted];
    this.#wanted.clear();
    for (const key of keys) this.#sent.add(key);
    for (let from = 0; from < keys.length; from += size) this.#start(keys.slice(from, from + size));
  }

  #start(keys: readonly Key[]): void {
    const { pipeline, load } = this.#settings;
    const flight = { keys, ticket: pipeline?.post(() => this.#ask(keys)) };
    // Without a ticket there was nothing to send: the client knows the answer.
    if (pipeline !== undefined && flight.ticket === undefined) {
      this.#land(flight);
      return;
    }
    this.#flights.push(flight);
    if (load) load.questions += keys.length;
  }

  #landFirst(): void {
    const flight = this.#flights.shift();
    if (this.#due > 0) this.#due--;
    if (flight === undefined) return;
    const { load } = this.#settings;
    if (load) load.questions -= flight.keys.length;
    this.#land(flight);
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
