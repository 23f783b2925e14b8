/** What the server and its editors say to each other beyond the Language Server Protocol. */

/** How the server is; sent as the notification `asynclint/status` whenever it changes. */
export interface ServerStatus {
  readonly state: 'starting' | 'linting' | 'ready' | 'failed';
  /** What went wrong and the way out, when it did. */
  readonly message?: string;
  /** The config of the project that was linted last, relative to its workspace folder. */
  readonly project?: string;
  /** Version of the compiler that is asked. */
  readonly typescript: string;
  /** In the files that are open. */
  readonly findings: number;
}
