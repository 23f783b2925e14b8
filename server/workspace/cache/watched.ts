import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { isWithin, slashed } from '../files.ts';
import { configsReadFor } from '../tsconfig.ts';
import type { Watched } from './marks.ts';

/** What a run was over. Absolute names with forward slashes. */
export interface Scene {
  /** Files and folders that were named. */
  readonly paths: readonly string[];
  /** Compiler configs that were opened, the user's own. */
  readonly tsconfigs: readonly string[];
  /** Config files of ours that were read. */
  readonly configs: readonly string[];
  /** Every file of every program, dependencies and declarations included. */
  readonly files: readonly string[];
  /** Folder of the cache, which changes by being used. */
  readonly location: string;
}

/** Folders that one run may depend on; beyond, looking at all of them costs too much. */
const MOST_FOLDERS = 10_000;

/**
 * All that a run over a scene depends on: what programs read, what decides which files belong to them, and where a file
 * would change what a name refers to if it appeared. Nothing when that is too much.
 */
export function watchedIn(scene: Scene): Watched | undefined {
  const own = scene.files.filter((file) => !isInstalled(file));
  const configs = scene.tsconfigs.flatMap(configsReadFor);
  const watching = new Watching(slashed(scene.location));
  const folders = scene.paths.map((path) => (scene.files.includes(path) ? dirname(path) : path));
  for (const folder of outermost([...folders, ...scene.tsconfigs.map((file) => dirname(file))])) {
    watching.walk(folder);
  }
  const beyond = own.map((file) => dirname(file)).filter((folder) => !watching.knows(folder));
  for (const folder of outermost(beyond)) watching.walk(folder);
  watching.climb();
  for (const file of [...scene.files, ...scene.configs, ...configs]) watching.files.add(file);
  for (const file of scene.files) {
    const [home] = /^.*\/node_modules\/(@[^/]+\/)?[^/]+\//.exec(file) ?? [];
    if (home !== undefined) watching.files.add(`${home}package.json`);
  }
  return watching.isTooMuch ? undefined : watching.all();
}

/** Gathers paths to watch. */
class Watching {
  readonly files = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #modules = new Set<string>();
  readonly #real = new Set<string>();
  readonly #location: string;

  constructor(location: string) {
    this.#location = location;
  }

  get isTooMuch(): boolean {
    return this.#folders.size > MOST_FOLDERS;
  }

  knows(folder: string): boolean {
    return this.#folders.has(folder);
  }

  all(): Watched {
    return { files: [...this.files].sort(), folders: [...this.#folders].sort() };
  }

  /** Takes a folder and all below it, dependencies and hidden ones left out. */
  walk(folder: string): void {
    const real = realOf(folder);
    if (this.isTooMuch || this.#real.has(real) || folder === this.#location) return;
    this.#real.add(real);
    this.#folders.add(folder);
    for (const entry of entriesOf(folder)) {
      const path = folder.endsWith('/') ? folder + entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) {
        if (GOVERNS.test(entry.name)) this.files.add(path);
      } else if (entry.name === 'node_modules') this.#modules.add(path);
      else if (!entry.name.startsWith('.')) this.#step(entry, path);
    }
  }

  /** Takes what counts of the folders above, and the dependencies in all of them. */
  climb(): void {
    const above = new Set<string>();
    for (const folder of this.#folders) {
      for (let current = folder; !above.has(current); current = dirname(current))
        above.add(current);
    }
    for (const folder of above) {
      const home = folder === '/' ? '' : folder;
      for (const name of PROBED) this.files.add(`${home}/${name}`);
      this.#modules.add(`${home}/node_modules`);
    }
    for (const modules of this.#modules) this.#installed(modules);
  }

  #step(entry: Dirent, path: string): void {
    if (entry.isDirectory() || isFolder(path)) this.walk(path);
  }

  /** What is installed changes by installing, which leaves traces; what is linked may change by itself. */
  #installed(modules: string): void {
    for (const name of TRACES) this.files.add(`${modules}/${name}`);
    const packages = entriesOf(modules).flatMap((entry) => {
      if (!entry.name.startsWith('@')) return [{ entry, folder: modules }];
      const folder = `${modules}/${entry.name}`;
      this.#folders.add(folder);
      return entriesOf(folder).map((inner) => ({ entry: inner, folder }));
    });
    this.#folders.add(modules);
    for (const { entry, folder } of packages) {
      if (!entry.isSymbolicLink()) continue;
      const target = realOf(`${folder}/${entry.name}`);
      if (!isInstalled(`${target}/`)) this.walk(target);
    }
  }
}

/** Files that decide, wherever they stand, how what lies round them is read. */
const GOVERNS = /^([tj]sconfig.*\.json|package\.json|\.gitignore)$/;
/** What is looked for in each folder above. */
const PROBED = [
  '.git',
  '.gitignore',
  'asynclint.json',
  'asynclint.jsonc',
  'jsconfig.json',
  'package.json',
  'tsconfig.json',
  'bun.lock',
  'bun.lockb',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  '.pnp.cjs',
];
/** What package managers leave behind in `node_modules`. */
const TRACES = ['.package-lock.json', '.modules.yaml', '.yarn-integrity', '.yarn-state.yml'];

function isInstalled(file: string): boolean {
  return file.includes('/node_modules/');
}

/** Folders that lie in none of the others. */
function outermost(folders: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const folder of [...new Set(folders)].sort()) {
    if (!found.some((outer) => isWithin(folder, outer))) found.push(folder);
  }
  return found;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function realOf(path: string): string {
  try {
    return slashed(realpathSync(path));
  } catch {
    return path;
  }
}
