import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { slashed } from './files.ts';
import { nearestModules } from './nearest.ts';

/** A folder for what we write, and what follows for a config that lies there. */
export interface Place {
  readonly folder: string;
  /** Where types are, when the place itself does not tell. */
  readonly typeRoots: { readonly typeRoots: readonly string[] } | undefined;
}

/** Beside the project's dependencies, where types are found by themselves; else where anyone may write. */
export function placeFor(
  folder: string,
  mayWrite: (folder: string) => boolean = isWritable,
): Place {
  const modules = nearestModules(folder);
  if (modules !== undefined && mayWrite(modules)) {
    return { folder: `${modules}/.cache/asynclint`, typeRoots: undefined };
  }
  const ours = join(tmpdir(), `asynclint-${process.getuid?.() ?? 'cache'}`);
  return { folder: slashed(ours), typeRoots: { typeRoots: typeRootsAbove(folder) } };
}

function typeRootsAbove(folder: string): readonly string[] {
  const roots: string[] = [];
  for (let current = folder; ; current = dirname(current)) {
    roots.push(slashed(join(current, 'node_modules/@types')));
    if (dirname(current) === current) return roots;
  }
}

/**
 * Makes a folder, and those above it. Node's own way of doing so never ends below `/proc`, where nothing can be made.
 * @throws when it cannot be made.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have been faster.
    if (!existsSync(folder)) throw error;
  }
}

/** Whether we may write into a folder. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
