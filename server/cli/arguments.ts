import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { RuleChoice } from '#engine';

/** What the command line asks for. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly fix: boolean;
  readonly fixSuggested: boolean;
  readonly diff: boolean;
  readonly only: readonly string[];
  readonly rule: Readonly<Record<string, RuleChoice>>;
  readonly preset?: 'recommended' | 'strict' | 'all';
  readonly config?: string;
  readonly project?: string;
  readonly stats: boolean;
  readonly quiet: boolean;
  readonly maxWarnings?: number;
  /** `undefined`: as the terminal and the environment say. */
  readonly color?: boolean;
}

/** Instead of a run: text to print, and the code to leave with. */
export interface Answer {
  readonly text: string;
  readonly exit: number;
}

/** Reads the command line. Help, the version and mistakes are answers. */
export function parseArguments(argv: readonly string[], version: string): Arguments | Answer {
  let text = '';
  const write = (part: string): void => {
    text += part;
  };
  const command = describe(version).configureOutput({ writeOut: write, writeErr: write });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, exit: error.exitCode === 0 ? 0 : 2 };
  }
  return { ...command.opts<Omit<Arguments, 'paths'>>(), paths: command.args };
}

function describe(version: string): Command {
  return new Command('asynclint')
    .description('Finds async misuse in TypeScript and JavaScript, says why, and rewrites it.')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--format <name>', 'how to print').choices(['text', 'json']).default('text'),
    )
    .option('--fix', 'apply the safe fixes', false)
    .option('--fix-suggested', 'apply suggested fixes too: read what they did', false)
    .option('--diff', 'print what --fix would change, and write nothing', false)
    .option('--only <id>', 'run this rule alone; may be repeated', collect, [])
    .option('--rule <id=severity>', 'set a rule to error, warning, information or off', setRule, {})
    .addOption(
      new Option('--preset <name>', 'which rules are on').choices(['recommended', 'strict', 'all']),
    )
    .option('--config <file>', 'use this asynclint.jsonc and no other')
    .option('--project <file>', 'use this tsconfig and no other')
    .option('--quiet', 'print errors only', false)
    .option('--max-warnings <n>', 'fail only when there are more warnings than this', count)
    .option('--stats', 'print where the time went', false)
    .option('--color', 'colour the output')
    .option('--no-color', 'leave it plain')
    .version(version)
    .helpOption('--help', 'print this')
    .exitOverride();
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',')];
}

function setRule(
  value: string,
  before: Readonly<Record<string, RuleChoice>>,
): Readonly<Record<string, RuleChoice>> {
  const [id = '', severity = ''] = value.split('=');
  if (
    severity !== 'error' &&
    severity !== 'warning' &&
    severity !== 'information' &&
    severity !== 'off'
  ) {
    throw new InvalidArgumentError('It is <id>=error, =warning, =information or =off.');
  }
  return { ...before, [id]: severity };
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('It is a number.');
  return number;
}
