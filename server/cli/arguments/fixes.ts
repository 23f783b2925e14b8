import type { Command } from 'commander';
import { collect } from './values.ts';

/** Options that say what is mended. */
export interface Fixes {
  readonly fix: boolean;
  readonly fixSuggested: boolean;
  /** Rules whose findings are fixed; empty for all. */
  readonly fixOnly: readonly string[];
  readonly diff: boolean;
  readonly dryRun: boolean;
}

/** What holds when nothing is said. */
export const FIXES: Fixes = {
  fix: false,
  fixSuggested: false,
  fixOnly: [],
  diff: false,
  dryRun: false,
};

/** Adds the group; a line an option, none so long that it wraps. */
export function addFixes(command: Command): Command {
  return command
    .optionsGroup('Fixing:')
    .option('--fix', 'apply the fixes that keep behaviour')
    .option('--fix-suggested', 'apply the suggested fixes too; read what they did')
    .option('--fix-only <id>', 'fix what this rule finds, and nothing else; repeatable', collect)
    .option('--diff', 'print what fixing would change as a patch, and write nothing')
    .option('--dry-run', 'report as if all was fixed, and write nothing');
}

/** Whether anything is to be fixed, be it only to be shown. */
export function wantsFixes({ fix, fixSuggested, fixOnly, diff }: Fixes): boolean {
  return fix || fixSuggested || fixOnly.length > 0 || diff;
}
