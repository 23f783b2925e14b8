import { type Command, Option } from 'commander';
import { addCommands } from './commands.ts';
import type { Errand } from './errand.ts';
import { addScaleCommands } from './scale-commands.ts';

/** Where the project is, as every subcommand lets one say. */
export interface Surroundings {
  readonly config: string | undefined;
  readonly project: string | undefined;
  readonly color: boolean | undefined;
}

/** Asks for the reasons behind one line, or for a rule's page. */
export interface Explain extends Surroundings {
  readonly command: 'explain';
  /** `file:line`, or a rule's id. */
  readonly subject: string;
}

/** Asks for the picture of one function. */
export interface Draw extends Surroundings {
  readonly command: 'waterfall';
  /** `file:function`. */
  readonly subject: string;
  readonly picture: 'text' | 'svg' | 'html';
}

interface Given extends Partial<Surroundings> {
  readonly svg?: boolean;
  readonly html?: boolean;
}

/** Lets the command line ask for more than a run; `asked` hears what it asks for. */
export function addSubcommands(
  command: Command,
  asked: (one: Explain | Draw | Errand) => void,
): void {
  addScaleCommands(command, asked);
  subcommand(command, 'explain', 'Tells why something is reported, or is not.')
    .helpGroup('understanding')
    .argument('<file:line|rule>', 'a place, such as src/users.ts:42, or the id of a rule')
    .action((subject: string, given: Given) => {
      asked({ command: 'explain', subject, ...surroundingsOf(given) });
    });
  subcommand(command, 'waterfall', 'Draws what a function waits for, today and overlapped.')
    .helpGroup('understanding')
    .argument('<file:function>', 'such as src/users.ts:getUserData or src/users.ts:Users.load')
    .option('--text', 'for a terminal; this is the default')
    .addOption(new Option('--svg', 'as a picture').conflicts(['text', 'html']))
    .addOption(new Option('--html', 'as a page').conflicts(['text', 'svg']))
    .addHelpText('after', DURATIONS)
    .action((subject: string, given: Given) => {
      const picture = given.svg ? 'svg' : given.html ? 'html' : 'text';
      asked({ command: 'waterfall', subject, picture, ...surroundingsOf(given) });
    });
  addCommands(command, asked);
}

const DURATIONS = `
Comments beside awaits tell how long they take: // 100ms, // 1.5 s.
A loop counts as one turn, and nothing is taken to fail.`;

function subcommand(command: Command, name: string, description: string): Command {
  return command
    .command(name)
    .description(description)
    .option('--config <file>', 'read this asynclint.jsonc and no other')
    .option('--project <file>', 'open this tsconfig.json and no other')
    .option('--color', 'colour the output, wherever it goes')
    .option('--no-color', 'do not colour it')
    .helpOption('--help', 'print this');
}

function surroundingsOf({ config, project, color }: Given): Surroundings {
  return { config, project, color };
}
