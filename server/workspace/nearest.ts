import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { slashed } from './files.ts';

/** The first of these names that exists, in the nearest folder at or above one. */
export function nearest(folder: string, names: readonly string[]): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    for (const name of names) {
      const path = join(current, name);
      if (existsSync(path)) return slashed(path);
    }
    if (dirname(current) === current) return undefined;
  }
}

/** The config that a path means: itself, or the one in that folder. */
export function configAt(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return slashed(isFolder ? join(path, 'tsconfig.json') : path);
}
