import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type DidChangeWatchedFilesParams,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerStatus } from '#protocol';
import type { Note } from '../workspace/report.ts';
import { CodeActions, FIX_ALL } from './code-actions.ts';
import { ConfigProblems } from './config-problems.ts';
import { fileOf } from './convert.ts';
import { Diagnostics } from './diagnostics.ts';
import { Engine } from './engine.ts';
import type { LinterSettings } from './messages.ts';
import { pagesIn } from './pages.ts';
import { Pusher } from './pusher.ts';
import { property, readSettings, type Settings } from './settings.ts';
import { Texts } from './texts.ts';
import { changesOf, watchFiles } from './watch.ts';

/** What the server is told of itself. */
export interface Installation {
  readonly version: string;
  /** Version of the compiler. */
  readonly typescript: string;
  /** The linting thread's script. */
  readonly worker: URL;
  /** Folder of the rules' pages. */
  readonly pages: URL;
}

/** Speaks with one editor for as long as it is connected. */
export function serve(connection: Connection, installation: Installation): void {
  connection.onInitialize((params) => new Session(connection, installation, params).introduce());
  connection.listen();
}

class Session {
  readonly #connection: Connection;
  readonly #installation: Installation;
  readonly #client: ClientCapabilities;
  readonly #cwd: string;
  readonly #options: unknown;
  readonly #texts = new Texts();
  readonly #engine: Engine;
  readonly #diagnostics: Diagnostics;
  readonly #actions: CodeActions;
  readonly #pusher: Pusher;
  readonly #configs: ConfigProblems;
  readonly #logged = new Set<string>();
  #failure: string | undefined;

