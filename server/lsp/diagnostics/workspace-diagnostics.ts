import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CancellationToken,
  type Diagnostic,
  LSPErrorCodes,
  type PreviousResultId,
  ResponseError,
  type WorkDoneProgressReporter,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { WorkspaceSummary } from '#protocol';
import { uriOf } from '../convert.ts';
import type { Engine } from '../engine.ts';
import { Lint, type Linted, SourceFiles } from '../messages.ts';
import type { Texts } from '../texts.ts';
import { type Diagnostics, filesBeside } from './diagnostics.ts';

/** Milliseconds that the linting thread is to be busy in one go: whoever types waits no longer than that. */
const STRETCH = 250;
const FEWEST = 4;
const MOST = 64;

/** What is found in a file. */
export interface FileReport {
  readonly uri: string;
  /** The version that the editor has open; `null` of the file on disk. */
  readonly version: number | null;
  readonly diagnostics: Diagnostic[];
}

/** Who wants to know of all files. */
export interface Listener {
  readonly token: CancellationToken;
  readonly progress?: WorkDoneProgressReporter;
  found(reports: readonly FileReport[]): void | Promise<void>;
}

/** Findings of all files of the workspace: a few files at a time, whenever there is nothing more urgent. */
export class WorkspaceDiagnostics {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #diagnostics: Diagnostics;
  readonly #foldersOf: () => readonly string[];
  readonly #isWanted: (file: string) => boolean;
  /** State of affairs that the last pull was answered for. */
  #answered: number | undefined;
  /** Whether the client asks by itself: not all do that could. */
  wasPulled = false;

  constructor(
    engine: Engine,
    texts: Texts,
    diagnostics: Diagnostics,
    foldersOf: () => readonly string[],
    isWanted: (file: string) => boolean,
  ) {
    this.#engine = engine;
    this.#texts = texts;
    this.#diagnostics = diagnostics;
    this.#foldersOf = foldersOf;
    this.#isWanted = isWanted;
  }

  /** Names of all files that are linted. */
  async files(token: CancellationToken): Promise<readonly string[]> {
    const folders = this.#foldersOf();
    const files = await this.#patiently(token, () => {
      return this.#engine.ask(SourceFiles, folders, { token, inBackground: true });
    });
    return files.filter((file) => this.#isWanted(file));
  }

  /** Lints all files; the listener hears of them bit by bit. */
  async lint(listener: Listener): Promise<WorkspaceSummary> {
    const { token, progress } = listener;
    progress?.begin('asynclint', 0, 'finding files', true);
    try {
      return await this.lintFiles(await this.files(token), listener);
    } finally {
      progress?.done();
    }
  }

  /** Lints some files, as many at a time as do not keep others waiting. */
  async lintFiles(
    files: readonly string[],
    { token, progress, found }: Listener,
  ): Promise<WorkspaceSummary> {
    let findings = 0;
    let size = FEWEST;
    for (let first = 0; first < files.length; ) {
      const chunk = files.slice(first, first + size);
      const start = performance.now();
      const linted = await this.#lint(chunk, token);
      const took = performance.now() - start;
      size = Math.min(Math.max(Math.round((size * STRETCH) / took), FEWEST), MOST);
      first += chunk.length;
      for (const list of linted.findings.values()) findings += list.length;
      await found(await this.#reportsOn(linted));
      const percent = Math.round((first / files.length) * 100);
      progress?.report(percent, `${first} of ${files.length} files`);
    }
    return { files: files.length, findings };
  }

  /**
   * Answers a client that asks: bit by bit, where it takes partial results. Who has heard everything already gets the
   * answer when something has happened.
   */
  async pull(
    previous: readonly PreviousResultId[],
    { token, progress }: Omit<Listener, 'found'>,
    partial: ((items: WorkspaceDocumentDiagnosticReport[]) => void) | undefined,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    this.wasPulled = true;
    if (previous.length > 0 && this.#answered === this.#engine.settled) {
      await this.#engine.settledSince(this.#engine.settled, token);
      await sleep(this.#diagnostics.pace.rest);
    }
    const { settled } = this.#engine;
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const gone = new Set(known.keys());
    const all: WorkspaceDocumentDiagnosticReport[] = [];
    const tell = (reports: readonly FileReport[]): void => {
      const items = reports.map(({ uri, version, diagnostics }) => {
        gone.delete(uri);
        return { ...this.#diagnostics.reportOn(uri, diagnostics, known.get(uri)), uri, version };
      });
      if (partial === undefined) all.push(...items);
      else partial(items);
    };
    await this.lint({ token, ...(progress && { progress }), found: tell });
    tell([...gone].map((uri) => ({ uri, version: null, diagnostics: [] })));
    this.#answered = settled;
    return all;
  }

  #lint(files: readonly string[], token: CancellationToken): Promise<Linted> {
    return this.#patiently(token, () =>
      this.#engine.ask(Lint, files, { token, inBackground: true }),
    );
  }

  /** Whoever types goes first; then all begins again. */
  async #patiently<T>(token: CancellationToken, ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const isOvertaken =
          error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified;
        if (!isOvertaken || token.isCancellationRequested) throw error;
      }
    }
  }

  async #reportsOn({ findings }: Linted): Promise<readonly FileReport[]> {
    const flawed = [...findings].filter(([, list]) => list.length > 0).map(([file]) => file);
    const beside = filesBeside([...findings.values()].flat());
    const textOf = await this.#texts.load([...flawed, ...beside]);
    return [...findings].map(([file, list]): FileReport => {
      const open = this.#texts.documentOf(file);
      const document = open ?? textOf(file);
      const uri = document?.uri ?? uriOf(file);
      const version = open?.version ?? null;
      const diagnostics = document ? this.#diagnostics.drawn(document, list, textOf) : [];
      return { uri, version, diagnostics };
    });
  }
}
