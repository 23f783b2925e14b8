/** Subcommands for code bases that are large, or were there before asynclint. What they need is loaded when they run. */
import type { Command } from 'commander';
import type { Arguments } from './arguments.ts';
import { DEFAULTS } from './defaults.ts';
import type { Errand } from './errand.ts';
import { addOutput } from './output.ts';
import { addRules } from './rules.ts';
import { addWhat } from './what.ts';

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
          const { acceptAll } = await import('../commands/baseline.ts');
          const { lintPaths } = await import('../run.ts');
          return lintPaths(given, terminal, parts, undefined, acceptAll);
        },
      });
    });
  addRules(addWhat(baseline)).helpOption('--help', 'print this');
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
          return (await import('../commands/merge.ts')).merge(reports, given, terminal, parts);
        },
      });
    });
  addOutput(merge).helpOption('--help', 'print this');
}
