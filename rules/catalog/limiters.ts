/**
 * Libraries that hold work back until there is room for it. Sources: the documentation of each package.
 */

/** How a library limits what runs at the same time. */
export interface LimiterLibrary {
  /** What of the library limits, where it does other things as well; everything when left out. */
  readonly only?: readonly string[];
  /** Functions that call another for each item of a collection, a few at a time. */
  readonly maps?: readonly BoundedMap[];
}

/** A function that calls another for each item of a collection, at most so many at a time. */
export interface BoundedMap {
  /** Name in the module; `default` is the module itself. */
  readonly name: string;
  /** What it takes, in order: `limit` is a number, `options` an object with `concurrency`. */
  readonly takes: readonly BoundedMapArgument[];
  /** Whether the items may be any iterable; an array when left out. */
  readonly iterable?: true;
}

/** What a bounded map is given. */
export type BoundedMapArgument = 'items' | 'work' | 'limit' | 'options';

/** Limiting libraries by package name. */
export const LIMITERS: Readonly<Record<string, LimiterLibrary>> = {
  'p-limit': {},
  'p-queue': {},
  'p-throttle': {},
  'p-ratelimit': {},
  'p-all': {},
  'p-map': {
    maps: [{ name: 'default', takes: ['items', 'work', 'options'], iterable: true }],
  },
  'p-filter': {},
  'p-props': {},
  'promise-limit': {},
  'promise-throttle': {},
  'promise-queue': {},
  'promise-pool-executor': {},
  '@supercharge/promise-pool': {},
  bottleneck: {},
  limiter: {},
  'async-sema': {},
  'async-mutex': {},
  'await-semaphore': {},
  'semaphore-async-await': {},
  'async-lock': {},
  fastq: {},
  'better-queue': {},
  piscina: {},
  tinypool: {},
  workerpool: {},
  'generic-pool': {},
  // A loader gathers the calls of one tick into one batch.
  dataloader: {},
  async: {
    only: ['queue', 'cargo', 'cargoQueue', 'priorityQueue', 'mapLimit', 'eachLimit'],
    maps: [{ name: 'mapLimit', takes: ['items', 'limit', 'work'] }],
  },
  bluebird: { only: [], maps: [{ name: 'map', takes: ['items', 'work', 'options'] }] },
  radash: { only: ['parallel'], maps: [{ name: 'parallel', takes: ['limit', 'items', 'work'] }] },
  'modern-async': {
    only: ['Queue', 'Scheduler', 'mapLimit'],
    maps: [{ name: 'mapLimit', takes: ['items', 'work', 'limit'] }],
  },
  effect: { only: ['makeSemaphore', 'Effect.makeSemaphore'] },
};
