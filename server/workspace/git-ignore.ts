import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { slashed } from './files.ts';

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
  readonly #folders = new Map<string, boolean>();

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
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const answer = this.ignoresFolder(parent) || matches(this.#at(parent), folder, true);
    this.#folders.set(folder, answer);
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
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) return [];
  try {
    return [{ folder, rules: ignore().add(readFileSync(file, 'utf8')) }];
  } catch {
    // Unreadable to us, so unreadable to git: it ignores nothing.
    return [];
  }
}

/** The nearest layer that has an opinion decides, as in git. */
function matches(layers: readonly Layer[], path: string, isFolder: boolean): boolean {
  for (let index = layers.length - 1; index >= 0; index--) {
    const layer = layers[index];
    if (layer === undefined) continue;
    const name = slashed(relative(layer.folder, path));
    if (name === '' || name.startsWith('..')) continue;
    const { ignored, unignored } = layer.rules.test(isFolder ? `${name}/` : name);
    if (ignored || unignored) return ignored;
  }
  return false;
}
