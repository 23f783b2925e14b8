import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Names of files that can be linted: TypeScript and JavaScript, declarations left out. */
export function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.([^/]+\.)?[cm]?ts$/.test(name);
}

/** A name as the compiler writes it: with forward slashes. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Whether a file lies in a folder, at any depth, or is it. Both absolute, with forward slashes. */
export function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** What a walk below a folder found. Absolute names, in order of their names. */
export interface Found {
  readonly configs: readonly string[];
  readonly sources: readonly string[];
}

/** One `.gitignore`, and the folder that it speaks of. */
interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * Which files git ignores below one folder. Patterns of folders above count too, up to the repository's
 * root, unless they ignore the folder itself: who names an ignored folder means it.
 */
export class GitIgnore {
  readonly #root: string;
  readonly #layers = new Map<string, readonly Layer[]>();
  readonly #ignored = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
    const above = layersAbove(root);
    this.#layers.set(root, [...(matches(above, root, true) ? [] : above), ...layerOf(root)]);
  }

  /** Whether a file below the root is ignored, or lies in a folder that is. */
  ignores(file: string): boolean {
    const folder = dirname(file);
    return this.ignoresFolder(folder) || matches(this.#at(folder), file, false);
  }

  /** Whether a folder below the root is ignored, or lies in one that is. */
  ignoresFolder(folder: string): boolean {
    if (folder.length <= this.#root.length) return false;
    const known = this.#ignored.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const answer = this.ignoresFolder(parent) || matches(this.#at(parent), folder, true);
    this.#ignored.set(folder, answer);
    return answer;
  }

  #at(folder: string): readonly Layer[] {
    const known = this.#layers.get(folder);
    if (known !== undefined) return known;
    if (folder.length <= this.#root.length) return [];
    const above = this.#at(dirname(folder));
    const own = layerOf(folder);
    const layers = own.length === 0 ? above : [...above, ...own];
    this.#layers.set(folder, layers);
    return layers;
  }
}

/** Finds configs and sources below a folder; dependencies, hidden and git-ignored folders are left out. */
export function walk(folder: string, ignored: GitIgnore): Found {
  const configs: string[] = [];
  const sources: string[] = [];
  const visit = (current: string): void => {
    const folders: string[] = [];
    for (const entry of entriesOf(current)) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.test(entry.name) && !ignored.ignoresFolder(path)) folders.push(path);
      } else if (entry.name === 'tsconfig.json' || entry.name === 'jsconfig.json') {
        configs.push(slashed(path));
      } else if (isSource(entry.name)) {
        sources.push(slashed(path));
      }
    }
    for (const next of folders) visit(next);
  };
  visit(folder);
  return { configs, sources: sources.filter((file) => !ignored.ignores(file)) };
}

const SKIPPED = /^(node_modules|bower_components|jspm_packages|\..*)$/;

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that we may not read holds nothing that we could lint.
    return [];
  }
}

/** Git's own patterns from the repository's root down to the folder above; none outside a repository. */
function layersAbove(folder: string): readonly Layer[] {
  const layers: Layer[] = [];
  for (let current = folder; ; current = dirname(current)) {
    if (current !== folder) layers.unshift(...layerOf(current));
    if (existsSync(join(current, '.git'))) return layers;
    if (dirname(current) === current) return [];
  }
}

function layerOf(folder: string): readonly Layer[] {
  try {
    const text = readFileSync(join(folder, '.gitignore'), 'utf8');
    return [{ folder, rules: ignore().add(text) }];
  } catch {
    return [];
  }
}

/** The nearest layer that has an opinion decides, as in git. */
function matches(layers: readonly Layer[], path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of layers.toReversed()) {
    const name = slashed(relative(folder, path));
    if (name === '' || name.startsWith('..')) continue;
    const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
    if (ignored || unignored) return ignored;
  }
  return false;
}
