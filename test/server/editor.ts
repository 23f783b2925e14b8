import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  type ApplyWorkspaceEditParams,
  type ClientCapabilities,
  type CodeAction,
  type ConfigurationParams,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type FileSystemWatcher,
  type InitializeResult,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerStatus } from '#protocol';
import { watchersIn } from './capabilities.ts';
import { editsOf, onDisk, reached } from './edits.ts';

export { ASKING, FULL, PLAIN } from './capabilities.ts';
export { rangeOf } from './edits.ts';

type Files = Readonly<Record<string, string>>;

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', types: [] },
});

/** An editor that does nothing by itself, over the bundled server's standard input and output. */
export class Editor {
  readonly folder: string;
  readonly connection: MessageConnection;
  readonly server: ChildProcess;
  /** How often the server asked to be asked again. */
  refreshes = 0;
  /** What it says that it can do. */
  offered: ServerCapabilities = {};
  /** What it says to people. */
  readonly messages: string[] = [];
  /** What it says of itself. */
  readonly statuses: ServerStatus[] = [];
  /** What it wants to be told of files. */
  readonly watched: FileSystemWatcher[] = [];
  /** What it answers when it is asked for settings, by folder; `.` stands for all others. */
  settings: Readonly<Record<string, unknown>> = {};
  readonly #documents = new Map<string, TextDocument>();
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  #waiting: (() => void)[] = [];

