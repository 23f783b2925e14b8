import type { Command } from 'commander';

/** Options that say what is linted, beside paths. */
export interface What {
  /** The only tsconfigs to open; those that the paths belong to when there are none. */
  readonly project: string | undefined;
}

/** What holds when nothing is said. */
export const WHAT: What = { project: undefined };

/** Adds the group; a line an option, none so long that it wraps. */
export function addWhat(command: Command): Command {
  return command
    .optionsGroup('What to lint:')
    .option('--project <file>', 'open this tsconfig.json and no other');
}
