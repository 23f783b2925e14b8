/** A stretch of a longer list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly offset: number;
  readonly total: number;
  readonly next?: number;
}

/** Where to start and how much to take. */
export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

/** Makes a page and works out where the next one starts. */
export function toPage<Item>(
  items: readonly Item[],
  request: PageRequest,
  total: number,
): Page<Item> {
  const end = request.offset + items.length;
  return { items, offset: request.offset, total, ...(end < total ? { next: end } : {}) };
}

/** The same page with changed items. */
export function mapPage<A, B>(page: Page<A>, change: (item: A) => B): Page<B> {
  return { ...page, items: page.items.map(change) };
}

/** All items, page after page. */
export async function* everyItem<Item>(
  load: (request: PageRequest) => Promise<Page<Item>>,
  limit = 100,
): AsyncGenerator<Item, void, undefined> {
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const page: Page<Item> = await load({ offset, limit });
    yield* page.items;
    offset = page.next;
  }
}
