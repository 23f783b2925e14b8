import { Batch } from './batch.ts';
import type { Pipeline } from './pipeline.ts';

/** A batch as far as its keys and answers do not matter. */
type AnyBatch = Pick<Batch<object, unknown>, 'waiting' | 'send' | 'listen' | 'receive' | 'flush'>;

/** Hears of an answer: it may want more of another batch, to save a round. */
type Heard<Key, Answer> = (answer: Answer, key: Key) => void;

/** Batches of several kinds, asked together in the order in which they were made. */
export class Batches {
  readonly #pipeline: Pipeline | undefined;
  readonly #all: AnyBatch[] = [];

  constructor(pipeline: Pipeline | undefined) {
    this.#pipeline = pipeline;
  }

  /** How many questions wait for the next batch. */
  get waiting(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Lets the compiler begin with what is wanted so far. */
  send(): void {
    for (const batch of this.#all) batch.send();
  }

  /** Takes in the answers that have come already, and asks for what follows from them. */
  listen(): void {
    for (const batch of this.#all) batch.listen();
  }

  /** Brings what was wanted when `send` was called, and what follows from it. */
  receive(): void {
    for (const batch of this.#all) batch.receive();
  }

  /** Brings everything that is wanted. */
  flush(): void {
    for (const batch of this.#all) batch.flush();
  }

  /** Makes a batch of what the compiler takes in lists. */
  protected inLists<Key extends object, Answer>(
    ask: (keys: readonly Key[]) => readonly (Answer | undefined)[],
    heard?: Heard<Key, Answer>,
  ): Batch<Key, Answer> {
    const batch = new Batch(ask, { pipeline: this.#pipeline, ...(heard && { heard }) });
    this.#all.push(batch);
    return batch;
  }

  /** Makes a batch of what the compiler takes one by one: all are sent before the first answer is read. */
  protected inTurn<Key extends object, Answer>(
    ask: (key: Key) => Answer | undefined,
    heard?: Heard<Key, Answer>,
  ): Batch<Key, Answer> {
    const askEach = (keys: readonly Key[]) => keys.map(ask);
    const settings = { pipeline: this.#pipeline, size: 1, ...(heard && { heard }) };
    const batch = new Batch(askEach, settings);
    this.#all.push(batch);
    return batch;
  }
}
