import type { Connection } from 'vscode-languageserver/node';
import type { ServerStatus } from '#protocol';

/** What the status is made of. */
type Parts = Omit<ServerStatus, 'state'>;

/** Tells an editor that wants to know how the server is, whenever that changes. */
export class Status {
  readonly #connection: Connection;
  readonly #isWanted: boolean;
  readonly #partsNow: () => Parts;
  #isBusy = false;
  #failure: string | undefined;
  #told = '';

  constructor(connection: Connection, isWanted: boolean, partsNow: () => Parts) {
    this.#connection = connection;
    this.#isWanted = isWanted;
    this.#partsNow = partsNow;
  }

  /** Takes whether anything is being done. */
  busy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.tell();
  }

  /** Takes what went wrong, or that nothing does any more. */
  failed(failure: string | undefined): void {
    this.#failure = failure;
    this.tell();
  }

  /** Tells what is new. */
  tell(): void {
    if (!this.#isWanted) return;
    const failure = this.#failure;
    const settled = failure === undefined ? 'idle' : 'failed';
    const status: ServerStatus = {
      ...this.#partsNow(),
      state: this.#isBusy ? 'linting' : settled,
      ...(failure !== undefined && { message: failure }),
    };
    const json = JSON.stringify(status);
    if (json === this.#told) return;
    this.#told = json;
    void this.#connection.sendNotification('asynclint/status', status);
  }
}
