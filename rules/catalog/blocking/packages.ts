/** npm packages that wait for something else than the disk, or compute. */
import {
  BUILT,
  CHILD,
  COMPUTED,
  CONVERTED,
  DATABASE,
  DISK,
  type Group,
  SERVER,
  THREAD,
  USER,
} from './api.ts';

/** Other processes and other threads. */
const OUTSIDE: readonly Group[] = [
  {
    modules: 'execa',
    names: 'execaSync execaCommandSync sync> commandSync',
    until: CHILD,
    twin: 'sibling',
  },
  { modules: 'cross-spawn', names: 'sync spawn.sync', until: CHILD },
  { modules: 'tinyexec', names: 'xSync execSync', until: CHILD, twin: 'sibling' },
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
  { modules: 'sync-request sync-fetch', names: 'default', until: SERVER },
  { modules: 'sync-rpc', names: 'default()', until: 'the other process answers' },
  { modules: 'synckit', names: 'createSyncFn()', until: THREAD },
  { modules: 'make-synchronous', names: 'default()', until: THREAD },
  {
    modules: '@prettier/sync',
    names: 'format formatWithCursor check getFileInfo resolveConfig resolveConfigFile',
    until: THREAD,
  },
  {
    modules: 'readline-sync',
    names:
      'question prompt promptCL promptLoop keyIn keyInYN keyInYNStrict keyInPause keyInSelect questionEMail ' +
      'questionNewPassword questionInt questionFloat questionPath',
    until: USER,
  },
  { modules: 'prompt-sync', names: 'default()', until: USER },
  {
    modules: 'better-sqlite3',
    names:
      'default Database.exec Database.pragma Statement.all Statement.get Statement.run default().exec default().pragma ' +
      'default().prepare().all default().prepare().get default().prepare().run',
    until: DATABASE,
    weight: 'light',
  },
];

/** Cryptography and compression. */
const CONVERTING: readonly Group[] = [
  {
    modules: 'bcrypt bcryptjs @node-rs/bcrypt',
    names: 'hashSync compareSync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'bcrypt bcryptjs @node-rs/bcrypt',
    names: 'genSaltSync',
    until: COMPUTED,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: '@node-rs/bcrypt', names: 'verifySync', until: COMPUTED, twin: 'sibling' },
  {
    modules: '@node-rs/argon2',
    names: 'hashSync hashRawSync verifySync',
    until: COMPUTED,
    twin: 'sibling',
  },
  { modules: 'pbkdf2', names: 'pbkdf2Sync', until: COMPUTED },
  // Which overload `promisify` keeps depends on the types: no fix is offered.
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
  { modules: 'node-forge', names: 'random.getBytesSync', until: COMPUTED, weight: 'light' },
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
  {
    modules: 'lz4-napi',
    names: 'compressSync uncompressSync compressFrameSync decompressFrameSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'sibling',
  },
  {
    modules: 'adm-zip',
    names: 'AdmZip.toBuffer>toBufferPromise default().toBuffer>toBufferPromise',
    until: CONVERTED,
    when: 'without-callback',
    twin: 'sibling',
  },
  {
    modules: 'hasha',
    names: 'hashSync',
    until: COMPUTED,
    weight: 'by-size',
    twin: 'sibling',
  },
];

/** Compilers. */
const COMPILERS: readonly Group[] = [
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
    modules: 'postcss',
    names: 'LazyResult.sync>async default().process().sync>async',
    until: BUILT,
    twin: 'sibling',
  },
  { modules: 'lightningcss', names: 'bundle>bundleAsync', until: BUILT, twin: 'sibling' },
  // In pure JavaScript `compileAsync` of sass is a good deal slower than `compile`.
  {
    modules: 'sass sass-embedded',
    names: 'compile>compileAsync compileString>compileStringAsync',
    until: BUILT,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: 'sass node-sass', names: 'renderSync', until: BUILT },
];

/** Packages that wait for processes, threads, servers and users, and packages that compute. */
export const PACKAGES: readonly Group[] = [...OUTSIDE, ...CONVERTING, ...COMPILERS];
