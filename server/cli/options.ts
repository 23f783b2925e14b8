import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { commentRules, type Rule } from '#engine';
import { unknownName } from '../config/nearest-name.ts';
import { relativeName } from '../formats/place.ts';
import { isFile, slashed } from '../workspace/files.ts';
import { configAt } from '../workspace/nearest.ts';
import type { LinterOptions } from '../workspace/options.ts';
import { UsageMistake } from '../workspace/project.ts';
import type { Arguments } from './arguments/arguments.ts';
import { contradictionIn } from './arguments/contradictions.ts';
import { tsconfigsOf } from './paths.ts';

/** @throws {UsageMistake} for rules and files that do not exist, and options that contradict each other. */
export function checkGiven(given: Arguments, known: readonly Rule[], cwd: string): void {
  const ids = [...known, ...commentRules].map(({ id }) => id);
  for (const id of [...given.only, ...given.fixOnly, ...Object.keys(given.rule)]) {
    if (!ids.includes(id)) throw new UsageMistake(unknownName('rule', id, ids));
  }
  const contradiction = contradictionIn(given);
  if (contradiction !== undefined) throw new UsageMistake(contradiction);
  checkFiles(given.config, given.project, cwd);
}

/** @throws {UsageMistake} when a config to read does not exist. */
export function checkFiles(
  config: string | undefined,
  projects: readonly string[],
  cwd: string,
): void {
  if (config !== undefined) {
    const stat = statSync(resolve(cwd, config), { throwIfNoEntry: false });
    if (stat === undefined) throw new UsageMistake(`There is no config \`${config}\`.`);
    if (stat.isDirectory()) throw new UsageMistake(`\`${config}\` is a folder; name its config.`);
  }
  for (const project of projects) {
    const tsconfig = configAt(resolve(cwd, project));
    if (isFile(tsconfig)) continue;
    throw new UsageMistake(`There is no tsconfig \`${relativeName(slashed(cwd), tsconfig)}\`.`);
  }
}

/** What the linter is made of, as the command line says. */
export function optionsOf(given: Arguments, rules: readonly Rule[], cwd: string): LinterOptions {
  // Who asks for one rule means it, in whichever preset it is.
  const preset = given.preset ?? (given.only.length > 0 ? 'all' : undefined);
  return {
    cwd,
    rules,
    eagerFixes: true,
    choices: { rules: given.rule, ...(preset && { preset }) },
    ...(given.only.length > 0 && { only: given.only }),
    ...(given.config !== undefined && { config: resolve(cwd, given.config) }),
    ...tsconfigsOf(given, cwd),
    ...(given.minCertainty !== 'likely' && { minCertainty: given.minCertainty }),
    ...(given.suppressed && { suppressed: true }),
    ...(given.stats && { clock: () => performance.now() }),
  };
}
