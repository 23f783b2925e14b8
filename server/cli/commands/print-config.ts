import { isDeepStrictEqual } from 'node:util';
import { relativeName } from '#formats/place.ts';
import { rules } from '#rules';
import type { Effective } from '#workspace/effective.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { optionsOf } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { inspecting } from './inspection.ts';

/**
 * How one file is linted, as JSON that a config could say.
 * @throws {UsageMistake} when there is no such file, or it cannot be linted.
 */
export async function printedConfig(
  given: Arguments,
  path: string,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<string> {
  const options = { ...optionsOf(given, parts.rules ?? rules, terminal.cwd), ...parts };
  const effective = await inspecting(
    path,
    { config: given.config },
    terminal,
    options,
    (linter, file) => {
      return linter.effective(file);
    },
  );
  if (effective === undefined) throw new UsageMistake(`No project holds \`${path}\`.`);
  return `${JSON.stringify(printable(effective, terminal.cwd, given.only), undefined, 2)}\n`;
}

function printable(effective: Effective, cwd: string, only: readonly string[]): object {
  const { file, tsconfig, configs, ignored, settings } = effective;
  const choices = Object.entries(effective.rules).map(([id, { severity, options }]) => {
    const chosen = only.length === 0 || only.includes(id) ? severity : 'off';
    const isBare = chosen === 'off' || isDeepStrictEqual(options, {});
    return [id, isBare ? chosen : [chosen, options]];
  });
  return {
    file: relativeName(cwd, file),
    tsconfig: tsconfig === undefined ? null : relativeName(cwd, tsconfig),
    configs: configs.map((config) => relativeName(cwd, config)),
    ignored,
    rules: Object.fromEntries(choices),
    settings,
  };
}
