import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type CancellationToken,
  CancellationTokenSource,
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
import { LSPErrorCodes } from 'vscode-languageserver/node';
import type { FileChanges } from '../workspace/linter.ts';
import { Configure, FilesChanged, type LinterSettings, TextChanged } from './messages.ts';

/** Longest that an answer may take; the linting thread gives up on its compiler well before. */
const PATIENCE = 300_000;
/** Milliseconds without typing before work begins that can wait. */
const QUIET = 300;
/** Megabytes for what the linting thread made a moment ago; of more it would keep more, and be hardly faster. */
const YOUNG = 24;
/** Longest that ending the thread may take: while it waits for its compiler it cannot be ended. */
const FAREWELL = 1500;

/** Whom the engine tells how it is. */
export interface Observer {
  busy(busy: boolean): void;
  log(message: string): void;
}

/** How a question is to be treated. */
export interface Manner {
  /** Says when nobody waits for the answer any more. */
  readonly token?: CancellationToken | undefined;
  /** The file whose newer text makes the answer worthless. */
  readonly about?: string;
  /** Waits until nobody types and nothing else is asked; any newer text makes the answer worthless. */
  readonly inBackground?: boolean;
}

interface Question {
  readonly about: string | undefined;
  readonly inBackground: boolean;
  readonly source: CancellationTokenSource;
  isOvertaken: boolean;
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
  readonly #questions = new Set<Question>();
  /** Who waits until nothing else is asked. */
  #patient: (() => void)[] = [];
  /** Who waits for `settled`. */
  #curious: (() => void)[] = [];
  #waiting = 0;
  #urgent = 0;
  #stamp = 0;
  #settled = 0;
  #typed = 0;
  #isDisposed = false;

  constructor(script: URL, settings: LinterSettings, observer: Observer) {
    this.#script = script;
    this.#settings = settings;
    this.#observer = observer;
  }

  /** Counts everything that may change an answer: equal stamps mean equal answers. */
  get stamp(): number {
    return this.#stamp;
  }

  /** Counts what may change an answer and is not mere typing: what happened on disk, and settings. */
  get settled(): number {
    return this.#settled;
  }

  /** Tells the text of an open document, or that it is closed. */
  setText(file: string, text: string | undefined): void {
    this.#stamp++;
    this.#typed = performance.now();
    for (const question of this.#questions) {
      if (question.isOvertaken || (question.about !== file && !question.inBackground)) continue;
      question.isOvertaken = true;
      question.source.cancel();
    }
    if (text === undefined) this.#texts.delete(file);
    else this.#texts.set(file, text);
    const params = text === undefined ? { file } : { file, text };
    void this.#thread?.connection.sendNotification(TextChanged, params);
  }

  /** Tells what happened to files on disk. */
  changed(changes: FileChanges): void {
    this.#stamp++;
    this.settle();
    void this.#thread?.connection.sendNotification(FilesChanged, changes);
  }

  /** Lints with these settings from now on; tells whether they are others. */
  configure(settings: LinterSettings): boolean {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return false;
    this.#stamp++;
    this.settle();
    this.#settings = settings;
    void this.#thread?.connection.sendNotification(Configure, settings);
    return true;
  }

  /** Notes that what was typed so far is meant: somebody saved. */
  settle(): void {
    this.#settled++;
    for (const wake of this.#curious.splice(0)) wake();
  }

  /** Resolves once `settled` is another number, or the token says that nobody waits any more. */
  settledSince(settled: number, token: CancellationToken): Promise<void> {
    if (settled !== this.#settled || token.isCancellationRequested) return Promise.resolve();
    return new Promise((resolve) => {
      this.#curious.push(resolve);
      token.onCancellationRequested(() => resolve());
    });
  }

  /**
   * Asks the linting thread.
   * @throws {ResponseError} `RequestCancelled` when the token says so, `ContentModified` when the text is another.
   */
  async ask<P, R>(
    type: RequestType<P, R, void>,
    params: RequestParam<P>,
    { token, about, inBackground = false }: Manner = {},
  ): Promise<R> {
    if (this.#isDisposed || token?.isCancellationRequested) throw cancelled();
    const source = new CancellationTokenSource();
    // Asked for its token first: a source without one is cancelled once, and throws the second time.
    const { token: own } = source;
    const question = { about, inBackground, source, isOvertaken: false };
    const link = token?.onCancellationRequested(() => source.cancel());
    this.#questions.add(question);
    this.#begin(inBackground);
    try {
      if (inBackground) await this.#quiet();
      if (own.isCancellationRequested) throw cancelled();
      return await this.#send(type, params, own).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        if (own.isCancellationRequested) throw cancelled();
        return this.#send(type, params, own);
      });
    } catch (error) {
      throw question.isOvertaken && token?.isCancellationRequested !== true ? modified() : error;
    } finally {
      this.#questions.delete(question);
      link?.dispose();
      source.dispose();
      this.#end(inBackground);
    }
  }

  #begin(inBackground: boolean): void {
    if (!inBackground) this.#urgent++;
    if (this.#waiting++ === 0) this.#observer.busy(true);
  }

  #end(inBackground: boolean): void {
    if (!inBackground && --this.#urgent === 0) for (const wake of this.#patient.splice(0)) wake();
    if (--this.#waiting === 0) this.#observer.busy(false);
  }

  async #quiet(): Promise<void> {
    for (;;) {
      const rest = this.#typed + QUIET - performance.now();
      if (this.#urgent > 0) await new Promise<void>((wake) => this.#patient.push(wake));
      else if (this.#typed > 0 && rest > 0) await sleep(rest);
      else return;
    }
  }

  /** Ends the thread, and turns down whoever waits for it; tells whether it could be ended. */
  async dispose(): Promise<boolean> {
    this.#isDisposed = true;
    for (const { source } of this.#questions) source.cancel();
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
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG };
    const worker = new Worker(this.#script, { stdout: true, resourceLimits });
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

/** The answer to a question about text that is no more. */
export function modified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The text changed meanwhile.');
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits for it.');
}

function isGone(error: unknown): boolean {
  return error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected;
}
