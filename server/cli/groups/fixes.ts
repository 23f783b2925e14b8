import type { Command } from 'commander';

/** Options that say what is mended. */
export interface Fixes {
  readonly fix: boolean;
  readonly fixSuggested: boolean;
  readonly diff: boolean;
}

/** What holds when nothing is said. */
export const FIXES: Fixes = { fix: false, fixSuggested: false, diff: false };

/** Adds the group; a line an option, none so long that it wraps. */
export function addFixes(command: Command): Command {
  return command
    .optionsGroup('Fixing:')
    .option('--fix', 'apply the fixes that keep behaviour')
    .option('--fix-suggested', 'apply the suggested fixes too; read what they did')
    .option('--diff', 'print what fixing would change as a patch, and write nothing');
}
