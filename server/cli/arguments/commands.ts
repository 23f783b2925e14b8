import type { Command } from 'commander';
import { addAdopting } from './adopting.ts';
import type { Arguments } from './arguments.ts';
import { DEFAULTS } from './defaults.ts';
import { type Asked, subcommand } from './errand.ts';
import { addOutput } from './output.ts';
import { addUnderstanding } from './understanding.ts';

/** Lets the command line ask for more than a run; `asked` hears what. What a subcommand needs is loaded when it runs. */
export function addCommands(command: Command, asked: Asked): void {
  addAdopting(command, asked);
  addMerge(command, asked);
  addUnderstanding(command, asked);
}

function addMerge(command: Command, asked: Asked): void {
  const merge = subcommand(
    command,
    'merge',
    'scale',
    'Joins the JSON reports of all parts of a run, which --shard made, into one.',
  )
    .usage('[options] <reports…>')
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
  addOutput(merge);
}