  private constructor(files: Files, command: readonly string[]) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'asynclint-')));
    for (const [name, text] of Object.entries({ 'tsconfig.json': TSCONFIG, ...files })) {
      this.write(name, text);
    }
    const stdio = ['pipe', 'pipe', 'inherit'] as const;
    const server = spawn(process.execPath, [...command], { stdio: [...stdio] });
    this.server = server;
    this.connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
  }

  /** Starts the server over a folder with these files. */
  static async start(
    capabilities: ClientCapabilities,
    files: Files,
    initializationOptions: object = {},
    command: readonly string[] = [resolve('dist/server.js'), '--stdio'],
    folders: readonly string[] = ['.'],
  ): Promise<Editor> {
    const editor = new Editor(files, command);
    const { connection } = editor;
    editor.#follow();
    connection.listen();
    const { capabilities: offered } = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(editor.folder).href,
      workspaceFolders: folders.map((name) => ({ uri: editor.uriOf(name), name })),
      capabilities,
      initializationOptions,
    });
    editor.offered = offered;
    await connection.sendNotification('initialized', {});
    return editor;
  }

  #follow(): void {
    const { connection } = this;
    const heard = <T>(take: (told: T) => void) => {
      return (told: T): void => {
        take(told);
        for (const wake of this.#waiting.splice(0)) wake();
      };
    };
    connection.onNotification(
      'textDocument/publishDiagnostics',
      heard((params: PublishDiagnosticsParams) => void this.#published.set(params.uri, params)),
    );
    connection.onNotification(
      'window/showMessage',
      heard(({ message }: { message: string }) => void this.messages.push(message)),
    );
    connection.onNotification(
      'asynclint/status',
      heard((status: ServerStatus) => void this.statuses.push(status)),
    );
    const refreshed = heard(() => void this.refreshes++);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      refreshed(undefined);
      return null;
    });
    connection.onRequest('client/registerCapability', (params: RegistrationParams) => {
      this.watched.push(...watchersIn(params));
      return null;
    });
    connection.onRequest('client/unregisterCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ scopeUri }) => this.#settingsIn(scopeUri) ?? null),
    );
    connection.onRequest('workspace/applyEdit', ({ edit }: ApplyWorkspaceEditParams) => {
      return { applied: this.#apply(edit) };
    });
  }

  #settingsIn(uri: string | undefined): unknown {
    const name = Object.keys(this.settings).find((folder) => this.uriOf(folder) === uri);
    return this.settings[name ?? '.'];
  }

  /** Does what an editor does: all of it, or nothing where some document has another version. */
  #apply(edit: WorkspaceEdit): boolean {
    try {
      for (const uri of reached(edit)) {
        const open = [...this.#documents].find(([, one]) => one.uri === uri);
        const document = open?.[1] ?? onDisk(uri);
        const text = TextDocument.applyEdits(document, editsOf(edit, document));
        if (open === undefined) writeFileSync(fileURLToPath(uri), text);
        else void this.type(open[0], text);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Writes a file, without a word to the server. */
  write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  uriOf(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  textOf(name: string): string {
    return this.#documentOf(name).getText();
  }

  /** Opens a document. */
  async open(name: string, text: string): Promise<void> {
    const uri = this.uriOf(name);
    this.#documents.set(name, TextDocument.create(uri, 'typescript', 1, text));
    const textDocument = { uri, languageId: 'typescript', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Replaces the text of an open document, unsaved. */
  async type(name: string, text: string): Promise<void> {
    const before = this.#documentOf(name);
    const version = before.version + 1;
    this.#documents.set(name, TextDocument.create(before.uri, 'typescript', version, text));
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: before.uri, version },
      contentChanges: [{ text }],
    });
  }

  async close(name: string): Promise<void> {
    const textDocument = { uri: this.uriOf(name) };
    this.#documents.delete(name);
    await this.connection.sendNotification('textDocument/didClose', { textDocument });
  }

  /** Tells what happened on disk. */
  async happened(what: 'created' | 'changed' | 'deleted', name: string): Promise<void> {
    const { Created: created, Changed: changed, Deleted: deleted } = FileChangeType;
    const types = { created, changed, deleted };
    const changes = [{ uri: this.uriOf(name), type: types[what] }];
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /** Asks for the report on a document. */
  report(
    name: string,
    previousResultId?: string,
    token = CancellationToken.None,
  ): Promise<DocumentDiagnosticReport> {
    const textDocument = { uri: this.uriOf(name) };
    const params = { textDocument, ...(previousResultId !== undefined && { previousResultId }) };
    const method = 'textDocument/diagnostic';
    return this.connection.sendRequest<DocumentDiagnosticReport>(method, params, token);
  }

  /** Asks for the findings in a document. */
  async pull(name: string): Promise<readonly Diagnostic[]> {
    const report = await this.report(name);
    return report.kind === 'full' ? report.items : [];
  }

  /** What the server told last of a document, unasked. */
  published(name: string): readonly Diagnostic[] | undefined {
    return this.#published.get(this.uriOf(name))?.diagnostics;
  }

  /** Waits until what the server tells unasked satisfies; fails by the test's time limit. */
  async pushed(
    name: string,
    satisfies: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const published = this.published(name);
      if (published !== undefined && satisfies(published)) return published;
      await this.news();
    }
  }

  /** Waits for the next thing that the server tells unasked. */
  news(): Promise<void> {
    return new Promise((wake) => this.#waiting.push(wake));
  }

  /** Asks what can be done at a place. */
  async actions(
    name: string,
    range: Range,
    only?: readonly string[],
    token = CancellationToken.None,
  ): Promise<readonly CodeAction[]> {
    const textDocument = { uri: this.uriOf(name) };
    const context = { diagnostics: [], ...(only && { only }) };
    const params = { textDocument, range, context };
    return this.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params, token);
  }

  /** The text of a document with an action done, its edit fetched when it came without. */
  async done(name: string, action: CodeAction | undefined): Promise<string> {
    const { edit } = await this.resolved(action);
    const document = this.#documentOf(name);
    return TextDocument.applyEdits(document, editsOf(edit, document));
  }

  /** An action with its edit, fetched when it came without. */
  async resolved(action: CodeAction | undefined): Promise<CodeAction> {
    if (action === undefined) throw new Error('There is no such action.');
    if (action.edit !== undefined) return action;
    return this.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  }

  /** Processes that the server started. */
  compilers(): readonly number[] {
    const out = execFileSync('pgrep', ['-P', String(this.server.pid)], { encoding: 'utf8' });
    return out.trim().split('\n').map(Number);
  }

  /** Ends the server as the protocol wants it; its exit code. */
  async stop(): Promise<number | null> {
    const { server } = this;
    const exited = server.exitCode === null ? once(server, 'exit') : undefined;
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await exited;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return server.exitCode;
  }

  #documentOf(name: string): TextDocument {
    const document = this.#documents.get(name);
    if (document === undefined) throw new Error(`${name} is not open.`);
    return document;
  }
}
