import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type InitializeResult,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Asks for diagnostics, resolves edits late, takes placeholders: as VS Code does. */
export const ASKING: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
  workspace: {
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
};

/** Announces nothing at all: as Vim's and Emacs's older clients do. */
export const PLAIN: ClientCapabilities = {};

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
  readonly #documents = new Map<string, TextDocument>();
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  #waiting: (() => void)[] = [];

  private constructor(files: Files, command: readonly string[]) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'asynclint-')));
    for (const [name, text] of Object.entries({ 'tsconfig.json': TSCONFIG, ...files })) {
      this.write(name, text);
    }
    const stdio = ['pipe', 'pipe', 'inherit'] as const;
    const server = spawn(process.execPath, [...command], {
      stdio: [...stdio],
    });
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
  ): Promise<Editor> {
    const editor = new Editor(files, command);
    const { connection } = editor;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: PublishDiagnosticsParams) => {
        editor.#published.set(params.uri, params);
        for (const wake of editor.#waiting.splice(0)) wake();
      },
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      editor.refreshes++;
      for (const wake of editor.#waiting.splice(0)) wake();
      return null;
    });
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(editor.folder).href,
      capabilities,
      initializationOptions,
    });
    await connection.sendNotification('initialized', {});
    return editor;
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
    const types = {
      created: FileChangeType.Created,
      changed: FileChangeType.Changed,
      deleted: FileChangeType.Deleted,
    };
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

  /** Waits until what the server tells unasked satisfies; fails by the test's time limit. */
  async pushed(
    name: string,
    satisfies: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const published = this.#published.get(this.uriOf(name));
      if (published !== undefined && satisfies(published.diagnostics)) return published.diagnostics;
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
    const method = 'textDocument/codeAction';
    const params = { textDocument, range, context };
    return this.connection.sendRequest<CodeAction[]>(method, params, token);
  }

  /** The text of a document with an action done, its edit fetched when it came without. */
  async done(name: string, action: CodeAction | undefined): Promise<string> {
    if (action === undefined) throw new Error('There is no such action.');
    const { edit } = action.edit
      ? action
      : await this.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    const document = this.#documentOf(name);
    return TextDocument.applyEdits(document, editsOf(edit, document));
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

/** The edits for one document; those for another version of it are a failure. */
function editsOf(edit: WorkspaceEdit | undefined, { uri, version }: TextDocument): TextEdit[] {
  const simple = edit?.changes?.[uri] ?? [];
  const versioned = (edit?.documentChanges ?? []).flatMap((change) => {
    if (!('edits' in change) || change.textDocument.uri !== uri) return [];
    if (change.textDocument.version !== version)
      throw new Error('The edit is for another version.');
    return change.edits.map((one) =>
      'newText' in one ? one : { range: one.range, newText: one.snippet.value },
    );
  });
  return [...simple, ...versioned];
}

/** The stretch of the only place where `part` stands in `text`. */
export function rangeOf(text: string, part: string): Range {
  const document = TextDocument.create('', '', 0, text);
  const start = text.indexOf(part);
  if (start === -1 || text.indexOf(part, start + 1) !== -1) throw new Error(`Not once: ${part}`);
  return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
}
