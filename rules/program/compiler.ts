import { API, type Snapshot } from 'typescript/unstable/sync';
import { findCompiler } from './executable.ts';
import { Foresight } from './foresight.ts';
import { withGarbageTarget } from './garbage.ts';
import { History } from './history.ts';
import type { Pipeline } from './pipeline.ts';
import { type CompilerError, errorsIn, Program } from './program.ts';
import { askAhead, isBrokenChannel, isRequests, type Requests } from './requests.ts';
import { TreeStock } from './tree-stock.ts';
import { type Watchdog, watchOver } from './watchdog.ts';

/** The compiler's process died, hung, or spoke nonsense. The way out is a new `Compiler`. */
export class CompilerGone extends Error {
  override readonly name = 'CompilerGone';
}

/** What a compiler is started with. */
export interface CompilerSettings {
  /** Folder against which relative names are resolved. */
  readonly cwd: string;
  /** The binary; found by itself when left out. */
  readonly executable?: string;
  /** Text of a file that differs from the disk's: unsaved editors and configs made up by us. */
  readonly overlay?: (file: string) => string | undefined;
  /** Bytes of a file on disk, for what needs its text alone: cheaper than its tree, which stays in memory. */
  readonly read?: (file: string) => Buffer | undefined;
  /** Names of all sources near a file, whatever project they belong to. */
  readonly around?: (file: string) => readonly string[];
  /** Milliseconds that one request may take before the compiler counts as hung. */
  readonly patience?: number;
  /** Go's garbage collection target in percent. Left out for a single run, which has its own, and watches the compiler itself. */
  readonly garbageTarget?: number;
  /** The folder that a config is for, where it lies in another. */
  readonly folderOf?: (config: string) => string | undefined;
  /** Whether requests may be sent ahead of the answers to others; they may when left out. */
  readonly ahead?: boolean;
}

/** What is to change between two snapshots. File and config names are absolute. */
export interface ProgramChange {
  readonly open?: readonly string[];
  readonly close?: readonly string[];
  readonly openFiles?: readonly string[];
  readonly closeFiles?: readonly string[];
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
  /** Forgets everything read from disk. */
  readonly everything?: boolean;
}

/** Longest that one request may take: the largest project measured needs 40 s, cold, on two cores. */
const PATIENCE = 180_000;

/** One running compiler, and the newest snapshot of the projects that it has open. */
export class Compiler {
  readonly #api: API;
  readonly #requests: Requests | undefined;
  readonly #watchdog: Watchdog | undefined;
  readonly #pipeline: Pipeline | undefined;
  readonly #settings: CompilerSettings;
  readonly #history = new History();
  readonly #foresight = new Foresight();
  #snapshot: Snapshot | undefined;
  /** The one before, until `rest`. */
  #outdated: Snapshot | undefined;
  readonly #stock = new TreeStock();
  /** Texts that are tried out at the moment. */
  #tried: ReadonlyMap<string, string> | undefined;
  /** The newest snapshot, where that is one of a trial: what changes with the next is told by comparing with it. */
  #trial: Snapshot | undefined;
  /** Files that were tried out with other texts, of which the compiler has not heard since. */
  readonly #stale = new Set<string>();
  #programs = new Map<string, Program>();
  /** Ends the change that was begun. */
  #begun: (() => void) | undefined;
  /** Whether the process has ended: the numbers of its pipes may be another's by now, the next compiler's above all. */
  #isGone = false;
  /** Number of requests sent so far, for `--stats`. */
  requests = 0;

