import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMAT_NAMES, type FormatName } from '../output/formats.ts';
import { type OutputFile, parseOutput } from '../output/output-file.ts';
import { parseCount } from './values.ts';

/** Options that say what is printed, and what fails. */
export interface Output {
  readonly format: FormatName;
  /** Reports that go into files, beside the printed one. */
  readonly output: readonly OutputFile[];
  /** Whether findings that were accepted are left out. */
  readonly baseline: boolean;
  /** Whether reports that can mark findings as suppressed hold those that are allowed or accepted. */
  readonly suppressed: boolean;
  readonly quiet: boolean;
  readonly maxWarnings: number;
  /** `undefined`: as the terminal and the environment say. */
  readonly color: boolean | undefined;
}

/** What holds when nothing is said. */
export const OUTPUT: Output = {
  format: 'text',
  output: [],
  baseline: true,
  suppressed: false,
  quiet: false,
  maxWarnings: 0,
  color: undefined,
};

/** Adds the group; a line an option, none so long that it wraps. */
export function addOutput(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(new Option('--format <name>').choices(FORMAT_NAMES))
    .option('--output <format=file>', 'write a report into a file as well; repeatable', addFile)
    .option('--no-baseline', 'tell also what `asynclint baseline` has accepted')
    .option('--suppressed', 'in SARIF: also what is allowed or accepted, marked as suppressed')
    .option('--quiet', 'print errors only')
    .option('--max-warnings <n>', 'fail only when there are more warnings than this', parseCount)
    .option('--color', 'colour it, wherever it goes; `--no-color`: do not')
    .addOption(new Option('--no-color').hideHelp());
}

function addFile(value: string, before: readonly OutputFile[] = []): readonly OutputFile[] {
  const file = parseOutput(value);
  if (typeof file === 'string') throw new InvalidArgumentError(file);
  return [...before, file];
}
