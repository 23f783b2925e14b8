/**
 * Assertions that settle later. Sources: the documentation and the published types of each package.
 */

/** Packages whose `expect(…)` has `resolves` and `rejects`, which always give promises. */
export const EXPECT_MODULES: ReadonlySet<string> = new Set([
  '@jest/globals',
  'bun:test',
  'expect',
  'jest',
  'vitest',
]);

/**
 * Packages whose `expect(…)` promises its verdict, but fails at once: the promise is only for a debugger that goes step by
 * step. Source: the instrumenter of Storybook.
 */
export const IMMEDIATE_EXPECT_MODULES: ReadonlySet<string> = new Set([
  '@storybook/jest',
  '@storybook/test',
  'storybook/test',
]);

/** Members by which an assertion of chai-as-promised is known: chai itself has none of these names. */
export const CHAI_MEMBERS: ReadonlySet<string> = new Set([
  'become',
  'eventually',
  'fulfilled',
  'rejected',
  'rejectedWith',
]);

/** Functions that assert something of a promise, by the end of their name and the modules that have them. */
export const ASSERT_FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['rejects', new Set(['assert', 'assert/strict', 'tap'])],
  ['doesNotReject', new Set(['assert', 'assert/strict'])],
  ['resolves', new Set(['tap'])],
  ['throwsAsync', new Set(['ava'])],
  ['notThrowsAsync', new Set(['ava'])],
  ['assertRejects', new Set(['@std/assert', '@std/assert/rejects', 'jsr:@std/assert'])],
  ['isRejected', new Set(['chai', 'chai-as-promised'])],
  ['isFulfilled', new Set(['chai', 'chai-as-promised'])],
  ['becomes', new Set(['chai', 'chai-as-promised'])],
]);

/** Functions that assert that what they are given is true, by the end of their name and the modules that have them. */
export const TRUTH_FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'assert',
    new Set(['assert', 'assert/strict', 'chai', 'global', '@std/assert', 'jsr:@std/assert']),
  ],
  ['default', new Set(['assert', 'assert/strict', 'tiny-invariant', 'invariant'])],
  ['invariant', new Set(['ts-invariant', '@apollo/client/utilities/globals'])],
  ['isOk', new Set(['chai'])],
  ['ok', new Set(['assert', 'assert/strict', 'chai', 'tap', 'test'])],
  ['strict', new Set(['assert'])],
]);

/** Modules whose functions named `waitFor…`, and `waitUntil`, hold a test until something is so. */
export const WAITING_MODULES =
  /^(?:@testing-library\/|@playwright\/test$|playwright(?:-core)?$|puppeteer(?:-core)?$|vitest$|webdriverio$)/;
