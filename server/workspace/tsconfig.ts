import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseTsconfig, type TsConfigJsonResolved } from 'get-tsconfig';
import { slashed } from './files.ts';

/** A config as far as we read it ourselves. */
export interface ConfigFile {
  readonly path: string;
  /** What it and the configs that it extends say; `undefined` when it cannot be read. */
  readonly content: TsConfigJsonResolved | undefined;
  /** Absolute names of the configs that it refers to; those that do not exist are left out. */
  readonly references: readonly string[];
}

/** Reads a config and what it extends. A broken one has no content: the compiler will say what is wrong. */
export function readConfig(path: string): ConfigFile {
  try {
    const content = parseTsconfig(path);
    return { path, content, references: referencesOf(path, content) };
  } catch {
    return { path, content: undefined, references: [] };
  }
}

function referencesOf(path: string, content: TsConfigJsonResolved): readonly string[] {
  return (content.references ?? [])
    .map((reference) => resolve(dirname(path), reference.path))
    .map((target) => (isFolder(target) ? join(target, 'tsconfig.json') : target))
    .filter((target) => existsSync(target))
    .map(slashed);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
