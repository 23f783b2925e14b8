/**
 * Effects of the commonest clients and helpers from npm. Where one type stands for a pool as well as for a single
 * connection, it is a `session`: two calls on it are never moved apart.
 */
import type { EffectRow, EffectTable, KnownEffect } from './effects.ts';

const MAKES: KnownEffect = { calls: 'maybe' };
const CHANGES: KnownEffect = { changes: 'first argument', calls: 'maybe', fresh: false };
const PICKS: KnownEffect = { calls: 'maybe', fresh: false };
const LATER: KnownEffect = { order: 'runs something later' };
const LOGS: KnownEffect = { writes: 'log' };
const CHANCE: KnownEffect = { reads: 'random' };
const READS_FILES: KnownEffect = { reads: 'filesystem' };
const WRITES_FILES: KnownEffect = { writes: 'filesystem' };
const READS_NETWORK: KnownEffect = { reads: 'network' };
const WRITES_NETWORK: KnownEffect = { writes: 'network' };
const READS: KnownEffect = { reads: 'database' };
const WRITES: KnownEffect = { writes: 'database' };
/** Members of query builders: what is built shows only where the whole chain stands in one place. */
const BUILDS: KnownEffect = { look: 'chain', reads: 'database', writes: 'database' };
const SQL: KnownEffect = { look: 'sql', reads: 'database', writes: 'database' };
const SESSION: KnownEffect = { writes: 'session' };
const BY_METHOD: KnownEffect = { look: 'method', reads: 'network', writes: 'network' };
const COMMAND: KnownEffect = { look: 'command', reads: 'network', writes: 'network' };
const WAITS: KnownEffect = { order: 'waits for some time' };

const PURE: readonly EffectRow[] = [['*', MAKES]];
const LOGGER: readonly EffectRow[] = [
  ['trace debug info warn error fatal log verbose silly silent notice success', LOGS],
  ['child createLogger getLogger pino Logger', MAKES],
];

/** Modules whose functions only work out values. */
const PURE_MODULES =
  `accounting ansi-colors base-x bcrypt bcryptjs big.js bignumber.js bn.js bs58 bson bytes camelcase cborg chalk
  change-case clsx colorette common-tags cookie crypto-js date-fns date-fns-tz dayjs decimal.js deep-equal deepmerge
  dequal entities escape-html escape-string-regexp fast-deep-equal flat fp-ts he html-entities http-errors
  http-status-codes immer ini is-plain-obj iso-639-1 joi jose js-base64 js-yaml jsonc-parser jsonwebtoken kleur luxon
  md5 mime mime-types minimatch moment-timezone ms multiformats numeral object-hash picocolors picomatch pluralize
  pretty-bytes qs query-string ramda remeda sanitize-html semver slugify smol-toml superjson superstruct title-case
  tslib tweetnacl uint8arrays url-join valibot validator yaml yup zod`
    .split(/\s+/)
    .map((name): [string, readonly EffectRow[]] => [name, PURE]);

/** Modules whose functions make up identifiers. */
const RANDOM_MODULES =
  '@faker-js/faker @paralleldrive/cuid2 cuid ksuid nanoid short-uuid ulid uniqid uuid'
    .split(' ')
    .map((name): [string, readonly EffectRow[]] => [name, [['*', CHANCE]]]);

const LOGGERS = 'bunyan consola loglevel pino signale tslog winston'
  .split(' ')
  .map((name): [string, readonly EffectRow[]] => [name, LOGGER]);

const LODASH: readonly EffectRow[] = [
  ['assign assignIn defaults defaultsDeep extend merge mergeWith pull pullAll remove', CHANGES],
  ['reverse fill set unset update', CHANGES],
  ['debounce throttle once memoize delay defer', LATER],
  ['cloneDeep', { fresh: 'deep' }],
  ['find first head last get result maxBy minBy nth', PICKS],
  ...PURE,
];

const VERBS: readonly EffectRow[] = [
  ['get head options', READS_NETWORK],
  ['post put patch delete', WRITES_NETWORK],
];

const SQL_POOL: readonly EffectRow[] = [
  ['Pool.query Pool.execute', SQL],
  ['Client.* PoolClient.* ClientBase.* Connection.* PoolConnection.* QueryableBase.*', SESSION],
];

const MONGO_READS =
  'find findOne findById count countDocuments estimatedDocumentCount distinct exists aggregate where';
const MONGO_WRITES = `findOneAnd* findByIdAnd* create insert* save update* delete* remove replaceOne bulkWrite bulkSave
  drop* createIndex* ensureIndexes syncIndexes init`;

