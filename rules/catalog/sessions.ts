/**
 * Things that do one piece of work at a time, by the module and the name of their type. Pools and clients that open as
 * many connections as they need are left out, and so is what sends one query while it waits for another (`postgres`,
 * `ioredis`). Sources: the documentation and the type declarations of each package.
 */

/** What becomes of work that is given to one of them while it is at work. */
export type SessionLimit =
  /** Nothing is promised: it fails, or does something else. */
  | 'breaks'
  /** The server or the library refuses it. */
  | 'refuses'
  /** The library still queues it, warns, and will stop doing so. */
  | 'deprecated'
  /** It waits for its turn. */
  | 'queues'
  /** One document at a time: going elsewhere takes it from whoever looks at it. */
  | 'navigates'
  /** What is written without a position lands wherever the file happens to be at. */
  | 'writes';

type Types = Readonly<Record<string, SessionLimit>>;

const MONGO: Types = { ClientSession: 'breaks' };
const MYSQL: Types = { Connection: 'queues', PoolConnection: 'queues' };
const BROWSER: Types = { Page: 'navigates', Frame: 'navigates' };

/** Types by module. */
export const SESSIONS: Readonly<Record<string, Types>> = {
  mongodb: MONGO,
  mongoose: MONGO,
  mssql: { Transaction: 'refuses', PreparedStatement: 'refuses' },
  pg: { Client: 'deprecated', ClientBase: 'deprecated', PoolClient: 'deprecated' },
  mysql2: MYSQL,
  'mysql2/promise': MYSQL,
  typeorm: { QueryRunner: 'queues' },
  sequelize: { Transaction: 'queues' },
  knex: { 'Knex.Transaction': 'queues', Transaction: 'queues' },
  kysely: { Transaction: 'queues', ControlledTransaction: 'queues' },
  'playwright-core': BROWSER,
  playwright: BROWSER,
  'puppeteer-core': BROWSER,
  puppeteer: BROWSER,
  'fs/promises': { FileHandle: 'writes' },
};
