/** Effects of clients of other people's services: HTTP, clouds, payments, mail, chat, models, queues. */
import type { EffectRow, EffectTable } from '../effects.ts';
import {
  ALTERS,
  BUILDS,
  BY_METHOD,
  COMMAND,
  each,
  LATER,
  LOGS,
  MAKES,
  PICKS,
  READS,
  READS_NETWORK,
  SESSION,
  VERBS,
  WRITES,
  WRITES_NETWORK,
} from './words.ts';

const BODIES: EffectRow = ['json text arrayBuffer blob buffer formData bytes', READS_NETWORK];

const HEADERS: readonly EffectRow[] = [
  ['Headers.get Headers.has Headers.raw Headers.keys Headers.values Headers.entries', PICKS],
  ['Headers.set Headers.append Headers.delete', ALTERS],
  ['Headers Request Response Response.clone Request.clone FormData Agent', MAKES],
];

const HTTP: EffectTable = {
  axios: [
    ...VERBS,
    ['default axios request Axios.request AxiosInstance AxiosStatic', BY_METHOD],
    ['create getUri isAxiosError isCancel AxiosError AxiosHeaders toFormData', MAKES],
  ],
  got: [...VERBS, ['extend json text buffer', MAKES], ['default got', BY_METHOD]],
  ky: [...VERBS, ['create extend json text arrayBuffer blob', MAKES], ['default ky', BY_METHOD]],
  'node-fetch': [BODIES, ...HEADERS, ['default fetch', BY_METHOD]],
  'node-fetch-native': [BODIES, ...HEADERS, ['default fetch', BY_METHOD]],
  'cross-fetch': [['default fetch', BY_METHOD]],
  'isomorphic-fetch': [['default fetch', BY_METHOD]],
  ofetch: [['$fetch ofetch default', BY_METHOD]],
  undici: [BODIES, ...HEADERS, ['fetch request', BY_METHOD]],
  superagent: [...VERBS, ['Request.* SuperAgentRequest.*', BUILDS]],
  ...each('express-serve-static-core express koa', [
    ['Request.get Request.header Request.is Request.accepts* Request.param', PICKS],
    ['Response.get', PICKS],
  ]),
  ...each('form-data', [
    ['FormData FormData.getHeaders FormData.getBoundary', MAKES],
    ['FormData.append', ALTERS],
  ]),
};

/** AWS clients have a method for each command, named by a verb. */
const AWS_READS = 'get* list* describe* head* batchGet* transactGet* query scan select* lookup*';
const AWS_WRITES = `put* create* update* delete* start* stop* send* publish* invoke* copy* abort* complete* upload* tag*
  untag* batch* transactWrite* execute* run* terminate* receive* change* add* remove* modify* reboot* register*`;

const CLOUDS: EffectTable = {
  '@aws-sdk/*': [
    ['getSignedUrl createPresignedPost', MAKES],
    ['*Command', MAKES],
    ['send', COMMAND],
    ['*Client *Filter unmarshall marshall DynamoDBDocument*.from Upload', MAKES],
    ['Upload.done', WRITES_NETWORK],
    [AWS_READS, READS_NETWORK],
    [AWS_WRITES, WRITES_NETWORK],
  ],
  '@smithy/*': [['send', COMMAND]],
  'aws-sdk': [
    ['getSignedUrl*', MAKES],
    [AWS_READS, READS_NETWORK],
    [AWS_WRITES, WRITES_NETWORK],
    ['promise', MAKES],
  ],
  '@google-cloud/firestore': [
    ['runTransaction Transaction.*', SESSION],
    ['get getAll listDocuments listCollections', READS],
    ['set add create update delete commit recursiveDelete', WRITES],
    ['doc collection collectionGroup where orderBy limit startAfter startAt endAt', MAKES],
    ['select count data exists batch FieldPath Timestamp.* FieldValue.*', MAKES],
  ],
  '@google-cloud/storage': [
    ['exists download getMetadata getFiles getBuckets isPublic', READS_NETWORK],
    ['save delete move copy rename setMetadata makePublic makePrivate upload', WRITES_NETWORK],
    ['deleteFiles combine create createBucket', WRITES_NETWORK],
    ['Storage bucket file getSignedUrl publicUrl', MAKES],
  ],
  '@google-cloud/bigquery': [
    ['getDatasets getTables getMetadata getQueryResults getJob getJobs exists', READS_NETWORK],
    ['query createQueryJob insert create* delete cancel', WRITES_NETWORK],
    ['BigQuery dataset table job', MAKES],
  ],
  '@google-cloud/pubsub': [
    ['PubSub topic subscription', MAKES],
    ['publish* ack* nack* create* delete*', WRITES_NETWORK],
  ],
  '@google-cloud/datastore': [
    ['get runQuery runAggregationQuery', READS],
    ['save insert update upsert delete', WRITES],
    ['key createQuery filter order limit', MAKES],
  ],
  '@google-cloud/secret-manager': [
    ['accessSecretVersion get* list*', READS_NETWORK],
    ['create* add* update* delete* destroy* enable* disable*', WRITES_NETWORK],
  ],
  '@google-cloud/tasks': [['create* delete* run* pause* resume*', WRITES_NETWORK]],
  googleapis: [
    ['get list', READS_NETWORK],
    ['create insert update patch delete import copy trash untrash send', WRITES_NETWORK],
  ],
  '@azure/storage-blob': [
    ['get*Client', MAKES],
    ['download* getProperties exists list*', READS_NETWORK],
    ['upload* delete* create* set* sync* start* stage* commit* append*', WRITES_NETWORK],
  ],
  '@azure/keyvault-secrets': [
    ['getSecret', READS_NETWORK],
    ['setSecret begin* update* purge*', WRITES_NETWORK],
  ],
};