/** The commonest clients and helpers. */
export const LIBRARY_EFFECTS: EffectTable = {
  ...Object.fromEntries(PURE_MODULES),
  ...Object.fromEntries(RANDOM_MODULES),
  '@noble/*': PURE,
  ...Object.fromEntries(LOGGERS),
  '@nestjs/common': [['Logger.* ConsoleLogger.*', LOGS]],
  debug: [['*', LOGS]],
  lodash: LODASH,
  'lodash-es': LODASH,
  'p-map': [['default', MAKES]],
  'p-all': [['default', MAKES]],
  'p-props': [['default', MAKES]],
  delay: [['*', WAITS]],
  'fs-extra': [
    [
      'readFile readJson readJSON readdir pathExists exists stat lstat access realpath readlink',
      READS_FILES,
    ],
    ['pathExistsSync existsSync readFileSync readJsonSync readdirSync statSync', READS_FILES],
    [
      'write* output* ensure* mkdir* remove* copy* move* empty* append* rename unlink rm',
      WRITES_FILES,
    ],
  ],
  globby: [['*', READS_FILES]],
  glob: [['*', READS_FILES]],
  'fast-glob': [['*', READS_FILES]],
  tinyglobby: [['*', READS_FILES]],
  axios: [
    ...VERBS,
    ['default axios request Axios.request AxiosInstance AxiosStatic', BY_METHOD],
    ['create isAxiosError isCancel AxiosError AxiosHeaders', MAKES],
  ],
  got: [...VERBS, ['extend json text buffer', MAKES], ['default got', BY_METHOD]],
  ky: [...VERBS, ['create extend json text arrayBuffer blob', MAKES], ['default ky', BY_METHOD]],
  'node-fetch': [
    ['json text arrayBuffer blob buffer', READS_NETWORK],
    ['default fetch', BY_METHOD],
  ],
  'cross-fetch': [['default fetch', BY_METHOD]],
  undici: [
    ['json text arrayBuffer blob', READS_NETWORK],
    ['fetch request', BY_METHOD],
  ],
  pg: SQL_POOL,
  mysql2: SQL_POOL,
  'mysql2/promise': SQL_POOL,
  '@prisma/client': [
    ['findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany', READS],
    ['count aggregate groupBy', READS],
    ['create* update* delete* upsert', WRITES],
    ['$queryRaw $executeRaw $queryRawUnsafe $executeRawUnsafe', WRITES],
    ['$transaction', SESSION],
  ],
  typeorm: [
    ['EntityManager.* QueryRunner.* BaseEntity.transaction', SESSION],
    [
      'find findOne findBy findOneBy findOneOrFail findOneByOrFail findAndCount findAndCountBy',
      READS,
    ],
    ['count countBy exist exists existsBy sum average minimum maximum', READS],
    ['SelectQueryBuilder.get* SelectQueryBuilder.exec* getMany getOne getCount', READS],
    ['createQueryBuilder', MAKES],
    ['SelectQueryBuilder.*', BUILDS],
    [
      'save insert update upsert delete remove restore soft* recover increment decrement query',
      WRITES,
    ],
    ['DataSource.getRepository In Not Like ILike IsNull Between MoreThan LessThan', MAKES],
  ],
  mongoose: [
    [MONGO_READS, READS],
    [MONGO_WRITES, WRITES],
    ['startSession transaction withTransaction session', SESSION],
    ['Query.* Aggregate.*', BUILDS],
    ['Types.ObjectId ObjectId ObjectId.* isValidObjectId toObject toJSON', MAKES],
  ],
  mongodb: [
    [MONGO_READS, READS],
    [MONGO_WRITES, WRITES],
    ['ClientSession.* startSession withSession', SESSION],
    ['FindCursor.* AggregationCursor.* AbstractCursor.*', READS],
    ['Db.collection MongoClient.db ObjectId ObjectId.*', MAKES],
  ],
  'drizzle-orm': [
    ['insert update delete execute refresh* run batch', WRITES],
    ['transaction', SESSION],
    ['select* findMany findFirst $count with', READS],
    ['*.*', BUILDS],
    ['eq ne gt gte lt lte and or not inArray notInArray isNull isNotNull like ilike', MAKES],
    ['asc desc sql count sum avg min max exists between', MAKES],
  ],
  kysely: [
    ['insert* update* delete* replace* merge*', WRITES],
    ['transaction startTransaction connection', SESSION],
    ['selectFrom selectNoFrom', READS],
    ['RawBuilder.execute', WRITES],
    ['SelectQueryBuilder.*', READS],
    ['*QueryBuilder.*', BUILDS],
    ['ExpressionBuilder.* FunctionModule.* AggregateFunctionBuilder.* RawBuilder.*', MAKES],
    ['JoinBuilder.* CaseBuilder.* DynamicModule.* ref sql sql.*', MAKES],
  ],
  knex: [
    ['insert update del delete truncate increment decrement upsert raw batchInsert schema', WRITES],
    ['transaction transacting', SESSION],
    ['QueryBuilder.* QueryInterface.* Where.* Select.* Join.* Table.* AsColumn.*', BUILDS],
  ],
  sequelize: [
    ['findAll findOne findByPk findAndCountAll count sum min max aggregate', READS],
    ['Model.* Instance.* bulkCreate', WRITES],
    ['transaction', SESSION],
  ],
  ioredis: [
    [
      'get mget getBuffer strlen exists ttl pttl type keys scan hget hmget hgetall hkeys hvals',
      READS,
    ],
    ['hexists hlen smembers sismember scard zrange zscore zcard lrange llen', READS],
    ['multi pipeline exec watch subscribe blpop brpop', SESSION],
    ['Commander.* RedisCommander.* Redis.*', WRITES],
  ],
  '@aws-sdk/*': [
    ['*Command', MAKES],
    ['send', COMMAND],
    ['*Client *Filter unmarshall marshall getSignedUrl', MAKES],
  ],
  '@smithy/*': [['send', COMMAND]],
  'aws-sdk': [
    ['get* list* describe* head* batchGet* query scan', READS_NETWORK],
    ['promise', MAKES],
  ],
  stripe: [
    ['retrieve list search', READS_NETWORK],
    ['create update del cancel', WRITES_NETWORK],
  ],
  '@octokit/*': [
    ['get* list* check*', READS_NETWORK],
    ['create* update* delete* add* remove*', WRITES_NETWORK],
  ],
  '@supabase/postgrest-js': [
    ['insert update upsert delete rpc', WRITES],
    ['select', READS],
    ['*.*', BUILDS],
  ],
  '@google-cloud/firestore': [
    ['get', READS],
    ['set add create update delete', WRITES],
    ['doc collection where orderBy limit data', MAKES],
  ],
  'next/headers': [['cookies headers draftMode', MAKES]],
};
