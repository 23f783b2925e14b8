/**
 * Effects of database drivers, query builders, object mappers, caches and search engines. Where one type stands for a pool
 * as well as for a single connection, it is a `session`: two calls on it are never moved apart.
 */
import type { EffectRow, EffectTable } from '../effects.ts';
import {
  ALTERS,
  BUILDS,
  CHANGES,
  each,
  LATER,
  MAKES,
  PICKS,
  READS,
  SELECTS,
  SESSION,
  SQL,
  WRITES,
} from './words.ts';

const SQL_POOL: readonly EffectRow[] = [
  ['Pool.query Pool.execute', SQL],
  ['Pool.end', WRITES],
  ['Pool.connect Pool.getConnection', SESSION],
  ['Client.* PoolClient.* ClientBase.* Connection.* PoolConnection.* QueryableBase.*', SESSION],
  ['escapeIdentifier escapeLiteral escape escapeId format createPool Pool', MAKES],
];

const SQLITE: readonly EffectRow[] = [
  ['Statement.get Statement.all Statement.iterate Statement.pluck', READS],
  ['Database.get Database.all', SQL],
  ['prepare Database default', MAKES],
  ['run exec pragma close', WRITES],
];

const MONGO_READS =
  'find findOne findById count countDocuments estimatedDocumentCount distinct exists aggregate where';
const MONGO_WRITES = `findOneAnd* findByIdAnd* create insert* save update* delete* remove replaceOne bulkWrite bulkSave
  drop* createIndex* ensureIndexes syncIndexes init rename`;

/** Redis commands in lower case, as most clients spell them. */
const REDIS_READS = `get mget getBuffer getrange strlen exists ttl pttl expiretime type keys scan dbsize randomkey
  hget hmget hgetall hkeys hvals hexists hlen hstrlen hrandfield hscan smembers sismember smismember scard srandmember
  sscan sinter sunion sdiff zrange zrangebyscore zrangebylex zrevrange zrevrangebyscore zscore zmscore zcard zcount
  zrank zrevrank zlexcount zscan lrange llen lindex lpos getbit bitcount bitpos pfcount geopos geodist geohash geosearch
  xrange xrevrange xlen xpending`;

/** The same as `redis` spells them. */
const NODE_REDIS_READS = `get mGet getRange strLen exists ttl pTTL type keys scan dbSize randomKey hGet hmGet hGetAll hKeys
  hVals hExists hLen hStrLen hRandField hScan sMembers sIsMember smIsMember sCard sRandMember sScan sInter sUnion sDiff
  zRange zRangeByScore zRangeWithScores zRangeByScoreWithScores zScore zmScore zCard zCount zRank zRevRank zScan lRange
  lLen lIndex lPos getBit bitCount bitPos pfCount geoPos geoDist geoSearch xRange xRevRange xLen xPending`;

const NODE_REDIS_WRITES = `set setEx setNX mSet del unlink incr incrBy decr decrBy expire pExpire expireAt persist append
  hSet hDel hIncrBy sAdd sRem sPop zAdd zRem zIncrBy lPush rPush lPop rPop lTrim lRem lSet xAdd xDel xTrim publish rename
  getDel getSet getEx copy flushDb flushAll`;

/** What takes over the connection, or waits on it. */
const REDIS_SESSION = `multi pipeline exec watch subscribe psubscribe unsubscribe blpop brpop blmove bzpopmin xread
  xreadgroup connect quit disconnect`;

const SEARCH: readonly EffectRow[] = [
  ['search msearch get mget count exists getSource fieldCaps termsEnum explain', READS],
  ['index create update delete bulk updateByQuery deleteByQuery reindex refresh', WRITES],
];

const KEY_VALUE: readonly EffectRow[] = [
  ['get mget getMany has ttl', READS],
  ['set mset setMany del mdel delete deleteMany clear reset', WRITES],
];

