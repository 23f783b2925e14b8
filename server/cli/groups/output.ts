import { type Command, Option } from 'commander';
import { parseCount } from './values.ts';

/** Options that say what is printed, and what fails. */
export interface Output {
  readonly format: 'text' | 'json';
  readonly quiet: boolean;
  readonly maxWarnings: number;
  /** `undefined`: as the terminal and the environment say. */
  readonly color: boolean | undefined;
}

/** What holds when nothing is said. */
export const OUTPUT: Output = { format: 'text', quiet: false, maxWarnings: 0, color: undefined };

/** Adds the group; a line an option, none so long that it wraps. */
export function addOutput(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(new Option('--format <name>').choices(['text', 'json']))
    .option('--quiet', 'print errors only')
    .option('--max-warnings <n>', 'fail only when there are more warnings than this', parseCount)
    .option('--color', 'colour it, wherever it goes; `--no-color`: do not')
    .addOption(new Option('--no-color').hideHelp());
}
