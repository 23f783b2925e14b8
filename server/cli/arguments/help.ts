import type { Command, Option } from 'commander';

/** Columns that help is made for. */
const WIDTH = 100;

/** Makes a command print through `write`, never end the process, and keep its help to one screen. */
export function helpful(command: Command, write: (text: string) => void): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: (text, print) => {
        print(HAS_REMEDY.test(text) ? text : `${text}See \`${nameOf(command)} --help\`.\n`);
      },
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
    })
    .configureHelp({ visibleCommands: () => [], visibleOptions: optionsOf, optionDescription });
  if (command.commands.length > 0) command.addHelpText('after', commandsOf(command));
}

/** Mistakes that are told with what to write instead. */
const HAS_REMEDY = /Did you mean|Allowed choices|Write |There is no|; try/;

/** As it is typed. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

/** `--help` and `--version` need no explanation: the last line names them. */
function optionsOf({ options }: Command): Option[] {
  return options.filter(({ hidden, long }) => !hidden && long !== '--version');
}

/** What an option takes, in our words. */
function optionDescription({ description, argChoices = [] }: Option): string {
  return [description, argChoices.join(', ')].filter(Boolean).join(': ');
}

/** Commands by what they are for, a line a purpose: each tells more of itself. */
function commandsOf({ commands }: Command): string {
  const purposes = new Map<string, string[]>();
  // What serves shells alone has no description.
  for (const command of commands.filter((one) => one.description() !== '')) {
    const purpose = command.helpGroup();
    const named = `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trim();
    purposes.set(purpose, [...(purposes.get(purpose) ?? []), named]);
  }
  return [
    '',
    'Commands (`asynclint <command> --help` tells more):',
    ...[...purposes].map(([purpose, names]) => `  ${purpose}: ${names.join(', ')}`),
    '',
    '--version prints the version, --help this.',
    'Exit code: 0 clean, 1 findings, 2 wrong usage or config, 3 our bug.',
  ].join('\n');
}
