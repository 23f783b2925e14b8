/** Subcommands for code bases that are large, or were there before asynclint. What they need is loaded when they run. */
import type { Command } from 'commander';
import type { Arguments } from './arguments.ts';
import { DEFAULTS } from './defaults.ts';
import type { Errand } from './errand.ts';
import { addRules } from './groups/rules.ts';
import { addWhat } from './groups/what.ts';

/** Describes them; `asked` hears which one is to run. */
export function addScaleCommands(command: Command, asked: (errand: Errand) => void): void {
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
          const { acceptAll } = await import('./baseline.ts');
          const { lintPaths } = await import('./run.ts');
          return lintPaths(given, terminal, parts, undefined, acceptAll);
        },
      });
    });
  addRules(addWhat(baseline)).helpOption('--help', 'print this');
}
