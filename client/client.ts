import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  EventEmitter,
  window,
  workspace,
} from 'vscode';
import {
  LanguageClient,
  type ProgressType,
  State,
  TransportKind,
  WorkDoneProgress,
} from 'vscode-languageclient/node';
import { ClientCommand, type InitializationOptions, type ServerStatus } from '#protocol';

/** What a server tells of how far it is. */
type WorkDone = typeof WorkDoneProgress.type extends ProgressType<infer P> ? P : never;

/** The languages that are linted, by VS Code's ids. */
export const LANGUAGES = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
] as const;

/** The documents that are linted: on disk, in one of our languages. */
export const DOCUMENTS = LANGUAGES.map((language) => ({ scheme: 'file', language }));

const OPTIONS: InitializationOptions = { status: true, commands: Object.values(ClientCommand) };

/** The language server of this window; runs while `asynclint.enable` says so. */
export class Server implements Disposable {
  readonly output = window.createOutputChannel('asynclint', { log: true });
  readonly #moduleOf: () => string;
  readonly #states = new EventEmitter<State>();
  readonly #statuses = new EventEmitter<ServerStatus>();
  readonly #settings: Disposable;
  /** A client that could not start never will: every start has one of its own. */
  #client: LanguageClient | undefined;
  /** Starting and stopping take time, and may be asked for meanwhile: one after the other. */
  #turn = Promise.resolve();

  readonly onState = this.#states.event;
  readonly onStatus = this.#statuses.event;

  /** @param moduleOf tells the server's module; asked whenever one starts. */
  constructor(moduleOf: () => string) {
    this.#moduleOf = moduleOf;
    this.#settings = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('asynclint.enable')) void this.follow();
      else if (change.affectsConfiguration('asynclint.server') && isEnabled()) void this.restart();
    });
  }

  /** Starts or stops the server, as the setting says. */
  follow(): Promise<void> {
    return this.#next(() => (isEnabled() ? this.#start() : this.#stop()));
  }

  /** Starts afresh, from whatever state the server is in. */
  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /**
   * Asks the server; nothing when it has nothing to tell.
   * @throws {Error} with a sentence for people, when it does not run or fails.
   */
  async ask<R>(
    method: string,
    params: object,
    token: CancellationToken = new CancellationTokenSource().token,
  ): Promise<R | undefined> {
    await this.#turn;
    if (!this.#client?.isRunning())
      throw new Error('It does not run: “asynclint: Restart” starts it.');
    return (await this.#client.sendRequest<R | null>(method, params, token)) ?? undefined;
  }

  /** Hears how far the server is with what was asked under a token. */
  onProgress(token: string, hear: (progress: WorkDone) => void): Disposable | undefined {
    return this.#client?.onProgress(WorkDoneProgress.type, token, hear);
  }

  async dispose(): Promise<void> {
    this.#settings.dispose();
    await this.#next(() => this.#stop());
    for (const one of [this.#states, this.#statuses, this.output]) one.dispose();
  }

  async #start(): Promise<void> {
    if (this.#client?.isRunning()) return;
    await this.#stop();
    const startWith = (execArgv: string[]) => ({
      module: this.#moduleOf(),
      transport: TransportKind.ipc,
      options: { execArgv },
    });
    const client = new LanguageClient(
      'asynclint',
      { run: startWith([]), debug: startWith(['--inspect=6010']) },
      {
        documentSelector: DOCUMENTS,
        initializationOptions: OPTIONS,
        outputChannel: this.output,
      },
    );
    this.#client = client;
    client.onDidChangeState(({ newState }) => this.#states.fire(newState));
    client.onNotification('asynclint/status', (status: ServerStatus) =>
      this.#statuses.fire(status),
    );
    try {
      await client.start();
    } catch {
      // The client says what went wrong, and the status that it did; “asynclint: Restart” has to stay within reach.
    }
  }

  /** Stops what runs; what cannot be stopped any more is left behind. */
  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      // After a crash it may be starting anew.
      if (client?.state === State.Starting) await client.start();
      await client?.dispose();
    } catch (error) {
      this.output.warn(`The server did not stop as it should: ${reasonOf(error)}`);
    }
  }

  #next(task: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(task, task);
    return this.#turn;
  }
}

/** What went wrong, in one line for people. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? message;
}

function isEnabled(): boolean {
  return workspace.getConfiguration('asynclint').get('enable', true);
}
