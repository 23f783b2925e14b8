/**
 * APIs that keep the event loop standing until they are done, and how the same is had without that. An API is known by
 * the module it comes from and its name there (`Pool.query` for a member of a type, `connect().query` for a member
 * of what a call gives); what the browser, Deno and Bun offer without an import belongs to the module `global`.
 */

/** How the same work is done without blocking. */
export type Twin =
  /** A function of `fs/promises`: same arguments, a promise of the same result. */
  | { readonly way: 'promises'; readonly name: string }
  /** A function beside the blocking one that returns a promise; with no name, the object itself: `which.sync` → `which`. */
  | { readonly way: 'sibling'; readonly name: string }
  /** A function beside it that takes a callback. Promisified, its types allow at most so many arguments. */
  | { readonly way: 'promisify'; readonly name: string; readonly arguments?: number }
  /** A function beside it whose promise gives `{ stdout, stderr }` where the blocking one returns the output. */
  | { readonly way: 'output'; readonly name: string }
  /** `access`, whose promise rejects where the blocking one returns `false`. */
  | { readonly way: 'access' }
  /** A member of what another factory makes: `cosmiconfigSync().search` → `cosmiconfig().search`. */
  | { readonly way: 'factory'; readonly name: string };

/** What makes a call of the API block, where not every call does. */
export type Condition =
  /** No callback is given as last argument, and no `{ async: true }`. */
  | 'without-callback'
  /** `{ sync: true }` is among the arguments. */
  | 'sync-option'
  /** `XMLHttpRequest.open(…, false)`. */
  | 'third-is-false';

/** One API that blocks. */
export interface BlockingApi {
  /** `fs` (never `node:fs`), an npm package, or `global`. */
  readonly module: string;
  readonly name: string;
  /** What the event loop waits for, so that `… blocks the event loop until <until>.` is a sentence. */
  readonly until: string;
  /** `light`: usually over within microseconds; `by-size`: so for small data. Those are reported as information. */
  readonly weight: 'heavy' | 'light' | 'by-size';
  readonly twin: Twin | undefined;
  readonly when: Condition | undefined;
  /** Options of the blocking function that its twin does not have. */
  readonly lacks: readonly string[];
  /** The Node release that the API came with, if that is not the oldest supported. */
  readonly since: string | undefined;
}

/** Several APIs that differ in name only. */
interface Group {
  /** Separated by blanks. */
  readonly modules: string;
  /** Separated by blanks; `sync>glob` says that `glob` is the twin of `sync`, `sync>` that the module itself is. */
  readonly names: string;
  readonly until: string;
  /** `heavy` when left out. */
  readonly weight?: BlockingApi['weight'];
  readonly twin?: Twin['way'];
  readonly arguments?: number;
  readonly when?: Condition;
  readonly lacks?: readonly string[];
  readonly since?: string;
}

const DISK = 'the disk answers';
const CHILD = 'the child process ends';
const COMPUTED = 'the result is computed';
const CONVERTED = 'all data is converted';
const SERVER = 'the server answers';
const USER = 'the user answers';
const DATABASE = 'the database answers';
const BUILT = 'the code is compiled';