const MAPPERS: EffectTable = {
  '@prisma/client': [
    ['findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany', READS],
    ['count aggregate groupBy', READS],
    ['create* update* delete* upsert', WRITES],
    ['$queryRaw $queryRawUnsafe', SQL],
    ['$executeRaw $executeRawUnsafe $connect $disconnect', WRITES],
    ['$transaction', SESSION],
    ['$extends sqltag join raw Decimal Decimal.* PrismaClientKnownRequestError', MAKES],
  ],
  typeorm: [
    ['EntityManager.* QueryRunner.* BaseEntity.transaction', SESSION],
    ['find findOne findBy findOneBy findOneOrFail findOneByOrFail findAndCount', READS],
    ['findAndCountBy findByIds findOneById preload findTrees findRoots findDescendants', READS],
    ['findAncestors count countBy exist exists existsBy sum average minimum maximum', READS],
    ['SelectQueryBuilder.get* SelectQueryBuilder.exec* getMany getOne getCount', READS],
    ['createQueryBuilder', MAKES],
    ['SelectQueryBuilder.*', BUILDS],
    ['save insert update upsert delete remove restore soft* recover clear', WRITES],
    ['increment decrement query *QueryBuilder.execute', WRITES],
    ['Repository.create Repository.getId Repository.hasId', MAKES],
    ['Repository.merge', CHANGES],
    ['getRepository getTreeRepository Raw Any Equal And Or ArrayContains ArrayOverlap', MAKES],
    ['In Not Like ILike IsNull Between MoreThan LessThan MoreThan* LessThan*', MAKES],
  ],
  mongoose: [
    ['Document.get Document.isModified Document.equals Document.toObject', PICKS],
    ['Document.toJSON Document.isNew Document.modifiedPaths Document.directModifiedPaths', PICKS],
    ['Document.set Document.markModified Document.unmarkModified Document.overwrite', ALTERS],
    ['Document.$set Document.$isNew Document.depopulate Document.increment', ALTERS],
    ['Document.populate', { reads: 'database', changes: 'receiver' }],
    ['Model.populate', { reads: 'database', changes: 'first argument', fresh: false }],
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
    ['Db.command Db.createCollection MongoClient.connect MongoClient.close', WRITES],
  ],
  sequelize: [
    ['QueryInterface.select QueryInterface.describe* QueryInterface.show*', READS],
    ['QueryInterface.tableExists Sequelize.authenticate', READS],
    ['QueryInterface.* Sequelize.close Sequelize.sync Sequelize.drop', WRITES],
    ['Sequelize.query', SQL],
    ['findAll findOne findByPk findAndCountAll count sum min max aggregate', READS],
    ['Model.reload', { reads: 'database', changes: 'receiver' }],
    ['Model.get Model.toJSON Model.getDataValue Model.changed Model.previous', PICKS],
    ['Model.scope Model.unscoped Model.build Model.getTableName Model.equals', PICKS],
    ['Model.set Model.setDataValue Model.setAttributes', ALTERS],
    ['Model.* Instance.* bulkCreate', WRITES],
    ['transaction Transaction.*', SESSION],
    ['literal fn col where cast json and or ENUM VIRTUAL STRING *Error', MAKES],
  ],
  'sequelize-typescript': [
    ['Model.$get Model.$count Model.$has', READS],
    ['Model.$set', { writes: 'database', changes: 'receiver' }],
    ['Model.$add Model.$create Model.$remove', WRITES],
    ['Model.reload', { reads: 'database', changes: 'receiver' }],
  ],
};

