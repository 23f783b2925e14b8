import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Found, isFile, isSource, isUnwritten, slashed, walk } from './files.ts';
import { GitIgnore } from './git-ignore.ts';
import { configAt, nearestModules } from './nearest.ts';
import { configFor, type StandIn, standInFor } from './stand-in.ts';
import { nearestConfig, readTsConfig, type TsConfig } from './tsconfig.ts';
import { UsageMistake } from './usage-mistake.ts';

export { UsageMistake } from './usage-mistake.ts';

/** A folder that was named, and what lies below it. */
export interface Folder {
  readonly path: string;
  /** Configs to open, those of deeper folders first: the nearest one owns a file. */
  readonly configs: readonly string[];
  /** All its TypeScript and JavaScript, to be linted when no config holds any of it. */
  readonly sources: () => readonly string[];
  readonly ignored: GitIgnore;
}

/** What paths come to. Absolute names, forward slashes. */
export interface Selection {
  readonly folders: readonly Folder[];
  /** Files that were named one by one. */
  readonly files: readonly string[];
  /** Files that were named and have nothing to lint in them: declarations, and what was minified. */
  readonly passedOver: readonly string[];
}

/** Finds the projects that files and folders belong to; remembers what it read until told to forget. */
export class Projects {
  readonly #only: readonly string[];
  readonly #read = new Map<string, TsConfig>();
  readonly #standIns = new Map<string, StandIn | undefined>();
  readonly #owners = new Map<string, string>();
  readonly #homes = new Map<string, readonly string[]>();
  readonly #folders = new Map<string, Folder>();

  /**
   * @param only the configs to use, in place of those that paths belong to.
   * @throws {UsageMistake} when one of them does not exist.
   */
  constructor(only: readonly string[] = []) {
    this.#only = only.map(configAt);
    for (const config of this.#only) {
      if (!isFile(config)) throw new UsageMistake(`There is no tsconfig ${config}.`);
    }
  }

  /**
   * Sorts paths into files and folders, and finds the configs of folders.
   * @throws {UsageMistake} when a path does not exist, or is no file that can be linted.
   */
  select(paths: readonly string[]): Selection {
    const folders: Folder[] = [];
    const files: string[] = [];
    const passedOver: string[] = [];
    for (const path of paths.map(slashed)) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) throw new UsageMistake(`There is no file or folder ${path}.`);
      if (stat.isDirectory()) folders.push(this.#folder(path));
      else if (isSource(path)) files.push(path);
      else if (isUnwritten(path)) passedOver.push(path);
      else throw new UsageMistake(`${path} is neither TypeScript nor JavaScript.`);
    }
    return { folders, files, passedOver };
  }

  /** Configs that may hold the files of a folder, likeliest first: the nearest, those that it refers to, those above. */
  homesOf(file: string): readonly string[] {
    const folder = dirname(file);
    const known = this.#homes.get(folder);
    if (known !== undefined) return known;
    const roots = this.#only.length === 0 ? configsAbove(folder) : this.#only;
    const homes = [...new Set(roots.flatMap((root) => this.#withReferences([root])))];
    this.#homes.set(folder, homes);
    return homes;
  }

  /** What the compiler is to open for a config: itself, or our stand-in. */
  standIn(config: string): StandIn {
    if (!this.#standIns.has(config)) {
      const made = standInFor(this.#config(config));
      this.#standIns.set(config, made);
      if (made !== undefined) this.#owners.set(made.path, dirname(config));
    }
    return this.#standIns.get(config) ?? { path: config, told: [], overridden: [] };
  }

  /** The folder that one of our stand-ins was made for. */
  folderOf(standIn: string): string | undefined {
    return this.#owners.get(standIn);
  }

  /** Makes configs for files that none holds: one for each set of dependencies. */
  configsFor(files: Iterable<string>): readonly StandIn[] {
    const groups = new Map<string, string[]>();
    for (const file of files) {
      const modules = nearestModules(dirname(file));
      const folder = modules === undefined ? '/' : dirname(modules);
      const group = groups.get(folder);
      if (group === undefined) groups.set(folder, [file]);
      else group.push(file);
    }
    return [...groups].map(([folder, group]) => {
      const made = configFor(group.sort(), folder);
      if (folder !== '/') this.#owners.set(made.path, folder);
      return made;
    });
  }

  /** Forgets what was read: some config or some folder's content changed. */
  forget(): void {
    this.#read.clear();
    this.#standIns.clear();
    this.#homes.clear();
    this.#folders.clear();
  }

  #folder(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const ignored = new GitIgnore(path);
    const found = this.#only.length === 0 ? this.#found(path, ignored) : undefined;
    const folder: Folder = {
      path,
      configs: this.#withReferences(found?.configs ?? this.#only).toSorted(
        (a, b) => depth(b) - depth(a),
      ),
      sources: () => found?.sources.filter((file) => !ignored.ignores(file)) ?? [],
      ignored,
    };
    this.#folders.set(path, folder);
    return folder;
  }

  #found(path: string, ignored: GitIgnore): Found {
    const { configs, sources } = walk(path, (folder) => ignored.ignoresFolder(folder));
    const own = configs.filter((config) => isChosen(config, configs));
    const above = nearestConfig(path);
    return { configs: above === undefined || own.includes(above) ? own : [...own, above], sources };
  }

  #config(path: string): TsConfig {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const config = readTsConfig(path);
    this.#read.set(path, config);
    return config;
  }

  /** Adds the configs that configs refer to, however deep; those that were asked for come first. */
  #withReferences(roots: readonly string[]): readonly string[] {
    const all = new Set(roots);
    for (const config of all) {
      for (const reference of this.#config(config).references) all.add(reference);
    }
    return [...all];
  }
}

/** The nearest config at or above a folder, the next one above that, and so on. */
function configsAbove(folder: string): readonly string[] {
  const config = nearestConfig(folder);
  if (config === undefined) return [];
  const parent = dirname(dirname(config));
  return parent === dirname(config) ? [config] : [config, ...configsAbove(parent)];
}

/** A `jsconfig.json` counts only where there is no `tsconfig.json`. */
function isChosen(config: string, configs: readonly string[]): boolean {
  if (basename(config) === 'tsconfig.json') return true;
  return !configs.includes(`${dirname(config)}/tsconfig.json`);
}

function depth(path: string): number {
  return path.split('/').length;
}
