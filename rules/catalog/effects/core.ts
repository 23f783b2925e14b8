/**
 * Effects of the language, of the web's globals and of Node's core. Sources: the specifications, and Node's own documentation.
 */
import type { EffectRow, EffectTable, KnownEffect } from '../effects.ts';

/** Works out a new value from its receiver and arguments. */
const MAKES: KnownEffect = {};
/** Hands out something that its receiver or arguments hold. */
const PICKS: KnownEffect = { fresh: false };
const CALLS: KnownEffect = { calls: true };
const MAY_CALL: KnownEffect = { calls: 'maybe' };
const PICKS_BY_CALL: KnownEffect = { calls: true, fresh: false };
const CHANGES: KnownEffect = { changes: 'receiver', fresh: false };
const CHANGES_BY_CALL: KnownEffect = { changes: 'receiver', calls: true, fresh: false };
const READS_FILES: KnownEffect = { reads: 'filesystem' };
const WRITES_FILES: KnownEffect = { writes: 'filesystem' };
const READS_NETWORK: KnownEffect = { reads: 'network' };
const LOGS: KnownEffect = { writes: 'log' };
const CLOCK: KnownEffect = { reads: 'time' };
const CHANCE: KnownEffect = { reads: 'random' };
const WAITS: KnownEffect = { order: 'waits for some time' };
const LATER: KnownEffect = { order: 'runs something later' };

/** Rows of one or several types: `of('Map ReadonlyMap', 'has size', PICKS)`. */
function of(types: string, names: string, effect: KnownEffect): EffectRow {
  const all = types
    .split(' ')
    .flatMap((type) => names.split(/\s+/).map((name) => `${type}.${name}`));
  return [all.join(' '), effect];
}

const ARRAYS = 'Array ReadonlyArray';
const BYTES =
  'Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigInt64Array BigUint64Array';
const ERRORS = 'Error TypeError RangeError SyntaxError EvalError URIError ReferenceError';

const LANGUAGE: readonly EffectRow[] = [
  of(
    ARRAYS,
    'concat entries flat includes indexOf join keys lastIndexOf slice toLocaleString',
    MAKES,
  ),
  of(ARRAYS, 'toReversed toSpliced toString values with', MAKES),
  of(ARRAYS, 'at', PICKS),
  of(ARRAYS, 'every filter findIndex findLastIndex flatMap forEach map some toSorted', CALLS),
  of(ARRAYS, 'find findLast reduce reduceRight', PICKS_BY_CALL),
  of('Array', 'copyWithin fill pop push shift splice unshift reverse', CHANGES),
  of('Array', 'sort', CHANGES_BY_CALL),
  of('Array', 'from fromAsync', MAY_CALL),
  of('Array', 'isArray of', MAKES),
  ['String.replace String.replaceAll', MAY_CALL],
  ['String.* Number.* BigInt.* Boolean.* Symbol.* RegExp.* Intl.* NumberFormat.*', MAKES],
  ['DateTimeFormat.* RelativeTimeFormat.* ListFormat.* PluralRules.* Collator.*', MAKES],
  ['Math.random', CHANCE],
  ['Math.* TemplateStringsArray.* ArrayBuffer.*', MAKES],
  ['JSON.parse structuredClone', { calls: 'maybe', fresh: 'deep' }],
  ['JSON.stringify', MAY_CALL],
  of('Object', 'assign defineProperty defineProperties setPrototypeOf', {
    changes: 'first argument',
    fresh: false,
  }),
  of('Object', 'freeze seal preventExtensions', PICKS),
  of(
    'Object',
    'entries fromEntries getOwnPropertyNames getPrototypeOf hasOwn is keys values',
    MAKES,
  ),
  ['Object.hasOwnProperty Object.toString Object.valueOf Object.create Object.isFrozen', MAKES],
  ['Object.groupBy Map.groupBy', MAY_CALL],
  of('Map ReadonlyMap Set ReadonlySet', 'has keys values entries', MAKES),
  of('WeakMap WeakSet', 'has', MAKES),
  of('Map ReadonlyMap WeakMap', 'get', PICKS),
  of('Map ReadonlyMap Set ReadonlySet', 'forEach', CALLS),
  of('Map Set WeakMap WeakSet', 'set add delete clear', CHANGES),
  of(
    'Set ReadonlySet',
    'union intersection difference isSubsetOf isSupersetOf isDisjointFrom',
    MAKES,
  ),
  of('Date', 'now', CLOCK),
  ['Date.get* Date.to* Date.valueOf Date.parse Date.UTC', MAKES],
  ['Date.set*', CHANGES],
  of('Promise', 'all allSettled any race resolve reject withResolvers', MAKES),
  of('Promise', 'then catch finally try', CALLS),
  ['Reflect.get Reflect.has Reflect.ownKeys', MAKES],
  ['Error.captureStackTrace', MAKES],
  of(BYTES, 'set fill sort reverse copyWithin', CHANGES),
  of(BYTES, 'from of slice subarray indexOf includes at join toString', MAKES),
  ['parseInt parseFloat isNaN isFinite String Number Boolean BigInt Symbol Object Array', MAKES],
  ['encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape atob btoa', MAKES],
  ['structuredClone Map Set WeakMap WeakSet WeakRef RegExp ArrayBuffer DataView', MAKES],
  [`${BYTES} ${ERRORS} AggregateError`, MAKES],
  [ERRORS.replace(/(?<=Error)(?=\s|$)/g, 'Constructor'), MAKES],
  ['CallableFunction.bind NewableFunction.bind Function.bind', PICKS],
  ['Promise', CALLS],
  ['Date', CLOCK],
];

