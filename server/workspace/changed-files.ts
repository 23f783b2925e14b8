import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { slashed } from './files.ts';
import { UsageMistake } from './usage-mistake.ts';

/** What is other than it was: committed since, uncommitted or untracked. Absolute names. */
export interface ChangedFiles {
  /** Changed or added files. A renamed file is one that is gone, and one that was added. */
  readonly present: readonly string[];
  readonly gone: readonly string[];
}

/**
 * Asks git what changed since the last commit that a reference and the current branch have in common.
 * @throws {UsageMistake} outside of a repository, and when there is no such reference.
 */
export function changedSince(ref: string, cwd: string): ChangedFiles {
  const up = git(['rev-parse', '--show-cdup'], cwd);
  if (up === undefined) {
    throw new UsageMistake('`--since` asks git, and this folder is in no git repository.');
  }
  if (ref === '') throw new UsageMistake(EMPTY_REF);
  const root = resolve(cwd, up.trim());
  const commit = git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    root,
  );
  if (commit === undefined) throw new UsageMistake(unknownRef(ref, root));
  const base = git(['merge-base', commit.trim(), 'HEAD'], root) ?? commit;
  const tracked = git(
    ['diff', '--name-only', '--no-renames', '--no-ext-diff', '-z', base.trim()],
    root,
  );
  const untracked = git(['ls-files', '--others', '--exclude-standard', '-z'], root);
  const names = `${tracked ?? ''}${untracked ?? ''}`.split('\0').filter(Boolean);
  const files = [...new Set(names)].map((name) => slashed(resolve(root, name)));
  return {
    present: files.filter((file) => existsSync(file)),
    gone: files.filter((file) => !existsSync(file)),
  };
}

const EMPTY_REF =
  '`--since` is given nothing: name a branch, tag or commit; a variable may be empty.';

function unknownRef(ref: string, root: string): string {
  const isShallow = git(['rev-parse', '--is-shallow-repository'], root)?.trim() === 'true';
  const hint = isShallow
    ? 'This clone is shallow: fetch more of the history, with `fetch-depth: 0` in actions/checkout.'
    : 'Fetch it, or name another branch, tag or commit.';
  return `git knows no commit \`${ref}\`. ${hint}`;
}

/** What git prints; nothing when it fails. */
function git(args: readonly string[], cwd: string): string | undefined {
  const { status, stdout, error } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    windowsHide: true,
  });
  if (error !== undefined)
    throw new UsageMistake(`\`--since\` asks git, which cannot be run: ${error.message}.`);
  return status === 0 ? stdout : undefined;
}
