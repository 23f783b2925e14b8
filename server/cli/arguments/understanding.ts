/** Subcommands that tell how asynclint comes to what it says. */
import { type Command, Option } from 'commander';
import { type Asked, subcommand } from './errand.ts';

const PURPOSE = 'understanding';

/** Describes them; `asked` hears which one is to run. */
export function addUnderstanding(command: Command, asked: Asked): void {
  addExplain(command, asked);
  addWaterfall(command, asked);
  addRuleList(command, asked);
  addDoctor(command, asked);
}

function addExplain(command: Command, asked: Asked): void {
  const explain = subcommand(
    command,
    'explain',
    PURPOSE,
    'Tells why something is reported, or is not.',
  ).argument('<file:line|rule>', 'a place, such as src/users.ts:42, or the id of a rule');
  addColors(addGoverning(explain)).action((subject: string, given) => {
    asked({
      command: 'explain',
      run: async (terminal, parts) => {
        const { explain: explained } = await import('../commands/explain.ts');
        terminal.out(await explained({ subject, ...given }, terminal, parts));
        return 0;
      },
    });
  });
}

function addWaterfall(command: Command, asked: Asked): void {
  const waterfall = subcommand(
    command,
    'waterfall',
    PURPOSE,
    'Draws what a function waits for, today and overlapped.',
  )
    .argument('<file:function>', 'such as src/users.ts:getUserData or src/users.ts:Users.load')
    .option('--text', 'for a terminal; this is the default')
    .addOption(new Option('--svg', 'as a picture').conflicts(['text', 'html']))
    .addOption(new Option('--html', 'as a page').conflicts(['text', 'svg']))
    .addHelpText('after', DURATIONS);
  addColors(addGoverning(waterfall)).action((subject: string, given) => {
    asked({
      command: 'waterfall',
      run: async (terminal, parts) => {
        const { draw } = await import('../commands/waterfall.ts');
        terminal.out(await draw({ subject, ...given }, terminal, parts));
        return 0;
      },
    });
  });
}

const DURATIONS = `
Comments beside awaits tell how long they take: // 100ms, // 1.5 s.
A loop counts as one turn, and nothing is taken to fail.`;

function addRuleList(command: Command, asked: Asked): void {
  const list = subcommand(command, 'rules', PURPOSE, 'Lists all rules.');
  addColors(list.option('--json', 'for programs')).action((given) => {
    asked({
      command: 'rules',
      run: async (terminal, parts) => {
        return (await import('../commands/rule-list.ts')).listRules(given, terminal, parts.rules);
      },
    });
  });
}

function addDoctor(command: Command, asked: Asked): void {
  const doctor = subcommand(
    command,
    'doctor',
    PURPOSE,
    'Tells what was found, and why a file is left out.',
  ).argument('[path]', 'a file or a folder; the current folder when none is given');
  addGoverning(doctor).action((path: string | undefined, given) => {
    asked({
      command: 'doctor',
      run: async (terminal, parts) => {
        const { examine } = await import('../commands/doctor.ts');
        return examine({ path: path ?? '.', ...given }, terminal, parts);
      },
    });
  });
}

function addGoverning(command: Command): Command {
  return command
    .option('--config <file>', 'read this asynclint.jsonc and no other')
    .option('--project <file>', 'open this tsconfig.json and no other');
}

function addColors(command: Command): Command {
  return command
    .option('--color', 'colour the output, wherever it goes')
    .option('--no-color', 'do not colour it');
}
