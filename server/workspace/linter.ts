import { dirname } from 'node:path';
import { type Finding, type Fix, settled } from '#engine';
import { Facts } from '#facts';
import { CompilerGone, type Source } from '#program';
import { Configs, isConfigFile } from '../config/config.ts';
import { type Effective, effectiveOf } from './effective.ts';
import { passedOverNote, tooLargeNote } from './odd-files.ts';
import { openingFor } from './opening.ts';
import type { LinterOptions } from './options.ts';
import { Plan } from './plan.ts';
import type { Projects, Selection } from './project.ts';
import type { Report } from './report.ts';
import { Run } from './run.ts';
import type { Session } from './session.ts';

/** Files that changed on disk or in an unsaved editor. Absolute names. */
export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
}

/**
 * Lints what paths name, over one compiler that stays alive between runs. Used by the command line once, and
 * by the language server's worker for as long as the editor is open.
 */
export interface Linter {
  /**
   * Lints files and folders: the projects they belong to are found and opened.
   * @throws {UsageMistake} when a path names nothing that can be linted.
   * @throws {CompilerGone} when the compiler died or hung, and did so again when it was started anew.
   */
  lint(paths: readonly string[], cancelled?: () => boolean): Report;
  /**
   * Answers a question about one file over all that facts know, without any rule; nothing when it is cancelled. The
   * question may be put several times, until all that it needs is known.
   * @throws {UsageMistake} when the file cannot be linted.
   * @throws {CompilerGone} as `lint` does.
   */
  inspect<T>(
    file: string,
    question: (facts: Facts, source: Source) => T,
    cancelled?: () => boolean,
  ): T | undefined;
  /**
   * How a file is linted; nothing when no program can hold it.
   * @throws {UsageMistake} when the file cannot be linted.
   */
  effective(file: string): Effective | undefined;
  /**
   * Names of all files that linting these paths would lint, those of one project together.
   * @throws as `lint` does.
   */
  files(paths: readonly string[]): readonly string[];
  /** Tells what changed; the next `lint` sees it. */
  update(changes: FileChanges): void;
  /** Does what nobody has to wait for, while there is nothing else to do. */
  rest(): void;
  /** Builds the fixes of a finding of the newest report. */
  fixes(finding: Finding): readonly Fix[];
  /** A file's text as it was linted last; nothing for files that were not part of it, or of which earlier findings stand. */
  textOf(file: string): string | undefined;
  /** Names of the config files that govern paths, those that they extend included. */
  configs(paths: readonly string[]): readonly string[];
  /** Names of the compiler configs that were opened for the newest report. */
  readonly tsconfigs: readonly string[];
  /** The compiler's process, for tests that end it. */
  readonly pid: number | undefined;
  dispose(): void;
}

/**
 * Starts the compiler, and makes a linter over it.
 * @throws {MissingCompiler} when there is no compiler for this platform.
 * @throws {UsageMistake} when a tsconfig to open does not exist.
 */
export function createLinter(options: LinterOptions): Linter {
  return new WorkspaceLinter(options);
}

/** Changes to these change what belongs to which project, or how it is linted. */
const GOVERNS = /(^|\/)([^/]*[tj]sconfig[^/]*\.json|package\.json|\.gitignore)$/;

class WorkspaceLinter implements Linter {
  readonly #options: LinterOptions;
  readonly #projects: Projects;
  readonly #configs: Configs;
  readonly #session: Session;
  /** Files that no config holds, all those ever asked about: they share a few programs. */
  readonly #stray = new Set<string>();
  #strayConfigs: readonly string[] = [];
  /** Configs that the newest run used. */
  #newest: readonly string[] = [];
  /** The users' configs that were opened for it. */
  #opened: readonly string[] = [];

  constructor(options: LinterOptions) {
    this.#options = options;
    const { projects, session } = options.opening ?? openingFor(options);
    this.#projects = projects;
    this.#session = session;
    const { choices = {} } = options;
    const choicesOf = typeof choices === 'function' ? choices : () => choices;
    this.#configs = new Configs(choicesOf, options.config);
  }

  get pid(): number | undefined {
    return this.#session.pid;
  }

  get tsconfigs(): readonly string[] {
    return this.#opened;
  }

  lint(paths: readonly string[], cancelled?: () => boolean): Report {
    const selection = this.#projects.select(paths);
    return this.#twice(() => this.#attempt(selection, cancelled));
  }

  inspect<T>(
    file: string,
    question: (facts: Facts, source: Source) => T,
    cancelled?: () => boolean,
  ): T | undefined {
    const selection = this.#projects.select([file]);
    return this.#twice(() => this.#ask(selection, question, cancelled));
  }

