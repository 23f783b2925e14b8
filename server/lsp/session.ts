import { relative } from 'node:path';
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type Disposable,
  DocumentDiagnosticRequest,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { Note } from '../workspace/report.ts';
import { CodeActions } from './actions/code-actions.ts';
import { Client, capabilitiesFor, diagnosticOptions } from './client.ts';
import { Commands } from './commands.ts';
import { fileOf, uriOf } from './convert.ts';
import { ConfigProblems } from './diagnostics/config-problems.ts';
import { Diagnostics } from './diagnostics/diagnostics.ts';
import { Publisher } from './diagnostics/publisher.ts';
import { WorkspaceDiagnostics } from './diagnostics/workspace-diagnostics.ts';
import { Engine } from './engine.ts';
import type { Linted } from './messages.ts';
import { notice } from './notices.ts';
import { Pages } from './pages.ts';
import { answerRequests } from './requests.ts';
import { Preferences, property } from './settings.ts';
import { Status } from './status.ts';
import { Texts } from './texts.ts';
import { Views } from './views.ts';
import { changesOf, watchFiles } from './watch.ts';
import { WorkspaceEdits } from './workspace-edits.ts';

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

/** One editor, and all that is kept for it. */
export class Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly preferences: Preferences;
  readonly texts = new Texts();
  readonly engine: Engine;
  readonly diagnostics: Diagnostics;
  readonly workspace: WorkspaceDiagnostics;
  readonly actions: CodeActions;
  readonly commands: Commands;
  readonly views: Views;
  readonly publisher: Publisher;
  readonly #installation: Installation;
  readonly #status: Status;
  readonly #configs: ConfigProblems;
  readonly #logged = new Set<string>();
  #folders: readonly string[];
  #pulling: Promise<Disposable> | undefined;
  /** Whether the client was told that it may ask for the whole workspace; nothing before it was told. */
  #offered: boolean | undefined;
  #project: string | undefined;
  #hint: string | undefined;

  constructor(connection: Connection, installation: Installation, params: InitializeParams) {
    const client = new Client(params);
    this.connection = connection;
    this.client = client;
    this.#installation = installation;
    this.#folders = client.folders;
    this.preferences = new Preferences(client.options, client.folders[0] ?? process.cwd());
    const isWanted = (file: string): boolean => this.preferences.of(file).enable;
    this.engine = new Engine(installation.worker, this.preferences.linterSettings(), {
      busy: (busy) => this.#status.busy(busy),
      log: (message) => connection.console.warn(message),
    });
    const pages = new Pages(installation.pages);
    this.diagnostics = new Diagnostics(this.engine, this.texts, {
      pageOf: (rule) => pages.hrefOf(rule),
      isWanted,
      heard: (linted) => this.#hear(linted),
    });
    const { engine, texts, diagnostics } = this;
    const parts = [engine, texts, diagnostics] as const;
    this.workspace = new WorkspaceDiagnostics(...parts, () => this.#folders, isWanted);
    const edits = new WorkspaceEdits(engine, texts, client.hasVersions);
    this.actions = new CodeActions(...parts, edits, client.actions);
    this.views = new Views(engine, diagnostics, pages);
    const { workspace, views } = this;
    const { shows } = client;
    this.commands = new Commands({ connection, engine, texts, edits, workspace, views, shows });
    this.publisher = new Publisher(connection, texts, diagnostics, workspace, {
      pulls: client.pulls,
      refreshes: client.capabilities.workspace?.diagnostics?.refreshSupport ?? false,
      wantsWorkspace: () => this.#wantsWorkspace,
      quietly: (answer) => this.quietly(answer),
    });
    this.#configs = new ConfigProblems(texts, (params) => connection.sendDiagnostics(params));
    const wantsStatus = property(client.options, 'status') === true;
    this.#status = new Status(connection, wantsStatus, () => this.#statusNow());
  }

  /** Says what the server can do, and starts to listen. */
  introduce(): InitializeResult {
    this.#followTexts();
    answerRequests(this);
    const { connection } = this;
    connection.onInitialized(() => this.#begin());
    connection.onDidChangeConfiguration(({ settings }) => this.#reconfigure(settings));
    connection.onDidChangeWatchedFiles(({ changes: events }) => {
      const changes = changesOf(events);
      const files = [...changes.changed, ...changes.created, ...changes.deleted];
      if (files.length === 0) return;
      this.engine.changed(changes);
      this.publisher.everything(files);
    });
    connection.onShutdown(() => this.#end());
    const { version } = this.#installation;
    return {
      serverInfo: { name: 'asynclint', version },
      capabilities: capabilitiesFor(this.client, this.#wantsWorkspace),
    };
  }

  /** The workspace folder that a file lies in, for names that people read. */
  folderOf(file: string): string {
    const folders = this.#folders.filter((folder) => file.startsWith(`${folder}/`));
    return folders.sort((a, b) => b.length - a.length)[0] ?? '/';
  }

  /** Failures are logged and shown; questions that nobody waits for any more are no failures. */
  async logging<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.#status.failed(undefined);
      return result;
    } catch (error) {
      if (!isOvertaken(error)) {
        const message = error instanceof Error ? error.message : String(error);
        this.#status.failed(message.split('\n', 1)[0]);
        this.connection.console.error(message);
      }
      throw error;
    }
  }

  /** Nothing where it failed: that is told already, and what was told last stays. */
  async quietly<T>(answer: Promise<T>): Promise<T | undefined> {
    return this.logging(answer).catch(() => undefined);
  }

  get #wantsWorkspace(): boolean {
    return this.preferences.general.scope === 'workspace';
  }

  #followTexts(): void {
    const { open } = this.texts;
    open.onDidChangeContent(({ document }) => {
      const file = fileOf(document.uri);
      if (file === undefined) return;
      this.engine.setText(file, document.getText());
      this.publisher.touched(document);
    });
    open.onDidSave(() => this.engine.settle());
    open.onDidClose(({ document: { uri } }) => {
      const file = fileOf(uri);
      if (file !== undefined) this.engine.setText(file, undefined);
      this.diagnostics.forget(uri);
      this.publisher.closed(uri);
    });
    open.listen(this.connection);
  }

  async #begin(): Promise<void> {
    const { workspace } = this.client.capabilities;
    if (workspace?.workspaceFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => fileOf(uri)));
        const others = this.#folders.filter((folder) => !gone.has(folder));
        this.#folders = [...others, ...added.flatMap(({ uri }) => fileOf(uri) ?? [])];
        void this.#reconfigure(undefined);
      });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) await watchFiles(this.connection);
    if (this.client.isAskedForSettings) {
      if (workspace?.didChangeConfiguration?.dynamicRegistration) {
        const { type } = DidChangeConfigurationNotification;
        await this.connection.client.register(type, { section: 'asynclint' });
      }
      await this.#reconfigure(undefined);
    }
    if (this.#wantsWorkspace) this.publisher.everything();
  }

  /** Editors that can be asked are asked; others send their settings along. */
  async #reconfigure(settings: unknown): Promise<void> {
    const before = JSON.stringify(this.preferences.general);
    if (this.client.isAskedForSettings) await this.#ask();
    else if (settings !== undefined) this.preferences.take(property(settings, 'asynclint'));
    const isOther = this.engine.configure(this.preferences.linterSettings());
    await this.#offerPulling();
    if (!isOther && before === JSON.stringify(this.preferences.general)) return;
    this.diagnostics.doubt();
    this.publisher.everything();
    const { codeLens } = this.client.capabilities.workspace ?? {};
    if (codeLens?.refreshSupport) await this.connection.sendRequest(CodeLensRefreshRequest.type);
  }

  async #ask(): Promise<void> {
    const section = 'asynclint';
    const items = this.#folders.map((folder) => ({ section, scopeUri: uriOf(folder) }));
    const [general, ...own] = await this.connection.workspace.getConfiguration([
      { section },
      ...items,
    ]);
    this.preferences.take(
      general,
      new Map(this.#folders.map((folder, index) => [folder, own[index]])),
    );
  }

  /** Whoever can be told late is told whether it may ask for the whole workspace. */
  async #offerPulling(): Promise<void> {
    const wantsWorkspace = this.#wantsWorkspace;
    // Settings come more than once: what is registered twice is asked, and shown, twice.
    if (!this.client.pullsLater || this.#offered === wantsWorkspace) return;
    this.#offered = wantsWorkspace;
    const options = diagnosticOptions(wantsWorkspace);
    const before = this.#pulling;
    const documentSelector = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map(
      (language) => ({ scheme: 'file', language }),
    );
    this.#pulling = this.connection.client.register(DocumentDiagnosticRequest.type, {
      documentSelector,
      ...options,
    });
    await this.#pulling;
    (await before)?.dispose();
  }

  #hear({ notes, configs, project, hint }: Linted): void {
    this.#logNotes(notes);
    void this.#configs.tell(configs);
    this.#project = project ?? this.#project;
    if (hint !== undefined && !this.#logged.has(hint)) {
      this.#logged.add(hint);
      notice(this.connection, 'info', hint);
    }
    this.#hint = hint;
    this.#status.tell();
  }

  #statusNow() {
    const project = this.#project;
    const name = project && relative(this.folderOf(project), project).replaceAll('\\', '/');
    return {
      typescript: this.#installation.typescript,
      findings: this.diagnostics.count,
      ...(name !== undefined && { project: name }),
      ...(this.#hint !== undefined && { message: this.#hint }),
    };
  }

  #logNotes(notes: readonly Note[]): void {
    for (const { message, file, kind, stack } of notes) {
      const text = [file, message, stack].filter((part) => part !== undefined).join('\n');
      if (this.#logged.has(text)) continue;
      this.#logged.add(text);
      if (kind === 'internal') this.connection.console.error(text);
      else this.connection.console.info(text);
    }
  }

  async #end(): Promise<void> {
    this.publisher.dispose();
    const ended = await this.engine.dispose();
    // A thread that waits for a hung compiler would keep the process from ending.
    if (!ended) this.connection.onExit(() => void process.kill(process.pid, 'SIGKILL'));
  }
}

function isOvertaken(error: unknown): boolean {
  const codes: readonly number[] = [LSPErrorCodes.RequestCancelled, LSPErrorCodes.ContentModified];
  return error instanceof ResponseError && codes.includes(error.code);
}
