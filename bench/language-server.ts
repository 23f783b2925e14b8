import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  LSPErrorCodes,
  type ProtocolConnection,
  type Range,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { Command } from './process-tree.ts';

const patience = 30_000;

/** What an editor that pulls diagnostics says of itself. */
const capabilities = {
  textDocument: {
    synchronization: { dynamicRegistration: false },
    diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
  },
  workspace: { workspaceFolders: true, configuration: true },
};

/** One file that is edited, in a language server of its own. */
export class EditorSession {
  readonly #connection: ProtocolConnection;
  readonly #child: ChildProcess;
  readonly #uri: string;
  /** The document whose diagnostics are asked for. */
  #watched: string;
  #version = 1;
  #text = '';
  #isIncremental = false;

  private constructor(command: Command, file: string) {
    const { program, args, folder } = command;
    const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#uri = pathToFileURL(file).href;
    this.#watched = this.#uri;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    // An editor without settings of its own answers one null for each that is asked for.
    this.#connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.#connection.listen();
  }

  /** Starts a server in the command's folder and opens the file in it. */
  static async open(command: Command, file: string, text: string): Promise<EditorSession> {
    const session = new EditorSession(command, file);
    const { href: uri } = pathToFileURL(command.folder);
    const { capabilities: offered } = await session.#connection.sendRequest(
      InitializeRequest.type,
      {
        processId: process.pid,
        rootUri: uri,
        workspaceFolders: [{ uri, name: 'bench' }],
        capabilities,
      },
    );
    const sync = offered.textDocumentSync;
    const kind = typeof sync === 'object' ? sync.change : sync;
    session.#isIncremental = kind === TextDocumentSyncKind.Incremental;
    session.#text = text;
    await session.#connection.sendNotification(InitializedNotification.type, {});
    await session.#show(session.#uri, text);
    return session;
  }

  /** Opens another file, whose diagnostics are asked for from now on. */
  async watch(file: string, text: string): Promise<void> {
    this.#watched = pathToFileURL(file).href;
    await this.#show(this.#watched, text);
  }

  /** The server's process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Opens another file, asks for its diagnostics and closes it. */
  async visit(file: string, text: string): Promise<readonly Diagnostic[]> {
    const { href: uri } = pathToFileURL(file);
    await this.#show(uri, text);
    try {
      return await this.#ask(uri);
    } finally {
      await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, {
        textDocument: { uri },
      });
    }
  }

  /** Replaces one line, counted from 0, and resolves with the diagnostics of the new text. */
  async replaceLine(line: number, replacement: string): Promise<readonly Diagnostic[]> {
    const lines = this.#text.split('\n');
    const range: Range = {
      start: { line, character: 0 },
      end: { line, character: lines[line]?.length ?? 0 },
    };
    this.#text = lines.with(line, replacement).join('\n');
    this.#version++;
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.#uri, version: this.#version },
      contentChanges: [this.#isIncremental ? { range, text: replacement } : { text: this.#text }],
    });
    return await this.diagnostics();
  }

  /** Asks until the server answers for the present text. */
  diagnostics(): Promise<readonly Diagnostic[]> {
    return this.#ask(this.#watched);
  }

  #show(uri: string, text: string): Promise<void> {
    return this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    });
  }

  async #ask(uri: string): Promise<readonly Diagnostic[]> {
    const deadline = performance.now() + patience;
    while (performance.now() < deadline) {
      try {
        const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, {
          textDocument: { uri },
        });
        if (report.kind === 'full') return report.items;
      } catch (error) {
        if (!isOvertaken(error)) throw error;
      }
    }
    throw new Error('The server gives no diagnostics.');
  }

  /** Ends the server, politely first. */
  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    const isOver = await Promise.race([ended.then(() => true), delay(2_000, false)]);
    if (!isOver) this.#child.kill();
    this.#connection.dispose();
  }
}

/** Servers may refuse to answer for a text that has changed meanwhile. */
function isOvertaken(error: unknown): boolean {
  const codes: readonly number[] = [LSPErrorCodes.ContentModified, LSPErrorCodes.ServerCancelled];
  return error instanceof ResponseError && codes.includes(error.code);
}
