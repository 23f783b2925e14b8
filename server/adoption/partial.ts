/** Rules of other linters that report more than ours do in their place, and what: they are worth keeping. */
export const REPORTS_MORE: Readonly<Record<string, string>> = {
  '@typescript-eslint/restrict-template-expressions': 'all that is no text, promises or not',
  '@typescript-eslint/restrict-plus-operands': 'all that cannot be added, promises or not',
  '@typescript-eslint/no-base-to-string': 'all objects without a text of their own',
  'jest/valid-expect': 'calls of `expect` that are wrong in other ways',
  'vitest/valid-expect': 'calls of `expect` that are wrong in other ways',
  'no-await-in-loop': 'every loop that waits, also for what has to be done in turn',
  'biome/noAwaitInLoops': 'every loop that waits, also for what has to be done in turn',
  'require-await':
    'async functions that wait for nothing because others want a promise of them, too',
  '@typescript-eslint/require-await':
    'async functions that wait for nothing because others want a promise of them, too',
  'biome/useAwait':
    'async functions that wait for nothing because others want a promise of them, too',
  'promise/catch-or-return':
    'chains that no type tells of, and handlers that are no `catch` at the end',
  'no-promise-executor-return': 'all that executors return, promises or not',
  'jest/valid-expect-in-promise': 'promises of a test that no type tells of',
  'vitest/valid-expect-in-promise': 'promises of a test that no type tells of',
  'testing-library/await-async-queries': 'queries whose promise is handed to `expect`',
  'playwright/no-useless-await': 'awaits of assertions that settle at once',
  'unicorn/no-await-in-promise-methods': 'awaits in a list that hold nothing in it back, too',
  'biome/noAwaitInPromiseMethods': 'awaits in a list that hold nothing in it back, too',
  'n/no-sync': 'synchronous calls outside of async functions, too',
  'no-sync': 'synchronous calls outside of async functions, too',
};
