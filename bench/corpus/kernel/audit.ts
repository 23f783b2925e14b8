import type { Actor } from './access.ts';
import type { Clock } from './clock.ts';
import { chunk } from './collections.ts';
import type { Database } from './database.ts';

/** Who did what to which thing. */
export interface AuditEntry<Subject extends string = string> {
  readonly actor: string;
  readonly action: string;
  readonly subject: Subject;
  readonly reference: string;
  readonly at: Date;
}

/** Keeps a record of what people do. */
export class AuditTrail {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async record<Subject extends string>(
    actor: Actor,
    action: string,
    subject: Subject,
    reference: string,
  ): Promise<AuditEntry<Subject>> {
    const entry = { actor: actor.name, action, subject, reference, at: this.#clock.now() };
    await this.#database.execute(
      'insert into audit values ($1, $2, $3, $4, $5)',
      Object.values(entry),
    );
    return entry;
  }

  async history<Subject extends string>(
    subject: Subject,
    reference: string,
  ): Promise<AuditEntry<Subject>[]> {
    const sql = 'select * from audit where subject = $1 and reference = $2 order by at';
    return await this.#database.query<AuditEntry<Subject>>(sql, [subject, reference]);
  }

  /** Deletes what is older than the given date, in portions. */
  async prune(before: Date, references: readonly string[]): Promise<number> {
    let removed = 0;
    for (const portion of chunk(references, 500)) {
      const sql = 'delete from audit where at < $1 and reference = any($2)';
      removed += await this.#database.execute(sql, [before, portion]);
    }
    return removed;
  }
}
