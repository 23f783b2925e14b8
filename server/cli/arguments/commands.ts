/** Subcommands that do more than lint. What they need is loaded when they run. */
import { Argument, type Command, Option } from 'commander';
import type { Errand } from './errand.ts';

const PRESETS = ['recommended', 'strict', 'all'];

/** Describes them; `asked` hears which one is to run. */
export function addCommands(command: Command, asked: (errand: Errand) => void): void {
  addInit(command, asked);
  addMigrate(command, asked);
  addRules(command, asked);
  addDoctor(command, asked);
  addCompletion(command, asked);
}

function addInit(command: Command, asked: (errand: Errand) => void): void {
  subcommand(command, 'init', 'adoption', 'Writes a config, a script and what CI needs.')
    .addOption(new Option('--preset <name>', 'rules that are on').choices(PRESETS))
    .option('--force', 'replace a config that is there')
    .option('--dry-run', 'print what would be written, and write nothing')
    .action((given) => {
      asked({
        command: 'init',
        run: async (terminal) => (await import('../commands/init.ts')).init(given, terminal),
      });
    });
}

function addMigrate(command: Command, asked: (errand: Errand) => void): void {
  subcommand(command, 'migrate', 'adoption', 'Carries over what ESLint, oxlint or Biome is told.')
    .argument('[paths...]', 'configs to read, or with --comments what to rewrite; those found here')
    .option('--comments', 'rewrite disable comments of rules that asynclint has, instead')
    .option('--run-config', 'run an ESLint config that cannot be read, and take what it exports')
    .option('--force', 'replace an asynclint.jsonc that is there')
    .option('--dry-run', 'print what would be written, and write nothing')
    .addHelpText('after', READING)
    .action((paths: readonly string[], given) => {
      asked({
        command: 'migrate',
        run: async (terminal, parts) => {
          const { migrate } = await import('../commands/migrate.ts');
          return migrate({ ...given, paths }, terminal, parts);
        },
      });
    });
}

const READING = `
Configs are read, not run: eslint.config.*, .eslintrc*, .oxlintrc.json, biome.json(c).`;

function addRules(command: Command, asked: (errand: Errand) => void): void {
  subcommand(command, 'rules', 'understanding', 'Lists all rules.')
    .option('--json', 'for programs')
    .option('--color', 'colour the output, wherever it goes')
    .option('--no-color', 'do not colour it')
    .action((given) => {
      asked({
        command: 'rules',
        run: async (terminal, parts) => {
          return (await import('../commands/rule-list.ts')).listRules(given, terminal, parts.rules);
        },
      });
    });
}

function addDoctor(command: Command, asked: (errand: Errand) => void): void {
  subcommand(
    command,
    'doctor',
    'understanding',
    'Tells what was found, and why a file is left out.',
  )
    .argument('[path]', 'a file or a folder; the current folder when none is given')
    .option('--config <file>', 'read this asynclint.jsonc and no other')
    .option('--project <file>', 'open this tsconfig.json and no other')
    .action((path: string | undefined, given) => {
      asked({
        command: 'doctor',
        run: async (terminal, parts) => {
          const { examine } = await import('../commands/doctor.ts');
          return examine({ path: path ?? '.', ...given }, terminal, parts);
        },
      });
    });
}

function addCompletion(command: Command, asked: (errand: Errand) => void): void {
  subcommand(command, 'completion', 'adoption', 'Prints what makes a shell complete asynclint.')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', COMPLETION)
    .action((shell: string) => {
      asked({
        command: 'completion',
        run: async (terminal) => {
          terminal.out((await import('../commands/completion.ts')).scriptFor(shell));
          return 0;
        },
      });
    });
  command
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action((words: readonly string[]) => {
      asked({
        command: 'complete',
        run: async (terminal, parts) => {
          const { suggestions } = await import('../commands/completion.ts');
          terminal.out(suggestions(command, words, parts.rules));
          return 0;
        },
      });
    });
}

const COMPLETION = `
bash: eval "$(asynclint completion bash)"     in ~/.bashrc
zsh:  eval "$(asynclint completion zsh)"      in ~/.zshrc, after compinit
fish: asynclint completion fish | source      in ~/.config/fish/config.fish`;

function subcommand(command: Command, name: string, group: string, description: string): Command {
  return command
    .command(name)
    .helpGroup(group)
    .description(description)
    .helpOption('--help', 'print this');
}