const WEB: readonly EffectRow[] = [
  ['fetch', { look: 'method', reads: 'network', writes: 'network' }],
  of(
    'Response Body BodyMixin Request Blob File',
    'json text arrayBuffer blob bytes formData',
    READS_NETWORK,
  ),
  ['Response.clone Request.clone Response Request Headers FormData Blob File', MAKES],
  of('Headers FormData URLSearchParams', 'get getAll has entries keys values toString', MAKES),
  of('Headers FormData URLSearchParams', 'append set delete sort', CHANGES),
  of('Headers FormData URLSearchParams', 'forEach', CALLS),
  ['URL URLSearchParams URL.canParse URL.parse URL.toString URL.toJSON', MAKES],
  ['TextEncoder TextDecoder TextEncoder.* TextDecoder.* Intl.*', MAKES],
  ['AbortController AbortSignal.timeout AbortSignal.any AbortSignal.throwIfAborted', MAKES],
  ['AbortController.abort', CHANGES],
  ['Console.* console.*', LOGS],
  ['Performance.now performance.now performance.mark performance.measure', CLOCK],
  ['Crypto.getRandomValues Crypto.randomUUID crypto.randomUUID crypto.getRandomValues', CHANCE],
  ['SubtleCrypto.* crypto.subtle.*', MAKES],
  ['setTimeout', { look: 'timer', order: 'waits for some time' }],
  ['setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback', LATER],
  ['clearTimeout clearInterval clearImmediate', MAKES],
];

const BUFFERS: readonly EffectRow[] = [
  ['Buffer.write* Buffer.fill Buffer.set Buffer.copy Buffer.swap*', CHANGES],
  ['Buffer.* BufferConstructor.* Blob.*', MAKES],
];

const PROCESS: readonly EffectRow[] = [
  ['process.cwd process.uptime process.memoryUsage process.getuid process.version', MAKES],
  ['process.hrtime process.hrtime.bigint', CLOCK],
  ['process.stdout.write process.stderr.write', { writes: 'output' }],
  [
    'Buffer.from Buffer.alloc Buffer.concat Buffer.byteLength Buffer.isBuffer Buffer.compare',
    MAKES,
  ],
];

const FILES: readonly EffectRow[] = [
  ['access exists existsSync lstat opendir readdir readFile readlink realpath', READS_FILES],
  ['stat statfs read readv glob accessSync lstatSync readdirSync', READS_FILES],
  ['readFileSync readlinkSync realpathSync statSync globSync', READS_FILES],
  ['appendFile chmod chown copyFile cp fdatasync fsync lchown link lutimes', WRITES_FILES],
  ['mkdir mkdtemp rename rm rmdir symlink truncate unlink utimes write writeFile', WRITES_FILES],
  ['writev sync datasync open close appendFileSync chmodSync copyFileSync cpSync', WRITES_FILES],
  ['mkdirSync mkdtempSync renameSync rmSync rmdirSync symlinkSync unlinkSync', WRITES_FILES],
  ['truncateSync utimesSync writeFileSync', WRITES_FILES],
  ['Stats.* StatsBase.* Dirent.*', MAKES],
];

const CRYPTO: readonly EffectRow[] = [
  ['randomBytes randomUUID randomInt randomFill randomFillSync', CHANCE],
  ['createHash createHmac timingSafeEqual getHashes getCiphers pbkdf2Sync scryptSync', MAKES],
  ['createSign createVerify createCipheriv createDecipheriv sign verify hash', MAKES],
  ['Cipheriv.* Decipheriv.*', CHANGES],
  ['Hash.* Hmac.* Sign.* Verify.* Cipher.* Decipher.* webcrypto.subtle.*', MAKES],
  ['createPublicKey createPrivateKey createSecretKey publicEncrypt privateDecrypt', MAKES],
];

/** The language, the web's globals, and Node's core modules. */
export const CORE_EFFECTS: EffectTable = {
  global: [...LANGUAGE, ...WEB, ...PROCESS],
  console: [['Console.*', LOGS]],
  process: PROCESS.map(([names, effect]) => [names.replaceAll('process.', ''), effect]),
  perf_hooks: [['performance.now Performance.now', CLOCK]],
  fs: FILES,
  'fs/promises': FILES,
  path: [['*', MAKES]],
  'path/posix': [['*', MAKES]],
  url: [['*', MAKES]],
  querystring: [['*', MAKES]],
  util: [
    [
      'inspect format isDeepStrictEqual types.* stripVTControlCharacters TextEncoder TextDecoder parseArgs toUSVString',
      MAKES,
    ],
  ],
  assert: [['*', MAKES]],
  'assert/strict': [['*', MAKES]],
  os: [['*', { reads: 'process' }]],
  buffer: BUFFERS,
  'buffer.buffer': BUFFERS,
  crypto: CRYPTO,
  'dns/promises': [['*', READS_NETWORK]],
  dns: [['promises.*', READS_NETWORK]],
  'timers/promises': [['*', WAITS]],
  timers: [['clearTimeout clearInterval clearImmediate', MAKES]],
  tty: [['WriteStream.write', { writes: 'output' }]],
  'undici-types': WEB,
  http: [
    ['STATUS_CODES METHODS', MAKES],
    ['OutgoingMessage.getHeader OutgoingMessage.getHeaders OutgoingMessage.hasHeader', PICKS],
    [
      'OutgoingMessage.setHeader OutgoingMessage.removeHeader OutgoingMessage.appendHeader',
      CHANGES,
    ],
  ],
  zlib: [['*Sync crc32', MAKES]],
};
