import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  type RequestParam,
  type RequestType,
  ResponseError,
  SharedArrayReceiverStrategy,
  SharedArraySenderStrategy,
} from 'vscode-jsonrpc/node';
import type { FileChanges } from '../workspace/linter.ts';
import { Configure, FilesChanged, type LinterSettings, TextChanged } from './messages.ts';

/** Longest that an answer may take; the linting thread gives up on its compiler well before. */
const PATIENCE = 300_000;
/** Longest that ending the thread may take: while it waits for its compiler it cannot be ended. */
const FAREWELL = 1500;

/** Whom the engine tells how it is. */
export interface Observer {
  busy(busy: boolean): void;
  log(message: string): void;
}

interface Thread {
  readonly worker: Worker;
  readonly connection: MessageConnection;
}

/**
 * The protocol thread's side of the linting thread. Questions are answered in order; what nobody waits for
 * any more is cancelled; a thread that dies or hangs is replaced, and the question asked once more.
 */
export class Engine {
  readonly #script: URL;
  readonly #observer: Observer;
  readonly #texts = new Map<string, string>();
  #settings: LinterSettings;
  #thread: Thread | undefined;
  #waiting = 0;
  #stamp = 0;

  constructor(script: URL, settings: LinterSettings, observer: Observer) {
    this.#script = script;
    this.#settings = settings;
    this.#observer = observer;
  }

  /** Counts everything that may change an answer: equal stamps mean equal answers. */
  get stamp(): number {
    return this.#stamp;
  }

  /** Tells the text of an open document, or that it is closed. */
  setText(file: string, text: string | undefined): void {
    this.#stamp++;
    if (text === undefined) this.#texts.delete(file);
    else this.#texts.set(file, text);
    const params = text === undefined ? { file } : { file, text };
    void this.#thread?.connection.sendNotification(TextChanged, params);
  }

  /** Tells what happened to files on disk. */
  changed(changes: FileChanges): void {
    this.#stamp++;
    void this.#thread?.connection.sendNotification(FilesChanged, changes);
  }

  /** Lints with these settings from now on; tells whether they are others. */
  configure(settings: LinterSettings): boolean {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return false;
    this.#stamp++;
    this.#settings = settings;
    void this.#thread?.connection.sendNotification(Configure, settings);
    return true;
  }

  /** Asks the linting thread; rejects with `RequestCancelled` when the token says so. */
  async ask<P, R>(
    type: RequestType<P, R, void>,
    params: RequestParam<P>,
    token?: CancellationToken,
  ): Promise<R> {
    if (this.#waiting++ === 0) this.#observer.busy(true);
    try {
      return await this.#send(type, params, token).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        return this.#send(type, params, token);
      });
    } finally {
      if (--this.#waiting === 0) this.#observer.busy(false);
    }
  }

  /** Ends the thread; tells whether it could be ended. */
  async dispose(): Promise<boolean> {
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return true;
    thread.connection.dispose();
    const ended = thread.worker.terminate().then(() => true);
    return Promise.race([ended, sleep(FAREWELL, false)]);
  }

  async #send<P, R>(
    type: RequestType<P, R, void>,
    params: RequestParam<P>,
    token?: CancellationToken,
  ): Promise<R> {
    const thread = this.#ready();
    const deadline = setTimeout(() => this.#lose(thread, `No answer in ${PATIENCE} ms`), PATIENCE);
    try {
      return await thread.connection.sendRequest(type, params, token);
    } finally {
      clearTimeout(deadline);
    }
  }

  #ready(): Thread {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #start(): Thread {
    const worker = new Worker(this.#script, { stdout: true });
    const connection = createMessageConnection(
      new PortMessageReader(worker),
      new PortMessageWriter(worker),
      undefined,
      {
        cancellationStrategy: {
          sender: new SharedArraySenderStrategy(),
          receiver: new SharedArrayReceiverStrategy(),
        },
      },
    );
    const thread = { worker, connection };
    worker.once('error', (error) => this.#observer.log(error.stack ?? error.message));
    worker.once('exit', (code) => this.#lose(thread, `The linting thread ended (${code})`));
    connection.listen();
    void connection.sendNotification(Configure, this.#settings);
    for (const [file, text] of this.#texts) {
      void connection.sendNotification(TextChanged, { file, text });
    }
    return thread;
  }

  /** Whoever waits for the thread is turned down, and asks the next one. */
  #lose(thread: Thread, reason: string): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#observer.log(`${reason}; it is started anew.`);
    thread.connection.dispose();
    void thread.worker.terminate();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected;
}
