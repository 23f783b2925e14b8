/** Subcommands that bring asynclint to code that was there before. */
import { Argument, type Command, Option } from 'commander';
import { UsageMistake } from '#workspace/usage-mistake.ts';
import type { Arguments } from './arguments.ts';
import { DEFAULTS } from './defaults.ts';
import { type Asked, subcommand } from './errand.ts';
import { addRules } from './rules.ts';
import { addWhat } from './what.ts';

const PRESETS = ['recommended', 'strict', 'all'];

/** Describes them; `asked` hears which one is to run. */
export function addAdopting(command: Command, asked: Asked): void {
  addBaseline(command, asked);
  addInit(command, asked);
  addMigrate(command, asked);
  addCompletion(command, asked);
}

function addBaseline(command: Command, asked: Asked): void {
  const baseline = subcommand(
    command,
    'baseline',
    'adoption',
    'Accepts all that is found today: later runs tell only what is new.',
  )
    .usage('[options] [paths…]')
    .argument('[paths...]')
    .action((paths: readonly string[], told: Partial<Arguments>) => {
      const given = { ...DEFAULTS, ...told, paths };
      asked({
        command: 'baseline',
        run: async (terminal, parts) => {
          if (given.stdin || given.printConfig !== undefined) throw new UsageMistake(ON_DISK);
          const { acceptAll } = await import('../commands/baseline.ts');
          const { lintPaths } = await import('../run.ts');
          return lintPaths(given, terminal, parts, undefined, acceptAll);
        },
      });
    });
  addRules(addWhat(baseline));
  for (const option of baseline.options) if (isOdd(option)) option.hideHelp();
}

const ON_DISK =
  '`asynclint baseline` accepts what is found in files, so it goes with no `--stdin` and no `--print-config`.';

function isOdd({ long }: Option): boolean {
  return long === '--stdin' || long === '--stdin-filename' || long === '--print-config';
}

function addInit(command: Command, asked: Asked): void {
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

function addMigrate(command: Command, asked: Asked): void {
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

function addCompletion(command: Command, asked: Asked): void {
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
