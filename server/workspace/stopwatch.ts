/** Keeps how long the parts of a run took, where there is a clock to tell. */
export class Stopwatch {
  readonly #clock: (() => number) | undefined;
  readonly #phases = new Map<string, number>();
  readonly #rules = new Map<string, number>();

  constructor(clock: (() => number) | undefined) {
    this.#clock = clock;
  }

  /** Does a piece of work, and keeps how long it took. */
  timed<T>(phase: string, work: () => T): T {
    const clock = this.#clock;
    if (clock === undefined) return work();
    const start = clock();
    try {
      return work();
    } finally {
      add(this.#phases, phase, clock() - start);
    }
  }

  /** Takes what each rule took, as the engine measured it. */
  tookRules(times: ReadonlyMap<string, number>): void {
    for (const [rule, time] of times) add(this.#rules, rule, time);
  }

  /** Milliseconds by phase. */
  get phases(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#phases);
  }

  /** Milliseconds by rule. */
  get rules(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#rules);
  }
}

function add(sums: Map<string, number>, name: string, time: number): void {
  sums.set(name, (sums.get(name) ?? 0) + time);
}
