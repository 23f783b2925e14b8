/** Choices that a generator draws: the same tape gives the same program, a shorter one a smaller program. */

/** Numbers below 2³², in an order that a seed decides. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Choices enough for any program. */
export function randomChoices(seed: number, length = 400): readonly number[] {
  const next = randomNumbers(seed);
  return Array.from({ length }, () => next() % 1000);
}

/** Hands choices out one by one; after the last, the first alternative is always taken. */
export class Tape {
  readonly #choices: readonly number[];
  #at = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** A number from 0 on, below `count`. */
  below(count: number): number {
    return (this.#choices[this.#at++] ?? 0) % count;
  }

  /** Whether something happens that happens `percent` times of a hundred. */
  maybe(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(some: readonly [T, ...T[]]): T {
    return some[this.below(some.length)] ?? some[0];
  }
}
