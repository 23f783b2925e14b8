/** Values by key, in order of first appearance. */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** One value by key; the last one wins. */
export function indexBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, Item> {
  const index = new Map<Key, Item>();
  for (const item of items) index.set(keyOf(item), item);
  return index;
}

/** Pieces of at most `size` items. */
export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size)
    chunks.push(items.slice(start, start + size));
  return chunks;
}

/** Those that pass and those that do not. */
export function partition<Item, Narrow extends Item>(
  items: Iterable<Item>,
  test: (item: Item) => item is Narrow,
): [Narrow[], Exclude<Item, Narrow>[]];
export function partition<Item>(
  items: Iterable<Item>,
  test: (item: Item) => boolean,
): [Item[], Item[]];
export function partition<Item>(
  items: Iterable<Item>,
  test: (item: Item) => boolean,
): [Item[], Item[]] {
  const passed: Item[] = [];
  const others: Item[] = [];
  for (const item of items) (test(item) ? passed : others).push(item);
  return [passed, others];
}

/** The sum of a figure. */
export function sumOf<Item>(items: Iterable<Item>, figure: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += figure(item);
  return sum;
}

/** A sorted copy. */
export function sortedBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | number | Date,
  direction: 'up' | 'down' = 'up',
): Item[] {
  const sign = direction === 'up' ? 1 : -1;
  return [...items].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

/** The items without repetitions. */
export function distinct<Item>(items: Iterable<Item>): Item[] {
  return [...new Set(items)];
}

/** Without those that are undefined. */
export function compact<Item>(items: Iterable<Item | undefined>): Item[] {
  const kept: Item[] = [];
  for (const item of items) if (item !== undefined) kept.push(item);
  return kept;
}

/** The same keys with changed values. */
export function mapValues<Key extends string, A, B>(
  source: Readonly<Record<Key, A>>,
  change: (value: A, key: Key) => B,
): Record<Key, B> {
  const entries = Object.entries(source) as [Key, A][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<
    Key,
    B
  >;
}

/** Some of the properties. */
export function pick<Source extends object, Key extends keyof Source>(
  source: Source,
  ...keys: Key[]
): Pick<Source, Key> {
  return Object.fromEntries(keys.map((key) => [key, source[key]])) as Pick<Source, Key>;
}

/** The properties that have a value: what is absent and what is undefined become the same. */
export function dropUndefined<Source extends object>(
  source: Source,
): { [Key in keyof Source]?: Exclude<Source[Key], undefined> } {
  const entries = Object.entries(source).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Source]?: Exclude<Source[Key], undefined> };
}
