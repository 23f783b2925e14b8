import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource, type Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isWithin } from '#workspace/files.ts';
import { fileOf } from '../convert.ts';
import type { Texts } from '../texts.ts';
import type { Diagnostics } from './diagnostics.ts';
import { Timing } from './timing.ts';
import type { FileReport, Listener, WorkspaceDiagnostics } from './workspace-diagnostics.ts';

/** Milliseconds in which a client that asks may begin to ask for the whole workspace too. */
const COURTESY = 3000;

/** How the client learns of findings. */
export interface Reception {
  /** Whether it asks for those of open documents. */
  readonly pulls: boolean;
  /** Whether it can be told to ask again. */
  readonly refreshes: boolean;
  /** Whether files are to be linted that are not open. */
  wantsWorkspace(): boolean;
  /** Gives nothing where an answer failed, once that is told. */
  quietly<T>(answer: Promise<T>): Promise<T | undefined>;
}

/** Tells findings unasked: of open documents to clients that do not ask, and of files that are not open. */
export class Publisher {
  readonly #connection: Connection;
  readonly #texts: Texts;
  readonly #diagnostics: Diagnostics;
  readonly #workspace: WorkspaceDiagnostics;
  readonly #reception: Reception;
  readonly #timing: Timing;
  /** Files that are not open, and whose findings are shown. */
  readonly #shown = new Set<string>();
  #sweep: CancellationTokenSource | undefined;

  constructor(
    connection: Connection,
    texts: Texts,
    diagnostics: Diagnostics,
    workspace: WorkspaceDiagnostics,
    reception: Reception,
  ) {
    this.#connection = connection;
    this.#texts = texts;
    this.#diagnostics = diagnostics;
    this.#workspace = workspace;
    this.#reception = reception;
    this.#timing = new Timing(texts, diagnostics.pace, {
      soon: (document) => this.#publish(document),
      later: () => this.#later(),
    });
  }

  /** A document was opened or edited. */
  touched({ uri }: TextDocument): void {
    if (!this.#reception.pulls) this.#timing.touched(uri);
    if (this.#shown.delete(uri) && this.#reception.pulls) this.#send(uri, []);
    this.#timing.typed();
  }

  /** A document was closed: what is on disk counts again. */
  closed(uri: string): void {
    if (!this.#reception.pulls) this.#send(uri, []);
    this.#timing.everything();
    const file = fileOf(uri);
    if (this.#reception.wantsWorkspace() && file !== undefined) void this.#again([file]);
  }

  /** Anything may have changed: files on disk, or settings. */
  everything(files: readonly string[] = []): void {
    this.#timing.everything();
    if (this.#workspace.wasPulled) return;
    if (this.#reception.wantsWorkspace()) void this.#lintWorkspace();
    else void this.#again(this.#shownIn(files));
  }

  /** Of these files, and of those in these folders, the ones whose findings are shown. */
  #shownIn(places: readonly string[]): readonly string[] {
    const files = [...this.#shown].flatMap((uri) => fileOf(uri) ?? []);
    return files.filter((file) => places.some((place) => isWithin(file, place)));
  }

  /** Takes findings of files that are not open; whoever asks for them by itself is not told as well. */
  show(reports: readonly FileReport[]): void {
    if (this.#workspace.wasPulled) return;
    for (const { uri, version, diagnostics } of reports) {
      if (version !== null) continue;
      if (diagnostics.length === 0 && !this.#shown.has(uri)) continue;
      this.#send(uri, diagnostics);
      if (diagnostics.length === 0) this.#shown.delete(uri);
      else this.#shown.add(uri);
    }
  }

  /** Stops. */
  dispose(): void {
    this.#timing.dispose();
    this.#sweep?.cancel();
  }

  async #later(): Promise<void> {
    const { pulls, refreshes, quietly } = this.#reception;
    const changed = await quietly(this.#diagnostics.changedOthers(pulls));
    if (changed === undefined || changed.length === 0) return;
    if (!pulls) for (const document of changed) await this.#publish(document);
    else if (refreshes) await quietly(this.#connection.languages.diagnostics.refresh());
  }

  async #publish(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    // When that fails it is logged already, and the last good result stays.
    const diagnostics = await this.#reception.quietly(this.#diagnostics.diagnosticsOf(document));
    // A document that was edited or closed meanwhile has its own turn.
    const isCurrent = this.#texts.open.get(uri)?.version === version;
    if (diagnostics === undefined || !isCurrent) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics });
  }

  async #lintWorkspace(): Promise<void> {
    this.#sweep?.cancel();
    const source = new CancellationTokenSource();
    this.#sweep = source;
    if (this.#reception.pulls) await sleep(COURTESY);
    if (this.#workspace.wasPulled || source.token.isCancellationRequested) return;
    const before = [...this.#shown];
    const told = new Set<string>();
    const { token } = source;
    const found = (reports: readonly FileReport[]): void => {
      for (const { uri } of reports) told.add(uri);
      this.show(reports);
    };
    const done = await this.#reception.quietly(this.#workspace.lint({ token, found }));
    if (done === undefined || token.isCancellationRequested) return;
    const gone = before.filter((uri) => !told.has(uri));
    this.show(gone.map((uri) => ({ uri, version: null, diagnostics: [] })));
  }

  async #again(files: readonly string[]): Promise<void> {
    if (files.length === 0) return;
    await this.#reception.quietly(
      this.#workspace.lintFiles(files, this.#listener(new CancellationTokenSource())),
    );
  }

  #listener({ token }: CancellationTokenSource): Listener {
    return { token, found: (reports) => this.show(reports) };
  }

  #send(uri: string, diagnostics: FileReport['diagnostics']): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics });
  }
}
