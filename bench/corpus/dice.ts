/** A source of choices that are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** Whether something with this probability happens. */
  chance(probability: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
  /** Between `least` and `most` of the items, in their own order. */
  some<Item>(items: readonly Item[], least: number, most?: number): Item[];
}

/** Makes dice from any text. */
export function createDice(seed: string): Dice {
  const random = mulberry32(hash(seed));
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    chance: (probability) => random() < probability,
    pick(items) {
      const [item] = items.slice(below(items.length));
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    some(items, least, most = items.length) {
      const count = Math.min(items.length, least + below(most - least + 1));
      const ranked = items.map((item, index) => ({ item, index, rank: random() }));
      const kept = ranked.sort((a, b) => a.rank - b.rank).slice(0, count);
      return kept.sort((a, b) => a.index - b.index).map(({ item }) => item);
    },
  };
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Tommy Ettinger's 32-bit generator: tiny, and good enough for choosing. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
