/** Subcommands for code bases that are large, or were there before asynclint. What they need is loaded when they run. */
import type { Command, Option } from 'commander';
import { UsageMistake } from '../workspace/usage-mistake.ts';
import type { Arguments } from './arguments.ts';
import { DEFAULTS } from './defaults.ts';
import type { Errand } from './errand.ts';
import { addOutput } from './groups/output.ts';
import { addRules } from './groups/rules.ts';
import { addWhat } from './groups/what.ts';

/** Describes them; `asked` hears which one is to run. */
export function addScaleCommands(command: Command, asked: (errand: Errand) => void): void {
  addBaseline(command, asked);
  addMerge(command, asked);
}

function addBaseline(command: Command, asked: (errand: Errand) => void): void {
  const baseline = command
    .command('baseline')
    .helpGroup('adoption')
    .usage('[options] [paths…]')
    .description('Accepts all that is found today: later runs tell only what is new.')
    .argument('[paths...]')
    .action((paths: readonly string[], told: Partial<Arguments>) => {
      const given = { ...DEFAULTS, ...told, paths };
      asked({
        command: 'baseline',
        run: async (terminal, parts) => {
          if (given.stdin || given.printConfig !== undefined) throw new UsageMistake(ON_DISK);
          const { acceptAll } = await import('./baseline.ts');
          const { lintPaths } = await import('./run.ts');
          return lintPaths(given, terminal, parts, undefined, acceptAll);
        },
      });
    });
  addRules(addWhat(baseline)).helpOption('--help', 'print this');
  for (const option of baseline.options) if (isOdd(option)) option.hideHelp();
}

const ON_DISK =
  '`asynclint baseline` accepts what is found in files, so it goes with no `--stdin` and no `--print-config`.';

function isOdd({ long }: Option): boolean {
  return long === '--stdin' || long === '--stdin-filename' || long === '--print-config';
}

function addMerge(command: Command, asked: (errand: Errand) => void): void {
  const merge = command
    .command('merge')
    .helpGroup('scale')
    .usage('[options] <reports…>')
    .description('Joins the JSON reports of all parts of a run, which --shard made, into one.')
    .argument('<reports...>')
    .action((reports: readonly string[], told: Partial<Arguments>) => {
      const given = { ...DEFAULTS, ...told };
      asked({
        command: 'merge',
        run: async (terminal, parts) => {
          return (await import('./merge.ts')).merge(reports, given, terminal, parts);
        },
      });
    });
  addOutput(merge).helpOption('--help', 'print this');
}
