import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** A config that another one extends. */
export interface Base {
  readonly file: string;
  /** Folder that its patterns are relative to: its own, or that of who extends it when it is in a package. */
  readonly folder: string;
}

/**
 * Finds what `extends` names: a file, or a package or folder that holds a config. Nothing is run to find out.
 * @param folder of the config that extends it, and the one that its patterns are relative to.
 * @param configIn tells which file of a folder is its config.
 */
export function baseOf(
  name: string,
  folder: { readonly own: string; readonly patterns: string },
  configIn: (folder: string) => string | undefined,
): Base | undefined {
  if (isPath(name)) {
    const file = configAt(resolve(folder.own, name), configIn);
    return file === undefined ? undefined : { file, folder: dirname(file) };
  }
  for (let current = folder.own; ; current = dirname(current)) {
    const file = configAt(join(current, 'node_modules', name), configIn);
    if (file !== undefined) return { file, folder: folder.patterns };
    if (dirname(current) === current) return undefined;
  }
}

/** Whether a name is that of a file, and not of something in a package. */
export function isPath(name: string): boolean {
  return /^\.\.?([/\\]|$)/.test(name) || isAbsolute(name);
}

function configAt(
  path: string,
  configIn: (folder: string) => string | undefined,
): string | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? configIn(path) : path;
}
