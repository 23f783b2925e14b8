/** By which names and imports code is known in which a standstill harms nobody. */

/** Packages that programs for the terminal are made with, colours included: servers log without. */
export const TERMINAL_PACKAGES: ReadonlySet<string> = new Set([
  '@clack/prompts',
  '@inquirer/prompts',
  '@oclif/core',
  'ansi-colors',
  'arg',
  'cac',
  'caporal',
  'chalk',
  'citty',
  'cli-progress',
  'clipanion',
  'colorette',
  'command-line-args',
  'commander',
  'enquirer',
  'gluegun',
  'ink',
  'inquirer',
  'kleur',
  'meow',
  'minimist',
  'nopt',
  'ora',
  'picocolors',
  'prompts',
  'sade',
  'yargs',
  'yargs-parser',
]);

/** Folders of a project, or of a package in it, that hold what builds and maintains it. */
export const SCRIPT_FOLDERS: ReadonlySet<string> = new Set(
  (
    'bench benchmark benchmarks build ci codegen deploy dev-tools gulp hack release script scripts tasks tool tooling ' +
    'tools .github'
  ).split(' '),
);

/** Folders of what changes a database once, wherever they lie. */
export const MIGRATION_FOLDERS: ReadonlySet<string> = new Set([
  'migrations',
  'seed',
  'seeders',
  'seeds',
]);

/** Folders of a repository that hold one package each. */
export const WORKSPACE_FOLDERS: ReadonlySet<string> = new Set(
  'apps examples libs modules packages plugins services'.split(' '),
);

/** Folders below which the product itself lies: what is called `tools` in there is no build tool. */
export const SOURCE_FOLDERS: ReadonlySet<string> = new Set(
  'app lib server source sources src'.split(' '),
);

/** Folders whose files are started from a terminal, wherever they lie. */
export const TERMINAL_FOLDERS: ReadonlySet<string> = new Set(['bin', 'cli']);

/** Folders of tests, wherever they lie. */
export const TEST_FOLDERS: ReadonlySet<string> = new Set(
  '__mocks__ __tests__ cypress e2e integration-tests playwright test tests'.split(' '),
);

/** Packages that only tests of types import: these are compiled, and never run. */
export const TYPE_TEST_PACKAGES: readonly string[] = ['tsd', 'tsd-lite', 'tstyche'];

/** Packages that only tests, and what helps them, import; `test` is Node's own. */
export const TEST_PACKAGES: ReadonlySet<string> = new Set(
  '@jest/globals @playwright/test ava bun:test jest mocha tap test uvu vitest vitest/node'.split(
    ' ',
  ),
);