  constructor(settings: CompilerSettings) {
    const { overlay } = settings;
    this.#settings = settings;
    const tsserverPath = settings.executable ?? findCompiler();
    this.#api = withGarbageTarget(settings.garbageTarget, () => {
      const textOf = (file: string) => this.#tried?.get(file) ?? overlay?.(file);
      const fs = overlay && { readFile: (file: string) => legible(textOf(file)) };
      return new API({ cwd: settings.cwd, tsserverPath, ...(fs && { fs }) });
    });
    const requests: unknown = Reflect.get(this.#api, 'client');
    if (!isRequests(requests)) return;
    this.#requests = requests;
    requests.channel.child.once('exit', () => {
      this.#isGone = true;
    });
    const { patience = PATIENCE, garbageTarget } = settings;
    // Pipes of Windows hold too little for it.
    const ahead = settings.ahead !== false && process.platform !== 'win32';
    // One run is over sooner without a second thread; whoever answers edits wants to hear of each answer at once.
    const isWatched = !ahead || garbageTarget !== undefined;
    if (isWatched) this.#watchdog = watchOver(requests.channel.child.pid, patience);
    if (ahead) this.#pipeline = askAhead(requests, isWatched ? undefined : patience);
    this.#guard(requests);
  }

  /** Whether it could not be asked ahead: it asked back meanwhile. */
  get askedBack(): boolean {
    return this.#pipeline?.askedBack ?? false;
  }

  /** The compiler's process, until it is known to have ended. */
  get pid(): number | undefined {
    return this.#isGone ? undefined : this.#requests?.channel.child.pid;
  }

  /**
   * Begins a first change, which `finish` brings to its end: the compiler is at work on it while the caller does something
   * else. Says whether it has begun; it cannot where texts are asked back.
   */
  begin(change: ProgramChange): boolean {
    const pipeline = this.#pipeline;
    if (pipeline === undefined || this.#settings.overlay !== undefined) return false;
    const apply = () => this.#snapshotWith(change);
    const greeting = pipeline.post(apply);
    const ticket = pipeline.post(() => pipeline.take(greeting, apply));
    this.#begun = () => this.#adopt(pipeline.take(ticket, apply), change);
    return true;
  }

  /** Waits for what was begun. */
  finish(): void {
    const finish = this.#begun;
    this.#begun = undefined;
    finish?.();
  }

  /** Applies a change and makes a new snapshot; programs of earlier snapshots are no longer to be used. */
  update(change: ProgramChange): void {
    this.rest();
    if (this.#stock.isFull()) this.#api.clearSourceFileCache();
    this.#adopt(this.#snapshotWith(change), change);
  }

  #snapshotWith(change: ProgramChange): Snapshot {
    const fileChanges = change.everything
      ? { invalidateAll: true as const }
      : {
          changed: [...(change.changed ?? []), ...this.#stale],
          created: [...(change.created ?? [])],
          deleted: [...(change.deleted ?? [])],
        };
    return this.#api.updateSnapshot({
      openProjects: [...(change.open ?? [])],
      closeProjects: [...(change.close ?? [])],
      openFiles: [...(change.openFiles ?? [])],
      closeFiles: [...(change.closeFiles ?? [])],
      fileChanges,
    });
  }

  #adopt(snapshot: Snapshot, change: ProgramChange): void {
    this.#history.next(movesFiles(change) ? 'anything' : (change.changed ?? []));
    this.#endTrial(undefined);
    this.#programs = new Map();
    this.#outdated = this.#snapshot;
    this.#snapshot = snapshot;
  }

  /** Does what is left to do of the newest change, and what nobody has to wait for. */
  rest(): void {
    this.#outdated?.dispose();
    this.#outdated = undefined;
  }

  /** Looks at other texts in a snapshot of their own; programs stay as they are. */
  #try(
    config: string,
    texts: ReadonlyMap<string, string>,
    files: readonly string[],
  ): ReadonlyMap<string, readonly CompilerError[]> {
    const changed = [...new Set([...this.#stale, ...texts.keys()])];
    this.#tried = texts;
    try {
      const snapshot = this.#api.updateSnapshot({ fileChanges: { changed } });
      this.#endTrial(snapshot);
      const project = snapshot.getProject(config);
      return new Map(files.map((file) => [file, project ? errorsIn(project, file) : []]));
    } finally {
      this.#tried = undefined;
      for (const file of texts.keys()) this.#stale.add(file);
    }
  }

  /** Lets go of the snapshot of the trial before, now that there is a newer one. */
  #endTrial(next: Snapshot | undefined): void {
    this.#trial?.dispose();
    this.#trial = next;
    this.#stale.clear();
  }

  /** The program of a config that is open, or of the inferred project when `config` is left out. */
  program(config: string): Program | undefined {
    const known = this.#programs.get(config);
    if (known !== undefined) return known;
    const project = this.#snapshot?.getProject(config);
    if (project === undefined) return undefined;
    const { overlay } = this.#settings;
    const program = new Program(project, {
      folder: this.#settings.folderOf?.(config) ?? config.replace(/\/[^/]*$/, ''),
      history: this.#history,
      foresight: this.#foresight,
      pipeline: this.#pipeline,
      trial: overlay && this.#try.bind(this),
      bytes: (file) => this.#bytes(file),
      around: this.#settings.around,
    });
    this.#programs.set(config, program);
    return program;
  }

  /** The text of a file as the next snapshot would have it, if it can be had without the compiler. */
  #bytes(file: string): Buffer | undefined {
    const text = this.#settings.overlay?.(file);
    return text === undefined ? this.#settings.read?.(file) : Buffer.from(text);
  }

  /** The program that a file belongs to, once it was named in `openFiles`. */
  programOf(file: string): Program | undefined {
    const project = this.#snapshot?.getDefaultProjectForFile(file);
    return project === undefined ? undefined : this.program(project.configFileName);
  }

  /** Ends the process at once: asked politely, it complains on our stderr about work it will not finish. */
  dispose(): void {
    this.#isGone = true;
    this.#watchdog?.stop();
    this.#requests?.channel.child.kill('SIGKILL');
    (this.#requests ?? this.#api).close();
  }

  /** Counts and watches every request, and turns a broken channel into `CompilerGone`. */
  #guard(requests: Requests): void {
    for (const method of ['apiRequest', 'apiRequestBinary'] as const) {
      const send = requests[method].bind(requests);
      requests[method] = (name, params) => {
        if (this.#isGone) throw new CompilerGone('The compiler ended.');
        this.#watchdog?.begin();
        try {
          const answer = send(name, params);
          this.requests++;
          if (name === 'getSourceFile') this.#stock.add();
          return answer;
        } catch (error) {
          throw isBrokenChannel(error) ? new CompilerGone(String(error), { cause: error }) : error;
        } finally {
          this.#watchdog?.end();
        }
      };
    }
  }
}

/**
 * Text as the compiler takes it, everything in its place. Half a character, as it stands for a moment while somebody types,
 * would end it, and a byte order mark is left out of the text that it gives back and not of its offsets.
 */
function legible(text: string | undefined): string | undefined {
  return text?.replace(/^\ufeff/, ' ').toWellFormed();
}

/** Whether a change may bring files into projects, or take some out, without any text of theirs saying so. */
function movesFiles(change: ProgramChange): boolean {
  const { open, close, openFiles, closeFiles, created, deleted, everything } = change;
  return (
    everything === true ||
    [open, close, openFiles, closeFiles, created, deleted].some((files) => files?.length)
  );
}
