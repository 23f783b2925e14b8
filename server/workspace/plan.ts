import { dirname } from 'node:path';
import type { Program } from '#program';
import { isByHand, isSource, isWithin } from './files.ts';
import type { Folder, Projects } from './project.ts';
import type { Session } from './session.ts';
import type { StandIn } from './stand-in.ts';

/** Files to lint with one program. */
export interface Batch {
  /** The config that the compiler has open. */
  readonly opened: string;
  /** The user's own config; none for files that no config holds. */
  readonly config: string | undefined;
  readonly files: string[];
}

/** Decides which program lints which file, and opens it. A file that several hold is linted once. */
export class Plan {
  readonly #projects: Projects;
  readonly #session: Session;
  readonly #batches = new Map<string, Batch>();
  readonly #taken = new Set<string>();
  readonly #opened = new Set<string>();
  /** Files that were named or found, and that no config holds. */
  readonly stray: string[] = [];
  /** Files that were found, and are so large that nobody can have written them. */
  readonly tooLarge: string[] = [];

  constructor(projects: Projects, session: Session) {
    this.#projects = projects;
    this.#session = session;
  }

  get batches(): readonly Batch[] {
    return [...this.#batches.values()];
  }

  /** The users' configs that hold what is linted; when nothing is, all that were opened in vain. */
  get configs(): readonly string[] {
    const used = this.batches.flatMap(({ config }) => config ?? []);
    return this.#batches.size > 0 ? used : [...this.#opened];
  }

  /** The users' configs that were opened, in vain or not. */
  get opened(): readonly string[] {
    return [...this.#opened];
  }

  /** Takes all that a folder's configs hold of it: each file into the nearest above it, else into any. */
  takeFolders(folders: readonly Folder[]): void {
    this.#open(folders.flatMap(({ configs }) => configs));
    for (const folder of folders) {
      const before = this.#taken.size;
      // Configs of tests include sources beside them, which have a config of their own.
      for (const reachOf of [dirname, () => folder.path]) {
        this.#takeFrom(folder, reachOf, (program) => program.rootFiles());
        this.#takeFrom(folder, reachOf, (program) => program.files());
      }
      if (this.#taken.size > before) continue;
      const sources = folder.sources();
      // A folder inside another that was named before it: all is taken.
      if (sources.some((file) => this.#taken.has(file))) continue;
      this.stray.push(...sources.filter(isByHand));
      this.tooLarge.push(...sources.filter((file) => !isByHand(file)));
    }
  }

  /** Takes one file into the first program that holds it, of those that are likely to. */
  takeFile(file: string): void {
    if (this.#taken.has(file)) return;
    for (const config of this.#projects.homesOf(file)) {
      const { path } = this.#projects.standIn(config);
      this.#open([config]);
      if (this.#session.program(path)?.source(file) !== undefined) {
        this.#take(path, config, [file]);
        return;
      }
    }
    this.stray.push(file);
  }

  /** Takes files into programs that were made for them. */
  takeStray(made: readonly StandIn[], files: ReadonlySet<string>): void {
    this.#session.open(made.map(({ path }) => path));
    for (const { path } of made) {
      const program = this.#session.program(path);
      this.#take(path, undefined, program?.rootFiles().filter((file) => files.has(file)) ?? []);
    }
  }

  #open(configs: readonly string[]): void {
    for (const config of configs) this.#opened.add(config);
    this.#session.open(configs.map((config) => this.#projects.standIn(config).path));
  }

  #takeFrom(
    folder: Folder,
    reachOf: (config: string) => string,
    filesOf: (program: Program) => readonly string[],
  ): void {
    for (const config of folder.configs) {
      const { path } = this.#projects.standIn(config);
      const program = this.#session.program(path);
      if (program === undefined) continue;
      const reach = reachOf(config);
      const files = filesOf(program).filter(
        (file) =>
          !this.#taken.has(file) &&
          isWithin(file, reach) &&
          isWithin(file, folder.path) &&
          isSource(file) &&
          !folder.ignored.ignores(file),
      );
      this.#take(path, config, files);
    }
  }

  #take(opened: string, config: string | undefined, files: readonly string[]): void {
    if (files.length === 0) return;
    for (const file of files) this.#taken.add(file);
    const batch = this.#batches.get(opened);
    if (batch === undefined) this.#batches.set(opened, { opened, config, files: [...files] });
    else batch.files.push(...files);
  }
}
