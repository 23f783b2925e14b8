/** Labels that tell series apart. */
export type Labels = Readonly<Record<string, string>>;

/** A figure that only grows. */
export class Counter {
  readonly name: string;
  readonly #values = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  add(amount = 1, labels: Labels = {}): void {
    const key = seriesKey(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  read(labels: Labels = {}): number {
    return this.#values.get(seriesKey(labels)) ?? 0;
  }
}

/** Figures of which the spread matters. */
export class Histogram {
  readonly name: string;
  readonly #samples: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  observe(value: number): void {
    this.#samples.push(value);
  }

  quantile(fraction: number): number | undefined {
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))];
  }

  /** Measures how long the work takes, whether it succeeds or not. */
  async time<Value>(work: () => Promise<Value>): Promise<Value> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.observe(performance.now() - start);
    }
  }
}

function seriesKey(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return pairs.sort().join(',');
}
