import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFile, slashed } from './files.ts';

/** The file of the first of these names that there is, in the nearest folder at or above one. */
export function nearest(folder: string, names: readonly string[]): string | undefined {
  return found(folder, (current) => names.map((name) => join(current, name)).find(isFile));
}

/** The folder that holds the packages of what lies in another. */
export function nearestModules(folder: string): string | undefined {
  return found(folder, (current) => {
    const path = join(current, 'node_modules');
    return isFolder(path) ? path : undefined;
  });
}

/** The root of the repository that a folder lies in; in a worktree and in a submodule `.git` is a file. */
export function nearestRepository(folder: string): string | undefined {
  return found(folder, (current) => (existsSync(join(current, '.git')) ? current : undefined));
}

function found(folder: string, look: (folder: string) => string | undefined): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = look(current);
    if (path !== undefined) return slashed(path);
    if (dirname(current) === current) return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The config that a path means: itself, or the one in that folder. */
export function configAt(path: string): string {
  return slashed(isFolder(path) ? join(path, 'tsconfig.json') : path);
}
