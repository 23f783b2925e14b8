import { type Command, Option } from 'commander';
import { parseFolder } from './values.ts';

/** Options that save time, or tell where it went. */
export interface Speed {
  /** Whether to take over what an earlier run found in files that are the same. */
  readonly cache: boolean;
  /** Folder to keep it in; `undefined`: beside the dependencies. */
  readonly cacheLocation: string | undefined;
  readonly stats: boolean;
}

/** What holds when nothing is said. */
export const SPEED: Speed = { cache: false, cacheLocation: undefined, stats: false };

/** Adds the group; a line an option, none so long that it wraps. */
export function addSpeed(command: Command): Command {
  return command
    .optionsGroup('Speed:')
    .option('--cache', 'lint only what may have changed since the last run')
    .addOption(new Option('--no-cache').hideHelp())
    .addOption(
      new Option('--cache-location <folder>', 'the same, keeping results there')
        .argParser(parseFolder)
        .implies({ cache: true }),
    )
    .option('--stats', 'tell where the time went, and where our own bugs happened');
}