const PRODUCTS: EffectTable = {
  stripe: [
    ['constructEvent* generateTestHeader* Stripe', MAKES],
    ['retrieve* list* search*', READS_NETWORK],
    ['create* update* del* cancel* capture* confirm* pay* attach* detach*', WRITES_NETWORK],
    ['void* finalize* send* expire* close* refund* resume*', WRITES_NETWORK],
  ],
  '@octokit/*': [
    ['get* list* check*', READS_NETWORK],
    ['create* update* delete* add* remove* merge* request*', WRITES_NETWORK],
  ],
  ...each('nodemailer', [
    ['createTransport', MAKES],
    ['sendMail verify', WRITES_NETWORK],
  ]),
  ...each('@sendgrid/mail postmark web-push expo-server-sdk mailgun.js resend', [
    ['send* create', WRITES_NETWORK],
  ]),
  '@slack/web-api': [
    ['conversations.list list info history replies members lookupByEmail', READS_NETWORK],
    ['post* update delete open join invite upload* add remove', WRITES_NETWORK],
    ['WebClient', MAKES],
  ],
  twilio: [
    ['fetch list', READS_NETWORK],
    ['create update remove', WRITES_NETWORK],
  ],
  ...each('openai @anthropic-ai/sdk', [
    ['retrieve list', READS_NETWORK],
    ['create parse stream generate edit del', WRITES_NETWORK],
  ]),
  ai: [
    ['generateText generateObject streamText streamObject embed embedMany', WRITES_NETWORK],
    ['tool jsonSchema stepCountIs', MAKES],
  ],
};

const QUEUE: readonly EffectRow[] = [
  ['getJob getJobs get*Count* getWaiting getActive getDelayed getCompleted getFailed', READS],
  ['getState getRepeatable* getJobScheduler* count isCompleted isFailed isActive', READS],
  ['add addBulk upsertJobScheduler remove* pause resume drain clean obliterate empty', WRITES],
  ['retry* promote* update* log moveTo* discard close', WRITES],
];

const QUEUES: EffectTable = {
  ...each('bull bullmq', QUEUE),
  agenda: [
    ['Agenda Agenda.create', MAKES],
    ['Job.unique Job.schedule Job.repeat* Job.priority Job.disable Job.enable Job.fail', ALTERS],
    ['Agenda.jobs', READS],
    ['Job.save Job.remove Job.run Job.touch', WRITES],
    ['Agenda.now Agenda.every Agenda.schedule Agenda.cancel Agenda.purge', WRITES],
    ['Agenda.define Agenda.on', LATER],
  ],
  'pg-boss': [['send* insert publish schedule cancel complete fail', WRITES]],
  'graphile-worker': [['addJob quickAddJob', WRITES]],
  amqplib: [
    ['publish sendToQueue assert* bind* unbind* delete* purge* ack* nack* reject', WRITES_NETWORK],
  ],
  kafkajs: [
    ['send sendBatch', WRITES_NETWORK],
    ['connect disconnect subscribe run', SESSION],
    ['Kafka producer consumer admin', MAKES],
  ],
  mqtt: [['publish* subscribe* unsubscribe* end*', WRITES_NETWORK]],
  ws: [['WebSocket.send WebSocket.close WebSocket.terminate WebSocket.ping', WRITES_NETWORK]],
  'socket.io': [
    ['emit send disconnect join leave', WRITES_NETWORK],
    ['to in of except', MAKES],
  ],
  'posthog-node': [['capture identify alias groupIdentify', LOGS]],
};

/** Clients of services over the network. */
export const SERVICE_EFFECTS: EffectTable = {
  ...HTTP,
  ...CLOUDS,
  ...PRODUCTS,
  ...QUEUES,
  'better-auth': [['getSession listSessions listUserAccounts', READS]],
  ...each('next-auth next-auth/next next-auth/jwt', [['getServerSession getToken', READS]]),
  next: [['get getAll has', PICKS]],
  'next/headers': [['cookies headers draftMode', MAKES]],
  'next/navigation': [['redirect permanentRedirect notFound forbidden unauthorized', MAKES]],
  'next/server': [['after', LATER]],
};
