import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  workspace,
} from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { ClientCommand, type InitializationOptions } from '#protocol';

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
  readonly client: LanguageClient;
  readonly #settings: Disposable;
  /** Starting and stopping take time, and may be asked for meanwhile: one after the other. */
  #turn = Promise.resolve();

  /** @param moduleOf tells the server's module; asked whenever one starts. */
  constructor(moduleOf: () => string) {
    const startWith = (execArgv: string[]) => ({
      get module() {
        return moduleOf();
      },
      transport: TransportKind.ipc,
      options: { execArgv },
    });
    this.client = new LanguageClient(
      'asynclint',
      { run: startWith([]), debug: startWith(['--inspect=6010']) },
      { documentSelector: DOCUMENTS, initializationOptions: OPTIONS },
    );
    this.#settings = workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('asynclint.enable')) void this.follow();
      else if (change.affectsConfiguration('asynclint.server') && isEnabled()) void this.restart();
    });
  }

  /** Starts or stops the server, as the setting says. */
  follow(): Promise<void> {
    return this.#next(() => (isEnabled() ? this.client.start() : this.#stop()));
  }

  /** Starts afresh, from whatever state the server is in. */
  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      await this.client.start();
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
    if (!this.client.isRunning())
      throw new Error('It does not run: “asynclint: Restart” starts it.');
    return (await this.client.sendRequest<R | null>(method, params, token)) ?? undefined;
  }

  dispose(): Promise<void> {
    this.#settings.dispose();
    return this.#next(() => this.client.dispose());
  }

  async #stop(): Promise<void> {
    if (this.client.needsStop()) await this.client.stop();
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
