/** What Node offers beside files. */
import { CHILD, COMPUTED, CONVERTED, DATABASE, type Group } from './api.ts';

/** Other processes. */
export const CHILD_PROCESS: readonly Group[] = [
  {
    modules: 'child_process',
    names: 'execSync execFileSync',
    until: CHILD,
    twin: 'output',
    lacks: ['input', 'stdio'],
    thrown: ['output', 'pid', 'status'],
  },
  // `spawn` gives no output and no promise, and unlike `execFile` a command that fails is no error.
  { modules: 'child_process', names: 'spawnSync', until: CHILD },
];

/** Keys, hashes, random values. */
export const CRYPTO: readonly Group[] = [
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
  { modules: 'crypto', names: 'argon2Sync', until: COMPUTED, twin: 'promisify', since: '24.7.0' },
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
    names: 'randomBytes>randomBytes sign>sign verify>verify',
    until: COMPUTED,
    weight: 'light',
    when: 'without-callback',
    twin: 'promisify',
  },
  {
    modules: 'crypto',
    names: 'randomInt',
    until: COMPUTED,
    weight: 'light',
    when: 'without-callback',
  },
];

/** Compression. */
export const ZLIB: readonly Group[] = [
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
];

/** Databases, threads, debuggers. */
export const OTHERS: readonly Group[] = [
  {
    modules: 'sqlite',
    names:
      'DatabaseSync DatabaseSync.exec StatementSync.all StatementSync.get StatementSync.run StatementSync.iterate ' +
      'DatabaseSync().exec DatabaseSync().prepare().all DatabaseSync().prepare().get DatabaseSync().prepare().run',
    until: DATABASE,
    weight: 'light',
    since: '22.13.0',
  },
  { modules: 'inspector', names: 'waitForDebugger', until: 'a debugger comes' },
  {
    modules: 'global',
    names: 'Atomics.wait>waitAsync',
    until: 'another thread wakes it',
    twin: 'value',
  },
];
