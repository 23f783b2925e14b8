import { Batch, type BatchSettings, type Load } from './batch.ts';
import type { Pipeline } from './pipeline.ts';

/** A batch as far as its keys and answers do not matter. */
type AnyBatch = Pick<Batch<never, unknown>, 'waiting' | 'send' | 'listen' | 'receive' | 'flush'>;

/** Hears of an answer: it may want more of another batch, to save a round. */
type Heard<Key, Answer> = (answer: Answer, key: Key) => void;

/** Batches of several kinds, asked together in the order in which they were made. */
export class Batches {
  readonly #pipeline: Pipeline | undefined;
  readonly #all: AnyBatch[] = [];
  readonly #load: Load = { questions: 0 };

  constructor(pipeline: Pipeline | undefined) {
    this.#pipeline = pipeline;
  }

  /** How many questions wait for the next batch. */
  get waiting(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Lets the compiler go on with what is wanted so far. */
  send(): void {
    for (const batch of this.#all) batch.send();
  }

  /** Takes in the answers that have come already, and asks for what follows from them. */
  listen(): void {
    for (const batch of this.#all) batch.listen();
  }

  /** Brings what was under way at the last `send`. */
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
    return this.#made(ask, { ...(heard && { heard }) });
  }

  /** Makes a batch of what the compiler takes one by one: each is sent as soon as it is wanted. */
  protected oneByOne<Key, Answer>(
    ask: (key: Key) => Answer | undefined,
    heard?: Heard<Key, Answer>,
  ): Batch<Key, Answer> {
    return this.#made((keys) => keys.map(ask), { size: 1, ...(heard && { heard }) });
  }

  /** Makes a batch of what is asked so seldom that it may be asked in turn. */
  protected seldom<Key, Answer>(ask: (key: Key) => Answer | undefined): Batch<Key, Answer> {
    return this.#made((keys) => keys.map(ask), { size: 1, isSeldom: true });
  }

  #made<Key, Answer>(
    ask: (keys: readonly Key[]) => readonly (Answer | undefined)[],
    settings: BatchSettings<Key, Answer>,
  ): Batch<Key, Answer> {
    const batch = new Batch(ask, { ...settings, pipeline: this.#pipeline, load: this.#load });
    this.#all.push(batch);
    return batch;
  }
}
