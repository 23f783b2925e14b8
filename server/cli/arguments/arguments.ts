import { Command, CommanderError } from 'commander';
import { addCommands } from './commands.ts';
import { DEFAULTS } from './defaults.ts';
import type { Errand } from './errand.ts';
import { addFixes, type Fixes } from './fixes.ts';
import { helpful } from './help.ts';
import { addServer } from './language-server.ts';
import { addOutput, type Output } from './output.ts';
import { addRules, type Rules } from './rules.ts';
import { addSpeed, type Speed } from './speed.ts';
import { addWhat, type What } from './what.ts';

/** What the command line asks for: what each group of options says, defaults filled in. */
export interface Arguments extends What, Rules, Fixes, Output, Speed {
  /** Empty when none was given. */
  readonly paths: readonly string[];
}

/** Instead of a run: text to print, and the code to leave with. */
export interface Answer {
  readonly text: string;
  readonly exit: number;
}

/** Reads the command line. Help, the version and mistakes are answers. */
export function parseArguments(
  argv: readonly string[],
  version: string,
): Arguments | Errand | Answer {
  let text = '';
  let asked: Errand | undefined;
  const write = (part: string): void => {
    text += part;
  };
  const command = describe(version).action(() => {});
  addCommands(command, (one) => {
    asked = one;
  });
  addServer(command);
  for (const each of [command, ...command.commands]) helpful(each, write);
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, exit: error.exitCode === 0 ? 0 : 2 };
  }
  return asked ?? argumentsOf(command);
}

function argumentsOf(command: Command): Arguments {
  // Commander hands out what was given alone.
  const given = command.opts<Partial<Arguments>>();
  return { ...DEFAULTS, ...given, paths: command.args };
}

const ABOUT = `Finds async misuse in TypeScript and JavaScript, says why, and rewrites it.
Paths are files, folders and globs; the current folder when none is given.`;

function describe(version: string): Command {
  const command = new Command('asynclint')
    .usage('[options] [paths…]')
    .description(ABOUT)
    .argument('[paths...]')
    .enablePositionalOptions()
    .helpCommand(false);
  for (const add of [addWhat, addRules, addFixes, addOutput, addSpeed]) add(command);
  return command.version(version, '--version', 'print the version').helpOption('--help');
}