const BUILDERS: EffectTable = {
  'drizzle-orm': [
    ['insert update delete execute refresh* run batch', WRITES],
    ['transaction', SESSION],
    ['select* findMany findFirst $count with', READS],
    ['*.*', BUILDS],
    ['eq ne gt gte lt lte and or not inArray notInArray isNull isNotNull like ilike', MAKES],
    ['notLike notIlike asc desc sql count countDistinct sum avg min max exists notExists', MAKES],
    ['between notBetween arrayContains arrayContained arrayOverlaps getTableColumns alias', MAKES],
  ],
  kysely: [
    ['insert* update* delete* replace* merge*', WRITES],
    ['transaction startTransaction connection TransactionBuilder.*', SESSION],
    ['selectFrom selectNoFrom', READS],
    ['RawBuilder.execute', SQL],
    ['Create*.execute Drop*.execute Alter*.execute Refresh*.execute', WRITES],
    ['Kysely.destroy Migrator.*', WRITES],
    ['Migrator Kysely *Dialect Kysely.with*', MAKES],
    ['SelectQueryBuilder.*', SELECTS],
    ['*QueryBuilder.* QueryCreator.with*', BUILDS],
    ['Create*.* Drop*.* Alter*.* ColumnDefinitionBuilder.* SchemaModule.*', MAKES],
    ['ForeignKeyConstraintBuilder.* OnConflict*.*', MAKES],
    ['Expression*.* FunctionModule.* AggregateFunctionBuilder.* RawBuilder.* *Wrapper.*', MAKES],
    ['JoinBuilder.* Case*Builder.* DynamicModule.* ref sql sql.*', MAKES],
    ['jsonArrayFrom jsonObjectFrom jsonBuildObject', MAKES],
  ],
  knex: [
    ['insert update del delete truncate increment decrement upsert raw batchInsert schema', WRITES],
    ['SchemaBuilder.* Migrator.* Seeder.*', WRITES],
    ['transaction transacting forUpdate forNoKeyUpdate forShare forKeyShare', SESSION],
    // What `knex(…)` gives holds a pool. A type that says `Knex` may as well mean a transaction, and tells nothing.
    ['default() knex()', SELECTS],
    [
      'default().select default().from default().table knex().select knex().from knex().table',
      SELECTS,
    ],
    ['QueryBuilder.* QueryInterface.* Where.* Select.* Join.* Table.* AsColumn.*', BUILDS],
    ['FunctionHelper.* Ref.*', MAKES],
  ],
  '@supabase/postgrest-js': [
    ['insert update upsert delete rpc', WRITES],
    ['select', READS],
    ['*.*', BUILDS],
  ],
};

/** Drivers, query builders, object mappers, caches and search engines. */
export const DATABASE_EFFECTS: EffectTable = {
  ...MAPPERS,
  ...BUILDERS,
  ...each('pg mysql2 mysql2/promise', SQL_POOL),
  ...each('better-sqlite3 sqlite sqlite3', SQLITE),
  ...each('@elastic/elasticsearch @opensearch-project/opensearch', SEARCH),
  ...each('keyv cache-manager', KEY_VALUE),
  ioredis: [
    [REDIS_READS, READS],
    [REDIS_SESSION, SESSION],
    ['Redis Cluster Redis.duplicate', MAKES],
    ['Redis.on Redis.once Redis.off', LATER],
    ['Commander.* RedisCommander.* Redis.*', WRITES],
  ],
  ...each('@redis/client redis', [
    [NODE_REDIS_READS, READS],
    [NODE_REDIS_WRITES, WRITES],
    ['createClient createCluster', MAKES],
  ]),
  '@upstash/redis': [
    [REDIS_READS, READS],
    ['Redis Redis.fromEnv', MAKES],
    ['Redis.multi Redis.pipeline Pipeline.*', SESSION],
    ['Redis.*', WRITES],
  ],
  '@clickhouse/client': [
    ['query ping', READS],
    ['insert command exec', WRITES],
    ['createClient', MAKES],
  ],
  '@libsql/client': [
    ['execute', SQL],
    ['batch transaction executeMultiple', WRITES],
    ['createClient', MAKES],
  ],
  'cassandra-driver': [
    ['Client.execute', SQL],
    ['Client.batch', WRITES],
  ],
  'neo4j-driver': [['Session.* Transaction.* ManagedTransaction.*', SESSION]],
  algoliasearch: [
    ['search getObject getObjects browse* list* getSettings', READS],
    ['saveObject* deleteObject* deleteBy partialUpdate* clear* setSettings', WRITES],
  ],
  meilisearch: [
    ['search get* ', READS],
    ['add* update* delete* create*', WRITES],
  ],
  '@qdrant/js-client-rest': [
    ['search* query* retrieve scroll count get*', READS],
    ['upsert delete* update* set* create*', WRITES],
  ],
  '@pinecone-database/pinecone': [
    ['query fetch list* describe*', READS],
    ['upsert update delete* create* configure*', WRITES],
  ],
};
