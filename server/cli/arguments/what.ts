import type { Command } from 'commander';
import type { Shard } from '#workspace/shard.ts';
import { collect, parseShard } from './values.ts';

/** Options that say what is linted, beside paths. */
export interface What {
  /** The only tsconfigs to open; those that the paths belong to when there are none. */
  readonly project: readonly string[];
  /** The git reference since which files must have changed. */
  readonly since: string | undefined;
  readonly dependents: boolean;
  readonly shard: Shard | undefined;
  readonly stdin: boolean;
  readonly stdinFilename: string | undefined;
}

/** What holds when nothing is said. */
export const WHAT: What = {
  project: [],
  since: undefined,
  dependents: false,
  shard: undefined,
  stdin: false,
  stdinFilename: undefined,
};

/** Adds the group; a line an option, none so long that it wraps. */
export function addWhat(command: Command): Command {
  return command
    .optionsGroup('What to lint:')
    .option('--project <file>', 'open this tsconfig.json and no other; repeatable', collect)
    .option(
      '--since <ref>',
      'files that changed since a git branch, tag or commit; uncommitted too',
    )
    .option('--dependents', 'with --since: also files that import those, however far')
    .option(
      '--shard <i/n>',
      'one of n parts of the work; `asynclint merge` joins reports',
      parseShard,
    )
    .option('--stdin', 'lint what comes in as the text of one file')
    .option('--stdin-filename <file>', 'the file that it is the unsaved text of');
}
