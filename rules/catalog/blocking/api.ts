/** What the catalogue says of an API that blocks, and how a group of such APIs is written down. */

/** How the same work is done without blocking. */
export type Twin =
  /**
   * A function of `fs/promises`: same arguments, a promise of the same result. With `absent`, `{ throwIfNoEntry: false }`
   * makes the blocking function return nothing where the twin rejects.
   */
  | { readonly way: 'promises'; readonly name: string; readonly absent?: true }
  /** A function beside the blocking one that returns a promise; with no name, the object itself: `which.sync` → `which`. */
  | { readonly way: 'sibling'; readonly name: string }
  /** A function beside it that takes a callback. Promisified, its types allow at most so many arguments. */
  | { readonly way: 'promisify'; readonly name: string; readonly arguments?: number }
  /** A function beside it whose promise gives `{ stdout, stderr }` where the blocking one returns the output. */
  | { readonly way: 'output'; readonly name: string }
  /** `access`, whose promise rejects where the blocking one returns `false`. */
  | { readonly way: 'access' }
  /** A member of what another factory makes: `cosmiconfigSync().search` → `cosmiconfig().search`. */
  | { readonly way: 'factory'; readonly name: string }
  /** A function of `fs/promises` that gives one by one what the blocking one returns at once. */
  | { readonly way: 'collect'; readonly name: string }
  /** A function of `fs/promises` whose value `await using` keeps where `using` keeps the blocking one's. */
  | { readonly way: 'disposable'; readonly name: string }
  /** The same function without `{ sync: true }`. */
  | { readonly way: 'option'; readonly name: string }
  /** A function beside it that returns an object, whose `value` is a promise. */
  | { readonly way: 'value'; readonly name: string };

/** What makes a call of the API block, where not every call does. */
export type Condition =
  /** No callback is given as last argument, and no `{ async: true }`. */
  | 'without-callback'
  /** `{ sync: true }` is among the arguments. */
  | 'sync-option'
  /** `XMLHttpRequest.open(…, false)`. */
  | 'third-is-false';

/** One API that blocks. */
export interface BlockingApi {
  /** `fs` (never `node:fs`), an npm package, or `global`. */
  readonly module: string;
  readonly name: string;
  /** What the event loop waits for, so that `… blocks the event loop until <until>.` is a sentence. */
  readonly until: string;
  /** `light`: usually over within microseconds; `by-size`: so for small data. Those are reported as information. */
  readonly weight: 'heavy' | 'light' | 'by-size';
  /** Whether the time goes into computing, which a promise does not shorten, rather than into waiting. */
  readonly computes: boolean;
  readonly twin: Twin | undefined;
  readonly when: Condition | undefined;
  /** Options of the blocking function that its twin does not have. */
  readonly lacks: readonly string[];
  /** What the blocking function's error has, and its twin's error has not, or not alike. */
  readonly thrown: readonly string[];
  /** The Node release that the API came with, if that is not the oldest supported. */
  readonly since: string | undefined;
}

/** Several APIs that differ in name only. */
export interface Group {
  /** Separated by blanks. */
  readonly modules: string;
  /** Separated by blanks; `sync>glob` says that `glob` is the twin of `sync`, `sync>` that the module itself is. */
  readonly names: string;
  readonly until: string;
  /** `heavy` when left out. */
  readonly weight?: BlockingApi['weight'];
  readonly twin?: Twin['way'];
  readonly arguments?: number;
  readonly absent?: true;
  readonly when?: Condition;
  readonly lacks?: readonly string[];
  readonly thrown?: readonly string[];
  readonly since?: string;
}

export const DISK = 'the disk answers';
export const CHILD = 'the child process ends';
export const COMPUTED = 'the result is computed';
export const CONVERTED = 'all data is converted';
export const SERVER = 'the server answers';
export const USER = 'the user answers';
export const DATABASE = 'the database answers';
export const BUILT = 'the code is compiled';
export const THREAD = 'the other thread answers';
export const OVER = 'the time is over';

const COMPUTING = new Set([COMPUTED, CONVERTED, BUILT]);

/** The APIs of a group, one by one. */
export function apisOf(group: Group): readonly BlockingApi[] {
  return group.modules
    .split(' ')
    .flatMap((module) => group.names.split(' ').map((entry) => apiOf(module, entry, group)));
}

/** An API that is known by its name alone, with what stands beside it as twin, if that is known. */
export function namedApi(
  module: string,
  name: string,
  { until = 'it is done', twin }: { readonly until?: string; readonly twin?: string } = {},
): BlockingApi {
  const api = apiOf(module, name, { modules: module, names: name, until });
  return twin === undefined ? api : { ...api, twin: { way: 'sibling', name: twin } };
}

function apiOf(module: string, entry: string, group: Group): BlockingApi {
  const [name = '', twin] = entry.split('>');
  return {
    module,
    name,
    until: group.until,
    weight: group.weight ?? 'heavy',
    computes: COMPUTING.has(group.until),
    twin: group.twin && twinOf(group.twin, group, twin ?? withoutSuffix(name)),
    when: group.when,
    lacks: group.lacks ?? [],
    thrown: group.thrown ?? [],
    since: group.since,
  };
}

function twinOf(way: Twin['way'], group: Group, name: string): Twin {
  if (way === 'access') return { way };
  if (way === 'promises' && group.absent) return { way, name, absent: true };
  if (way !== 'promisify' || group.arguments === undefined) return { way, name };
  return { way, name, arguments: group.arguments };
}

/** `readFile` for `readFileSync`, `hash` for `password.hashSync`. */
function withoutSuffix(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/Sync$/, '');
}
