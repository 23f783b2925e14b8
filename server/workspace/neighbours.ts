import { dirname } from 'node:path';
import { walk } from './files.ts';
import { GitIgnore } from './git-ignore.ts';
import { nearest, nearestRepository } from './nearest.ts';

/**
 * All sources of the repository that a file lies in, whatever project they belong to; of its package where there is no
 * repository. What git ignores is left out.
 */
export function sourcesAround(file: string): readonly string[] {
  const folder = dirname(file);
  const root = nearestRepository(folder) ?? packageAround(folder);
  if (root === undefined) return [];
  const ignored = new GitIgnore(root);
  const { sources } = walk(root, (one) => ignored.ignoresFolder(one));
  return sources.filter((one) => !ignored.ignores(one));
}

function packageAround(folder: string): string | undefined {
  const manifest = nearest(folder, ['package.json']);
  return manifest && dirname(manifest);
}
