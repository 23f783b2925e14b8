import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Preset, RuleChoice, Severity } from '#engine';
import type { Errand } from './errand.ts';
import { addSubcommands, type Draw, type Explain } from './subcommands.ts';

/** What the command line asks for. */
export interface Arguments {
  /** Empty when none was given. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly fix: boolean;
  readonly fixSuggested: boolean;
  readonly diff: boolean;
  /** Rules to run; empty for all that are on. */
  readonly only: readonly string[];
  readonly rules: Readonly<Record<string, RuleChoice>>;
  readonly preset: Preset | undefined;
  readonly config: string | undefined;
  readonly project: string | undefined;
  readonly quiet: boolean;
  readonly maxWarnings: number;
  readonly stats: boolean;
  /** `undefined`: as the terminal and the environment say. */
  readonly color: boolean | undefined;
}

/** Instead of a run: text to print, and the code to leave with. */
export interface Answer {
  readonly text: string;
  readonly exit: number;
}

/** Columns that the help is made for. */
const HELP_WIDTH = 100;

/** Reads the command line. Help, the version and mistakes are answers. */
export function parseArguments(
  argv: readonly string[],
  version: string,
): Arguments | Explain | Draw | Errand | Answer {
  let text = '';
  let asked: Explain | Draw | Errand | undefined;
  const write = (part: string): void => {
    text += part;
  };
  const command = describe(version)
    .configureOutput({
      writeOut: write,
      writeErr: write,
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
    .action(() => {});
  addSubcommands(command, (one) => {
    asked = one;
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, exit: error.exitCode === 0 ? 0 : 2 };
  }
  return asked ?? argumentsOf(command);
}

/** Options as commander hands them out: those that were not given are missing. */
interface Given extends Partial<Omit<Arguments, 'rules' | 'paths'>> {
  readonly rule?: Arguments['rules'];
}

function argumentsOf(command: Command): Arguments {
  const given = command.opts<Given>();
  return {
    paths: command.args,
    format: given.format ?? 'text',
    fix: given.fix ?? false,
    fixSuggested: given.fixSuggested ?? false,
    diff: given.diff ?? false,
    only: given.only ?? [],
    rules: given.rule ?? {},
    preset: given.preset,
    config: given.config,
    project: given.project,
    quiet: given.quiet ?? false,
    maxWarnings: given.maxWarnings ?? 0,
    stats: given.stats ?? false,
    color: given.color,
  };
}

function describe(version: string): Command {
  const presets = ['recommended', 'strict', 'all'];
  return new Command('asynclint')
    .usage('[options] [paths…]')
    .description('Finds async misuse in TypeScript and JavaScript, says why, and rewrites it.')
    .argument('[paths...]', 'files, folders and globs; the current folder when none is given')
    .addOption(new Option('--format <name>', 'how to print').choices(FORMATS))
    .option('--fix', 'apply the fixes that keep behaviour')
    .option('--fix-suggested', 'apply the suggested fixes too; read what they did')
    .option('--diff', 'print what fixing would change, and write nothing')
    .option('--only <id>', 'run this rule and no other; repeatable', collect)
    .option('--rule <id=severity>', `error, warning, information or off; repeatable`, setRule)
    .addOption(new Option('--preset <name>', 'rules that are on').choices(presets))
    .option('--config <file>', 'read this asynclint.jsonc and no other')
    .option('--project <file>', 'open this tsconfig.json and no other')
    .option('--quiet', 'print errors only')
    .option('--max-warnings <n>', 'fail only when there are more warnings than this', parseCount)
    .option('--stats', 'tell where the time went, and where our own bugs happened')
    .option('--color', 'colour the output, wherever it goes')
    .option('--no-color', 'do not colour it')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .addHelpText('after', FURTHER)
    .enablePositionalOptions()
    .helpCommand(false)
    .exitOverride();
}

const FURTHER = `
Exit code: 0 clean, 1 findings, 2 wrong usage or config, 3 our bug.
\`asynclint explain <rule|file:line>\` tells why something is reported, or is not.
\`asynclint waterfall <file:function>\` draws what a function waits for.
\`asynclint lsp --stdio\` is the language server, for any editor.`;

const FORMATS = ['text', 'json'];
const SEVERITIES = ['error', 'warning', 'information', 'off'];

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function setRule(value: string, before: Arguments['rules'] = {}): Arguments['rules'] {
  const [id = '', severity = '', ...rest] = value.split('=');
  if (id === '' || !isSeverity(severity) || rest.length > 0) {
    throw new InvalidArgumentError(`Write <id>=<severity>: ${SEVERITIES.join(', ')}.`);
  }
  return { ...before, [id]: severity };
}

function isSeverity(value: string): value is Severity | 'off' {
  return SEVERITIES.includes(value);
}

function parseCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Write a whole number.');
  return Number(value);
}