const GROUPS: readonly Group[] = [
  // Node: files
  {
    modules: 'fs graceful-fs',
    names:
      'accessSync appendFileSync chmodSync chownSync copyFileSync cpSync lchmodSync lchownSync linkSync lutimesSync ' +
      'mkdirSync mkdtempSync opendirSync readFileSync readdirSync readlinkSync realpathSync renameSync rmSync ' +
      'rmdirSync statfsSync symlinkSync truncateSync unlinkSync utimesSync writeFileSync',
    until: DISK,
    twin: 'promises',
  },
  {
    modules: 'fs graceful-fs',
    names: 'statSync lstatSync',
    until: DISK,
    twin: 'promises',
    lacks: ['throwIfNoEntry'],
  },
  {
    modules: 'fs graceful-fs',
    names: 'realpathSync.native>realpath',
    until: DISK,
    twin: 'promises',
  },
  {
    modules: 'fs graceful-fs',
    names: 'existsSync',
    until: DISK,
    weight: 'light',
    twin: 'access',
  },
  {
    modules: 'fs graceful-fs',
    names:
      'openSync fchmodSync fchownSync fdatasyncSync fstatSync fsyncSync ftruncateSync futimesSync readSync readvSync ' +
      'writeSync writevSync',
    until: DISK,
  },
  { modules: 'fs graceful-fs', names: 'closeSync', until: DISK, weight: 'light' },
  { modules: 'fs', names: 'Dir.readSync Dir.closeSync', until: DISK, twin: 'sibling' },
  { modules: 'fs', names: 'globSync', until: DISK, since: '22.0.0' },
  { modules: 'fs', names: 'mkdtempDisposableSync', until: DISK, since: '24.4.0' },

  // Node: child processes
  {
    modules: 'child_process',
    names: 'execSync execFileSync',
    until: CHILD,
    twin: 'output',
    lacks: ['input', 'stdio'],
  },
  { modules: 'child_process', names: 'spawnSync', until: CHILD },

  // Node: cryptography
  {
    modules: 'crypto',
    names: 'pbkdf2Sync hkdfSync generateKeyPairSync',
    until: COMPUTED,
    twin: 'promisify',
  },
  {
    modules: 'crypto',
    names: 'scryptSync',
    until: COMPUTED,
    twin: 'promisify',
    arguments: 3,
  },
  {
    modules: 'crypto',
    names: 'checkPrimeSync generatePrimeSync',
    until: COMPUTED,
    twin: 'promisify',
    arguments: 1,
  },
  { modules: 'crypto', names: 'argon2Sync', until: COMPUTED, since: '24.7.0' },
  {
    modules: 'crypto',
    names: 'generateKeySync',
    until: COMPUTED,
    weight: 'light',
    twin: 'promisify',
  },
  { modules: 'crypto', names: 'randomFillSync', until: COMPUTED, weight: 'light' },
  {
    modules: 'crypto',
    names: 'randomBytes randomInt',
    until: COMPUTED,
    weight: 'light',
    when: 'without-callback',
  },

  // Node: compression
  {
    modules: 'zlib',
    names:
      'deflateSync gzipSync deflateRawSync unzipSync inflateSync gunzipSync inflateRawSync brotliCompressSync ' +
      'brotliDecompressSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'promisify',
  },
  {
    modules: 'zlib',
    names: 'zstdCompressSync zstdDecompressSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'promisify',
    since: '22.15.0',
  },

  // Node: other
  {
    modules: 'sqlite',
    names:
      'DatabaseSync DatabaseSync.exec StatementSync.all StatementSync.get StatementSync.run StatementSync.iterate ' +
      'DatabaseSync().exec DatabaseSync().prepare().all DatabaseSync().prepare().get DatabaseSync().prepare().run',
    until: DATABASE,
    weight: 'light',
    since: '22.13.0',
  },
  { modules: 'v8', names: 'writeHeapSnapshot', until: DISK },
  { modules: 'inspector', names: 'waitForDebugger', until: 'a debugger comes' },
  { modules: 'global', names: 'require', until: DISK, weight: 'light' },
  { modules: 'global', names: 'Atomics.wait', until: 'another thread wakes it' },

  // Files
  {
    modules: 'fs-extra',
    names:
      'accessSync appendFileSync chmodSync chownSync copyFileSync copySync cpSync createFileSync createLinkSync ' +
      'createSymlinkSync emptyDirSync emptydirSync ensureDirSync ensureFileSync ensureLinkSync ensureSymlinkSync ' +
      'lchownSync linkSync lutimesSync mkdirSync mkdirpSync mkdirsSync mkdtempSync moveSync opendirSync ' +
      'outputFileSync outputJSONSync outputJsonSync readFileSync readJSONSync readJsonSync readdirSync readlinkSync ' +
      'realpathSync removeSync renameSync rmSync rmdirSync statfsSync symlinkSync truncateSync unlinkSync ' +
      'utimesSync writeFileSync writeJSONSync writeJsonSync',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'fs-extra',
    names: 'statSync lstatSync',
    until: DISK,
    twin: 'sibling',
    lacks: ['throwIfNoEntry'],
  },
  {
    modules: 'fs-extra',
    names: 'existsSync>pathExists pathExistsSync',
    until: DISK,
    weight: 'light',
    twin: 'sibling',
  },
  {
    modules: 'fs-extra',
    names:
      'openSync closeSync fchmodSync fchownSync fdatasyncSync fstatSync fsyncSync ftruncateSync futimesSync readSync ' +
      'readvSync writeSync writevSync',
    until: DISK,
  },
  {
    modules: 'glob',
    names: 'globSync sync>glob glob.sync> globIterateSync iterateSync globStreamSync streamSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'fast-glob', names: 'sync> globSync>glob', until: DISK, twin: 'sibling' },
  {
    modules: 'globby',
    names: 'globbySync sync> isGitIgnoredSync isIgnoredByIgnoreFilesSync generateGlobTasksSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'tinyglobby', names: 'globSync>glob', until: DISK, twin: 'sibling' },
  { modules: 'walk-sync klaw-sync directory-tree', names: 'default', until: DISK },
  { modules: 'which', names: 'sync>', until: DISK, twin: 'sibling' },
  { modules: 'resolve', names: 'sync', until: DISK },
  {
    modules: 'find-up',
    names: 'findUpSync findUpMultipleSync findDownSync sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'locate-path', names: 'locatePathSync sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'path-exists',
    names: 'pathExistsSync sync>',
    until: DISK,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: 'pkg-dir', names: 'packageDirectorySync sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'pkg-up package-up',
    names: 'pkgUpSync packageUpSync sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'read-pkg', names: 'readPackageSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-pkg-up', names: 'readPackageUpSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-package-up', names: 'readPackageUpSync', until: DISK, twin: 'sibling' },
  { modules: 'load-json-file', names: 'loadJsonFileSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'write-json-file', names: 'writeJsonFileSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'jsonfile', names: 'readFileSync writeFileSync', until: DISK, twin: 'sibling' },
  { modules: 'write-file-atomic', names: 'sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'rimraf',
    names:
      'rimrafSync sync> nativeSync manualSync windowsSync posixSync moveRemoveSync rimraf.sync>',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'mkdirp',
    names: 'mkdirpSync sync> nativeSync manualSync mkdirp.sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'make-dir', names: 'makeDirectorySync sync>', until: DISK, twin: 'sibling' },
  { modules: 'del', names: 'deleteSync>deleteAsync sync>', until: DISK, twin: 'sibling' },
  { modules: 'tempy', names: 'temporaryWriteSync writeSync>write', until: DISK, twin: 'sibling' },
  { modules: 'tmp', names: 'fileSync dirSync tmpNameSync', until: DISK },
  {
    modules: 'proper-lockfile',
    names: 'lockSync unlockSync checkSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'hasha', names: 'hashFileSync fromFileSync>fromFile', until: DISK, twin: 'sibling' },
  { modules: 'md5-file', names: 'sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-chunk', names: 'readChunkSync sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'image-size',
    names: 'default imageSize',
    until: DISK,
    when: 'without-callback',
    weight: 'light',
  },
  {
    modules: 'cosmiconfig',
    names:
      'cosmiconfigSync().search>cosmiconfig cosmiconfigSync().load>cosmiconfig PublicExplorerSync.search>cosmiconfig ' +
      'PublicExplorerSync.load>cosmiconfig',
    until: DISK,
    twin: 'factory',
  },
  {
    modules: 'lilconfig',
    names: 'lilconfigSync().search>lilconfig lilconfigSync().load>lilconfig',
    until: DISK,
    twin: 'factory',
  },
  {
    modules: 'tar',
    names: 'c create x extract t list r replace u update',
    until: DISK,
    when: 'sync-option',
  },
  {
    modules: 'adm-zip',
    names:
      'AdmZip.extractAllTo AdmZip.extractEntryTo AdmZip.writeZip AdmZip.addLocalFile AdmZip.addLocalFolder ' +
      'default().extractAllTo default().extractEntryTo default().writeZip default().addLocalFile ' +
      'default().addLocalFolder',
    until: DISK,
  },
  { modules: 'xlsx', names: 'readFile writeFile', until: DISK },
  { modules: 'pug', names: 'renderFile compileFile', until: DISK, when: 'without-callback' },

  // Child processes
  {
    modules: 'execa',
    names: 'execaSync execaCommandSync sync> commandSync',
    until: CHILD,
    twin: 'sibling',
  },
  { modules: 'cross-spawn', names: 'sync spawn.sync', until: CHILD },
  { modules: 'tinyexec', names: 'xSync', until: CHILD, twin: 'sibling' },
  { modules: 'sync-exec', names: 'default', until: CHILD },
  {
    modules: 'shelljs',
    names: 'exec cmd',
    until: CHILD,
    when: 'without-callback',
  },
  {
    modules: 'shelljs',
    names: 'cat cp find grep head ln ls mkdir mv rm sed sort tail touch uniq',
    until: DISK,
  },
  { modules: 'node-machine-id', names: 'machineIdSync', until: CHILD, twin: 'sibling' },

  // Cryptography, compression
  {
    modules: 'bcrypt bcryptjs @node-rs/bcrypt',
    names: 'hashSync compareSync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'bcrypt bcryptjs',
    names: 'genSaltSync',
    until: COMPUTED,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: '@node-rs/bcrypt', names: 'verifySync', until: COMPUTED, twin: 'sibling' },
  { modules: '@node-rs/argon2', names: 'hashSync verifySync', until: COMPUTED, twin: 'sibling' },
  {
    modules: 'jsonwebtoken',
    names: 'sign verify',
    until: COMPUTED,
    weight: 'light',
    when: 'without-callback',
  },
  {
    modules: 'node-forge',
    names: 'pki.rsa.generateKeyPair rsa.generateKeyPair',
    until: COMPUTED,
    when: 'without-callback',
  },
  {
    modules: 'fflate',
    names:
      'gzipSync gunzipSync zlibSync unzlibSync deflateSync inflateSync zipSync unzipSync compressSync decompressSync',
    until: CONVERTED,
    weight: 'by-size',
  },
  {
    modules: 'snappy',
    names: 'compressSync uncompressSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'sibling',
  },

  // Compilers
  {
    modules: '@babel/core',
    names:
      'transformSync>transformAsync transformFileSync>transformFileAsync transformFromAstSync>transformFromAstAsync ' +
      'parseSync>parseAsync loadOptionsSync>loadOptionsAsync loadPartialConfigSync>loadPartialConfigAsync ' +
      'createConfigItemSync>createConfigItemAsync',
    until: BUILT,
    twin: 'sibling',
  },
  {
    modules: '@swc/core',
    names: 'transformSync transformFileSync parseSync parseFileSync printSync minifySync',
    until: BUILT,
    twin: 'sibling',
  },
  {
    modules: 'esbuild esbuild-wasm',
    names: 'buildSync transformSync formatMessagesSync analyzeMetafileSync',
    until: BUILT,
    twin: 'sibling',
  },
  {
    modules: 'sass sass-embedded',
    names: 'compile>compileAsync compileString>compileStringAsync',
    until: BUILT,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: 'sass node-sass', names: 'renderSync', until: BUILT },

  // Databases
  {
    modules: 'better-sqlite3',
    names:
      'default Database.exec Database.pragma Statement.all Statement.get Statement.run default().exec default().pragma ' +
      'default().prepare().all default().prepare().get default().prepare().run',
    until: DATABASE,
    weight: 'light',
  },

  // Waiting for others
  { modules: 'sync-request sync-fetch', names: 'default', until: SERVER },
  { modules: 'sync-rpc', names: 'default()', until: 'the other process answers' },
  { modules: 'synckit', names: 'createSyncFn()', until: 'the other thread answers' },
  {
    modules: 'make-synchronous',
    names: 'default() makeSynchronous()',
    until: 'the other thread answers',
  },
  {
    modules: 'readline-sync',
    names:
      'question prompt promptCL promptLoop keyIn keyInYN keyInYNStrict keyInPause keyInSelect questionEMail ' +
      'questionNewPassword questionInt questionFloat questionPath',
    until: USER,
  },
  { modules: 'prompt-sync', names: 'default()', until: USER },

  // Browser
  { modules: 'global', names: 'alert confirm prompt', until: USER, weight: 'light' },
  {
    modules: 'global',
    names: 'XMLHttpRequest.open XMLHttpRequest().open',
    until: SERVER,
    when: 'third-is-false',
  },

  // Deno
  {
    modules: 'global',
    names:
      'Deno.chmodSync Deno.chownSync Deno.copyFileSync Deno.createSync Deno.linkSync Deno.lstatSync ' +
      'Deno.makeTempDirSync Deno.makeTempFileSync Deno.mkdirSync Deno.openSync Deno.readFileSync Deno.readLinkSync ' +
      'Deno.readTextFileSync Deno.realPathSync Deno.removeSync Deno.renameSync Deno.statSync Deno.symlinkSync ' +
      'Deno.truncateSync Deno.utimeSync Deno.writeFileSync Deno.writeTextFileSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'global', names: 'Deno.readDirSync', until: DISK },
  { modules: 'global', names: 'Deno.Command().outputSync', until: CHILD, twin: 'sibling' },

  // Bun
  { modules: 'global', names: 'Bun.spawnSync', until: CHILD },
  { modules: 'global', names: 'Bun.sleepSync', until: 'the time is over', twin: 'sibling' },
  {
    modules: 'global',
    names: 'Bun.password.hashSync Bun.password.verifySync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'global',
    names: 'Bun.gzipSync Bun.gunzipSync Bun.deflateSync Bun.inflateSync',
    until: CONVERTED,
    weight: 'by-size',
  },
  { modules: 'bun', names: 'spawnSync', until: CHILD },
  { modules: 'bun', names: 'sleepSync', until: 'the time is over', twin: 'sibling' },
  {
    modules: 'bun',
    names: 'password.hashSync password.verifySync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'bun',
    names: 'gzipSync gunzipSync deflateSync inflateSync',
    until: CONVERTED,
    weight: 'by-size',
  },
  {
    modules: 'bun:sqlite',
    names:
      'Database.exec Database.run Statement.all Statement.get Statement.run Database().exec Database().run',
    until: DATABASE,
    weight: 'light',
  },
];

/**
 * Packages whose `xSync` beside an `x` that returns a promise only computes a little: the promise is there for
 * checks that users add.
 */
export const QUICK_SYNC: ReadonlySet<string> = new Set(
  'ajv class-validator effect fp-ts io-ts joi react-dom superstruct typebox valibot yargs yup zod'.split(
    ' ',
  ),
);

/** Everything above, one by one. */
export const BLOCKING: readonly BlockingApi[] = GROUPS.flatMap((group) =>
  group.modules
    .split(' ')
    .flatMap((module) => group.names.split(' ').map((entry) => apiOf(module, entry, group))),
);

/** What the last part of a blocking API's name may be: `readFileSync`, `sync`, `default`. */
export const BLOCKING_NAMES: ReadonlySet<string> = new Set(
  BLOCKING.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)),
);

const BY_KEY = new Map(BLOCKING.map((api) => [`${api.module}#${api.name}`, api]));

/** The blocking API of this module and name. */
export function findBlocking(module: string, name: string): BlockingApi | undefined {
  return BY_KEY.get(`${module}#${name}`);
}

function apiOf(module: string, entry: string, group: Group): BlockingApi {
  const [name = '', twin] = entry.split('>');
  return {
    module,
    name,
    until: group.until,
    weight: group.weight ?? 'heavy',
    twin: group.twin && twinOf(group, twin ?? withoutSuffix(name)),
    when: group.when,
    lacks: group.lacks ?? [],
    since: group.since,
  };
}

function twinOf(group: Group, name: string): Twin {
  const { twin: way = 'access' } = group;
  if (way === 'access') return { way };
  if (way !== 'promisify' || group.arguments === undefined) return { way, name };
  return { way, name, arguments: group.arguments };
}

/** `readFile` for `readFileSync`, `hash` for `password.hashSync`. */
function withoutSuffix(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/Sync$/, '');
}