  effective(file: string): Effective | undefined {
    const selection = this.#projects.select([file]);
    const [batch] = this.#twice(() => this.#plan(selection)).batches;
    if (batch === undefined) return undefined;
    const config = this.#configs.of(dirname(batch.config ?? file));
    return effectiveOf(file, batch.config, config, this.#options.rules);
  }

  files(paths: readonly string[]): readonly string[] {
    const selection = this.#projects.select(paths);
    const { batches } = this.#twice(() => this.#plan(selection));
    return batches.flatMap(({ config, files }) =>
      files.filter((file) => !this.#configs.of(dirname(config ?? file)).ignores(file)),
    );
  }

  update(changes: FileChanges): void {
    const { changed = [], created = [], deleted = [] } = changes;
    this.#session.change(changes);
    const governing = [...changed, ...created, ...deleted].filter(
      (file) => GOVERNS.test(file) || isConfigFile(file),
    );
    if (governing.length > 0) {
      this.#configs.forget();
      this.#session.closeAll();
    }
    if (governing.length + created.length + deleted.length === 0) return;
    for (const file of deleted) this.#stray.delete(file);
    this.#projects.forget();
  }

  rest(): void {
    try {
      this.#session.rest();
    } catch (error) {
      this.#session.end();
      if (!(error instanceof CompilerGone)) throw error;
    }
  }

  fixes(finding: Finding): readonly Fix[] {
    return finding.fixes();
  }

  textOf(file: string): string | undefined {
    if (this.#options.memory?.stands(file)) return undefined;
    for (const config of this.#newest) {
      const source = this.#session.program(config)?.source(file);
      if (source !== undefined) return source.text;
    }
    return undefined;
  }

  configs(paths: readonly string[]): readonly string[] {
    const { folders, files } = this.#projects.select(paths);
    const homes = files.flatMap((file) => [file, ...this.#projects.homesOf(file)]);
    const named = [
      ...folders.flatMap(({ path, configs }) => [path, ...configs.map((file) => dirname(file))]),
      ...homes.map((file) => dirname(file)),
    ];
    return [...new Set(named.flatMap((folder) => this.#configs.of(folder).files))];
  }

  dispose(): void {
    this.#session.end();
  }

  /** A compiler that dies or hangs is started anew, once. */
  #twice<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#session.end();
      if (!(error instanceof CompilerGone)) throw error;
    }
    try {
      return work();
    } catch (error) {
      this.#session.end();
      if (!(error instanceof CompilerGone)) throw error;
      throw new CompilerGone('The compiler died or hung twice in a row, so nothing was linted.', {
        cause: error,
      });
    }
  }

  #ask<T>(
    selection: Selection,
    question: (facts: Facts, source: Source) => T,
    cancelled: (() => boolean) | undefined,
  ): T | undefined {
    const [batch] = this.#plan(selection).batches;
    const [file] = batch?.files ?? [];
    const program = batch && this.#session.program(batch.opened);
    const source = file === undefined ? undefined : program?.source(file);
    if (batch === undefined || program === undefined || source === undefined) return undefined;
    const { project } = this.#configs.of(dirname(batch.config ?? source.file));
    const facts = new Facts(program, project);
    return settled(program, () => question(facts, source), cancelled);
  }

  #attempt(selection: Selection, cancelled: (() => boolean) | undefined): Report {
    const named = [...selection.files, ...selection.passedOver];
    const run = new Run(this.#options, this.#configs, this.#session, named, cancelled);
    const plan = run.timed('find and open', () => this.#plan(selection));
    this.#newest = plan.batches.map(({ opened }) => opened);
    this.#opened = plan.opened;
    for (const config of plan.configs) run.noteConfig(config, this.#projects.standIn(config));
    for (const file of selection.passedOver) run.passOver(file, passedOverNote(file));
    for (const file of plan.tooLarge) run.passOver(file, tooLargeNote(file));
    run.narrow(plan);
    run.expect(plan);
    for (const batch of plan.batches) run.over(batch);
    return run.report(plan);
  }

  #plan({ folders, files }: Selection): Plan {
    const plan = new Plan(this.#projects, this.#session);
    plan.takeFolders(folders);
    for (const file of files) plan.takeFile(file);
    if (plan.stray.length > 0) this.#takeStray(plan);
    return plan;
  }

  /** Makes configs for files that none holds, and closes those that held fewer of them. */
  #takeStray(plan: Plan): void {
    for (const file of plan.stray) this.#stray.add(file);
    const made = this.#projects.configsFor(this.#stray);
    const paths = made.map(({ path }) => path);
    for (const old of this.#strayConfigs) if (!paths.includes(old)) this.#session.close(old);
    this.#strayConfigs = paths;
    plan.takeStray(made, new Set(plan.stray));
  }
}
