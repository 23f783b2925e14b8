/** Lets at most so many run at once. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async run<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.#acquire();
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  #acquire(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

/** Like `Promise.all` over a map, at most `limit` at once. */
export async function mapLimit<Item, Value>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Value>,
): Promise<Value[]> {
  const gate = new Semaphore(limit);
  return await Promise.all(items.map((item, index) => gate.run(() => work(item, index))));
}

/** The values of those that succeeded and the reasons of those that did not. */
export async function settle<Value>(
  promises: Iterable<Promise<Value>>,
): Promise<{ values: Value[]; reasons: unknown[] }> {
  const values: Value[] = [];
  const reasons: unknown[] = [];
  for (const outcome of await Promise.allSettled(promises)) {
    if (outcome.status === 'fulfilled') values.push(outcome.value);
    else reasons.push(outcome.reason);
  }
  return { values, reasons };
}
