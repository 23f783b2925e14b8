import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GitIgnore, isSource, slashed, walk } from './files.ts';
import { readConfig } from './tsconfig.ts';

/** A path or an option that cannot be used as it is given: the user's mistake, told in one sentence. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}

/** What paths come to: configs to open, and what of their files is meant. Absolute names, forward slashes. */
export interface Selection {
  /** Every config to open, those of deeper folders first: the nearest one owns a file. */
  readonly configs: readonly string[];
  /** Folders that were named. */
  readonly folders: readonly string[];
  /** Files that were named one by one. */
  readonly files: readonly string[];
  /** Files of named folders that have no config, to be linted when nothing else holds them. */
  readonly loose: readonly string[];
}

/**
 * Finds the projects that paths belong to: the nearest config at or above, for folders also those below,
 * and all that they refer to.
 * @throws {UsageMistake} when a path does not exist or is no file that can be linted.
 */
export function select(paths: readonly string[], config?: string): Selection {
  const configs = new Set<string>();
  const folders: string[] = [];
  const files: string[] = [];
  const loose: string[] = [];
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new UsageMistake(`There is no file or folder ${path}.`);
    if (stat.isDirectory()) folders.push(slashed(path));
    else if (isSource(path)) files.push(slashed(path));
    else throw new UsageMistake(`${path} is neither TypeScript nor JavaScript.`);
  }
  if (config !== undefined) {
    configs.add(slashed(config));
    return { configs: withReferences(configs), folders, files, loose };
  }
  for (const folder of folders) {
    const below = walk(resolve(folder), new GitIgnore(resolve(folder)));
    const above = nearestConfig(folder);
    for (const found of below.configs) configs.add(found);
    if (above !== undefined) configs.add(above);
    if (below.configs.length === 0) loose.push(...below.sources);
  }
  for (const file of files) {
    const found = nearestConfig(dirname(file));
    if (found !== undefined) configs.add(found);
  }
  return { configs: withReferences(configs), folders, files, loose };
}

/** The nearest `tsconfig.json`, else `jsconfig.json`, at or above a folder. */
export function nearestConfig(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = join(current, name);
      if (existsSync(path)) return slashed(path);
    }
    if (dirname(current) === current) return undefined;
  }
}

/** Adds the configs that configs refer to, however deep; those of deeper folders come first. */
function withReferences(roots: Iterable<string>): readonly string[] {
  const all = new Set<string>();
  const visit = (config: string): void => {
    if (all.has(config)) return;
    all.add(config);
    for (const reference of readConfig(config).references) visit(reference);
  };
  for (const root of roots) visit(root);
  return [...all].sort((a, b) => depth(b) - depth(a));
}

function depth(path: string): number {
  return path.split('/').length;
}
