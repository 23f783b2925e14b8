/** Reads of one row or value by its key, and what reads many at once. Named like effects: `Type.member` where that tells more. */

/** How the key of a read is given to it. */
export type KeyPlace =
  /** The first argument is the key, or an object that is. */
  | 'key'
  /** In `where` of the first argument. */
  | 'where'
  /** In the calls of `where` before it, or in it. */
  | 'chain'
  /** `eq(column, key)` is the first argument. */
  | 'eq'
  /** In the values of a query whose text compares a column with one. */
  | 'sql'
  /** In a command object. */
  | 'command';

/** A read of one, and how many are read at once instead. */
export interface BatchedRead {
  /** With backticks: `` `findMany` with `in` ``. */
  readonly instead: string;
  readonly key: KeyPlace;
  /** The client itself puts together what is asked for at the same time. */
  readonly gathers?: true;
}

type Row = readonly [names: string, read: BatchedRead];

const KYSELY: BatchedRead = { instead: '`where … in`', key: 'chain' };
const TYPEORM = '`find` with `In`';
const MONGO: BatchedRead = { instead: '`find` with `$in`', key: 'key' };

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  '@prisma/client': [
    [
      'findUnique findUniqueOrThrow',
      { instead: '`findMany` with `in`', key: 'where', gathers: true },
    ],
    ['findFirst findFirstOrThrow', { instead: '`findMany` with `in`', key: 'where' }],
  ],
  typeorm: [
    ['findOne findOneOrFail', { instead: TYPEORM, key: 'where' }],
    ['findOneBy findOneByOrFail', { instead: TYPEORM, key: 'key' }],
  ],
  mongoose: [['findById findOne', MONGO]],
  mongodb: [['Collection.findOne', MONGO]],
  sequelize: [
    ['findByPk', { instead: '`findAll` with a list', key: 'key' }],
    ['findOne', { instead: '`findAll` with a list', key: 'where' }],
  ],
  'sequelize-typescript': [
    ['findByPk', { instead: '`findAll` with a list', key: 'key' }],
    ['findOne', { instead: '`findAll` with a list', key: 'where' }],
  ],
  knex: [['first', { instead: '`whereIn`', key: 'chain' }]],
  kysely: [
    ['SelectQueryBuilder.executeTakeFirst', KYSELY],
    ['SelectQueryBuilder.executeTakeFirstOrThrow', KYSELY],
  ],
  'drizzle-orm': [
    ['findFirst', { instead: '`findMany` with `inArray`', key: 'where' }],
    [
      'PgSelectQueryBuilderBase.where MySqlSelectQueryBuilderBase.where',
      { instead: '`inArray`', key: 'eq' },
    ],
    ['SQLiteSelectQueryBuilderBase.where', { instead: '`inArray`', key: 'eq' }],
  ],
  ioredis: [['get', { instead: '`mget`', key: 'key' }]],
  redis: [['get', { instead: '`mGet`', key: 'key' }]],
  '@redis/client': [['get', { instead: '`mGet`', key: 'key' }]],
  pg: [['query', { instead: '`= ANY($1)`', key: 'sql' }]],
  mysql2: [['query execute', { instead: '`IN (?)`', key: 'sql' }]],
  'mysql2/promise': [['query execute', { instead: '`IN (?)`', key: 'sql' }]],
  '@aws-sdk/client-dynamodb': [['send', { instead: '`BatchGetItemCommand`', key: 'command' }]],
  '@aws-sdk/lib-dynamodb': [['send', { instead: '`BatchGetCommand`', key: 'command' }]],
};

const TYPES_OF_AWS = new Set(['@smithy/smithy-client', '@smithy/types', '@smithy/core']);

/** The names of all that is listed: a look at the name spares asking who is called. */
export const BATCHABLE: ReadonlySet<string> = new Set(
  Object.values(TABLE).flatMap((rows) => {
    return rows.flatMap(([names]) => names.split(' ').map(lastOf));
  }),
);

/** What reads many at once instead of what a function reads, by its module and its name there. */
export function batchedReadOf(module: string, name: string): BatchedRead | undefined {
  if (TYPES_OF_AWS.has(module)) return batchedReadOf('@aws-sdk/client-dynamodb', name);
  const rows = TABLE[module] ?? TABLE[scopeOf(module)] ?? generated(name);
  return rows?.find(([names]) => names.split(' ').some((one) => fits(one, name)))?.[1];
}

/** Clients that are generated into the project itself: Prisma's `UserDelegate.findUnique`. */
function generated(name: string): readonly Row[] | undefined {
  return /\w+Delegate\./.test(name) ? TABLE['@prisma/client'] : undefined;
}

/** `typeorm` for `typeorm/repository/Repository`. */
function scopeOf(module: string): string {
  const [first = '', second = ''] = module.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function fits(listed: string, name: string): boolean {
  return listed.includes('.') ? listed === name : listed === lastOf(name);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
