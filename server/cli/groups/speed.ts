import type { Command } from 'commander';

/** Options that save time, or tell where it went. */
export interface Speed {
  readonly stats: boolean;
}

/** What holds when nothing is said. */
export const SPEED: Speed = { stats: false };

/** Adds the group; a line an option, none so long that it wraps. */
export function addSpeed(command: Command): Command {
  return command
    .optionsGroup('Speed:')
    .option('--stats', 'tell where the time went, and where our own bugs happened');
}
