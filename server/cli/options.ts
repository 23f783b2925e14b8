import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { commentRules, type Rule } from '#engine';
import { unknownName } from '../config/nearest-name.ts';
import type { LinterOptions } from '../workspace/linter.ts';
import { UsageMistake } from '../workspace/project.ts';
import type { Arguments } from './arguments.ts';

/** @throws {UsageMistake} for rules and files that do not exist, and options that contradict each other. */
export function checkGiven(given: Arguments, known: readonly Rule[], cwd: string): void {
  const ids = [...known, ...commentRules].map(({ id }) => id);
  for (const id of [...given.only, ...Object.keys(given.rules)]) {
    if (!ids.includes(id)) throw new UsageMistake(unknownName('rule', id, ids));
  }
  checkConfig(given, cwd);
  if (given.diff && given.format !== 'text') {
    throw new UsageMistake('`--diff` prints a patch, so it goes with no `--format`.');
  }
}

/** @throws {UsageMistake} when the config to read does not exist. */
export function checkConfig({ config }: Pick<Arguments, 'config'>, cwd: string): void {
  if (config === undefined || existsSync(resolve(cwd, config))) return;
  throw new UsageMistake(`There is no config \`${config}\`.`);
}

/** What the linter is made of, as the command line says. */
export function optionsOf(given: Arguments, rules: readonly Rule[], cwd: string): LinterOptions {
  // Who asks for one rule means it, in whichever preset it is.
  const preset = given.preset ?? (given.only.length > 0 ? 'all' : undefined);
  return {
    cwd,
    rules,
    eagerFixes: true,
    choices: { rules: given.rules, ...(preset && { preset }) },
    ...(given.only.length > 0 && { only: given.only }),
    ...(given.config !== undefined && { config: resolve(cwd, given.config) }),
    ...(given.project !== undefined && { tsconfig: resolve(cwd, given.project) }),
    ...(given.stats && { clock: () => performance.now() }),
  };
}

/** Without paths: the folder of the one project that was named, else where we are. */
export function startsOf({ paths, project }: Arguments): readonly string[] {
  if (paths.length > 0) return paths;
  return [project === undefined ? '.' : dirname(project)];
}
