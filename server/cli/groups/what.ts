import type { Command } from 'commander';
import { collect } from './values.ts';

/** Options that say what is linted, beside paths. */
export interface What {
  /** The only tsconfigs to open; those that the paths belong to when there are none. */
  readonly project: readonly string[];
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
}

/** What holds when nothing is said. */
export const WHAT: What = { project: [], stdin: false, stdinFilename: undefined };

/** Adds the group; a line an option, none so long that it wraps. */
export function addWhat(command: Command): Command {
  return command
    .optionsGroup('What to lint:')
    .option('--project <file>', 'open this tsconfig.json and no other; repeatable', collect)
    .option('--stdin', 'lint what comes in as the text of one file')
    .option('--stdin-filename <file>', 'the file that it is the unsaved text of');
}