  constructor(connection: Connection, installation: Installation, params: InitializeParams) {
    this.#connection = connection;
    this.#installation = installation;
    this.#client = params.capabilities;
    this.#options = params.initializationOptions;
    const root = params.workspaceFolders?.[0]?.uri ?? params.rootUri ?? undefined;
    this.#cwd = (root && fileOf(root)) ?? process.cwd();
    this.#engine = new Engine(
      installation.worker,
      this.#linterSettings(readSettings(this.#options)),
      {
        busy: (busy) => this.#tell(busy ? 'linting' : 'idle'),
        log: (message) => connection.console.warn(message),
      },
    );
    const pageOf = pagesIn(installation.pages);
    this.#diagnostics = new Diagnostics(this.#engine, this.#texts, pageOf, (linted) => {
      this.#logNotes(linted.notes);
      void this.#configs.tell(linted.configs);
    });
    const { codeAction } = params.capabilities.textDocument ?? {};
    const { workspaceEdit } = params.capabilities.workspace ?? {};
    this.#actions = new CodeActions(this.#engine, this.#texts, this.#diagnostics, {
      resolve: codeAction?.resolveSupport?.properties.includes('edit') ?? false,
      versions: workspaceEdit?.documentChanges ?? false,
      snippets: workspaceEdit?.snippetEditSupport ?? false,
      disabled: codeAction?.disabledSupport ?? false,
    });
    this.#configs = new ConfigProblems(this.#texts, (params) => connection.sendDiagnostics(params));
    this.#pusher = new Pusher(this.#texts, (document) => this.#publish(document));
  }

  /** Says what the server can do, and starts to listen. */
  introduce(): InitializeResult {
    this.#followTexts();
    this.#answerQuestions();
    this.#connection.onInitialized(() => this.#begin());
    this.#connection.onDidChangeConfiguration((change) => this.#reconfigure(change));
    this.#connection.onDidChangeWatchedFiles((events) => this.#filesChanged(events));
    this.#connection.onShutdown(() => this.#end());
    const { version } = this.#installation;
    return {
      serverInfo: { name: 'asynclint', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
          resolveProvider: true,
        },
        ...(this.#pulls && {
          diagnosticProvider: {
            identifier: 'asynclint',
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
      },
    };
  }

  get #pulls(): boolean {
    return this.#client.textDocument?.diagnostic !== undefined;
  }

  #followTexts(): void {
    const { open } = this.#texts;
    open.onDidChangeContent(({ document }) => {
      const file = fileOf(document.uri);
      if (file === undefined) return;
      this.#engine.setText(file, document.getText());
      if (!this.#pulls) this.#pusher.touched(document.uri);
    });
    open.onDidClose(({ document }) => {
      const file = fileOf(document.uri);
      if (file !== undefined) this.#engine.setText(file, undefined);
      this.#diagnostics.forget(document.uri);
      if (!this.#pulls)
        void this.#connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    });
    open.listen(this.#connection);
  }

  #answerQuestions(): void {
    const { languages } = this.#connection;
    languages.diagnostics.on((params, token) => this.#pull(params, token));
    this.#connection.onCodeAction((params, token) => this.#codeActions(params, token));
    this.#connection.onCodeActionResolve((action, token) => this.#actions.resolve(action, token));
  }

  async #begin(): Promise<void> {
    const { workspace } = this.#client;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) await watchFiles(this.#connection);
    if (!workspace?.configuration) return;
    if (workspace.didChangeConfiguration?.dynamicRegistration) {
      const { type } = DidChangeConfigurationNotification;
      await this.#connection.client.register(type, { section: 'asynclint' });
    }
    await this.#reconfigure({ settings: undefined });
  }

  /** Editors that can be asked are asked; others send their settings along. */
  async #reconfigure({ settings }: DidChangeConfigurationParams): Promise<void> {
    const asked = this.#client.workspace?.configuration
      ? await this.#connection.workspace.getConfiguration('asynclint')
      : property(settings, 'asynclint');
    const chosen = readSettings({ ...Object(this.#options), ...Object(asked) });
    if (this.#engine.configure(this.#linterSettings(chosen))) this.#refresh();
  }

  #linterSettings(settings: Settings): LinterSettings {
    return { cwd: this.#cwd, ...settings };
  }

  #filesChanged({ changes: events }: DidChangeWatchedFilesParams): void {
    const changes = changesOf(events);
    const files = [...changes.changed, ...changes.created, ...changes.deleted];
    if (files.length === 0) return;
    this.#engine.changed(changes);
    this.#refresh();
  }

  /** What is on the screen may be wrong by now. */
  #refresh(): void {
    if (!this.#pulls) this.#pusher.everything();
    else if (this.#client.workspace?.diagnostics?.refreshSupport) {
      void this.#connection.languages.diagnostics.refresh();
    }
  }

  async #pull(
    { textDocument, previousResultId }: DocumentDiagnosticParams,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const document = this.#texts.open.get(textDocument.uri);
    if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    try {
      return await this.#logging(this.#diagnostics.pull(document, previousResultId, token));
    } catch (error) {
      if (!isCode(error, LSPErrorCodes.ContentModified)) throw error;
      // On `ContentModified` editors show an empty list until they ask again; on this they ask again.
      const data = { retriggerRequest: true };
      throw new ResponseError(LSPErrorCodes.ServerCancelled, error.message, data);
    }
  }

  async #codeActions(params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
    const document = this.#texts.open.get(params.textDocument.uri);
    return document === undefined ? [] : this.#logging(this.#actions.at(document, params, token));
  }

  async #publish(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    try {
      const diagnostics = await this.#logging(this.#diagnostics.diagnosticsOf(document));
      // A document that was edited or closed meanwhile has its own turn.
      const current = this.#texts.open.get(uri)?.version === version;
      if (current) await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    } catch {
      // Logged already; the last good result stays.
    }
  }

  /** Failures are logged and shown; questions that nobody waits for any more are no failures. */
  async #logging<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.#failure = undefined;
      return result;
    } catch (error) {
      if (isCode(error, LSPErrorCodes.RequestCancelled, LSPErrorCodes.ContentModified)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.#failure = message.split('\n', 1)[0];
      this.#connection.console.error(message);
      throw error;
    } finally {
      this.#tell('idle');
    }
  }

  #logNotes(notes: readonly Note[]): void {
    for (const { message, file, kind, stack } of notes) {
      const text = [file, message, stack].filter((part) => part !== undefined).join('\n');
      if (this.#logged.has(text)) continue;
      this.#logged.add(text);
      if (kind === 'internal') this.#connection.console.error(text);
      else this.#connection.console.info(text);
    }
  }

  #tell(state: 'idle' | 'linting'): void {
    if (property(this.#options, 'status') !== true) return;
    const failure = this.#failure;
    const status: ServerStatus = {
      state: state === 'idle' && failure !== undefined ? 'failed' : state,
      typescript: this.#installation.typescript,
      findings: this.#diagnostics.count,
      ...(failure !== undefined && { message: failure }),
    };
    void this.#connection.sendNotification('asynclint/status', status);
  }

  async #end(): Promise<void> {
    this.#pusher.dispose();
    const ended = await this.#engine.dispose();
    // A thread that waits for a hung compiler would keep the process from ending.
    if (!ended) this.#connection.onExit(() => void process.kill(process.pid, 'SIGKILL'));
  }
}

function isCode(error: unknown, ...codes: readonly number[]): error is ResponseError {
  return error instanceof ResponseError && codes.includes(error.code);
}
