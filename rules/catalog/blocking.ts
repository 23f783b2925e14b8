/**
 * APIs that keep the event loop standing until they are done, and how the same is had without that. An API is known by
 * the module it comes from and its name there (`Pool.query` for a member of a type, `connect().query` for a member
 * of what a call gives); what the browser, Deno and Bun offer without an import belongs to the module `global`.
 */
import { apisOf, type BlockingApi, COMPUTED, type Group } from './blocking/api.ts';
import { FS } from './blocking/fs.ts';
import { CHILD_PROCESS, CRYPTO, OTHERS, ZLIB } from './blocking/node.ts';
import { PACKAGES } from './blocking/packages.ts';
import { PACKAGES_OF_FILES } from './blocking/packages-files.ts';
import { BROWSER, BUN, DENO } from './blocking/runtimes.ts';

export { type BlockingApi, namedApi, type Twin } from './blocking/api.ts';

const GROUPS: readonly Group[] = [
  ...[FS, CHILD_PROCESS, CRYPTO, ZLIB, OTHERS],
  ...[PACKAGES_OF_FILES, PACKAGES],
  ...[BROWSER, DENO, BUN],
].flat();

/**
 * Packages whose `xSync` beside an `x` that returns a promise only computes a little: the promise is there for
 * checks that users add.
 */
export const QUICK_SYNC: ReadonlySet<string> = new Set(
  'ajv class-validator effect fp-ts io-ts joi react-dom superstruct tough-cookie typebox valibot yargs yup zod'.split(
    ' ',
  ),
);

/** Every API that is known to block, one by one. */
export const BLOCKING: readonly BlockingApi[] = GROUPS.flatMap(apisOf);

/** What the last part of a blocking API's name may be: `readFileSync`, `sync`, `default`. */
export const BLOCKING_NAMES: ReadonlySet<string> = new Set(
  BLOCKING.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)),
);

const BY_KEY = new Map(BLOCKING.map((api) => [`${api.module}#${api.name}`, api]));

/** The blocking API of this module and name. */
export function findBlocking(module: string, name: string): BlockingApi | undefined {
  return BY_KEY.get(`${module}#${name}`);
}

/** Whether an API does no more than compute a little: a token's random bytes, the signature of a JWT. */
export function isQuickComputing({ until, weight }: BlockingApi): boolean {
  return weight === 'light' && until === COMPUTED;
}
