import type { AuditTrail } from './audit.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Router } from './http.ts';
import type { Logger } from './logger.ts';

/** What every part of the program may rely on. */
export interface Platform {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly audit: AuditTrail;
  readonly router: Router;
  /** Where files are read and written. */
  readonly folder: string;
  /** Where the remote systems are. */
  readonly endpoint: URL;
}

/** Starts and stops something that runs in the background. */
export interface Background {
  readonly name: string;
  start(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
