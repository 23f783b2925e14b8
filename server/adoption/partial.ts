/** Rules of other linters that report more than ours do in their place, and what: they are worth keeping. */
export const REPORTS_MORE: Readonly<Record<string, string>> = {
  '@typescript-eslint/restrict-template-expressions': 'all that is no text, promises or not',
  '@typescript-eslint/restrict-plus-operands': 'all that cannot be added, promises or not',
  '@typescript-eslint/no-base-to-string': 'all objects without a text of their own',
  'jest/valid-expect': 'calls of `expect` that are wrong in other ways',
  'vitest/valid-expect': 'calls of `expect` that are wrong in other ways',
  'n/no-sync': 'synchronous calls outside of async functions, too',
  'no-sync': 'synchronous calls outside of async functions, too',
};
