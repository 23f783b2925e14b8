/** Files, as Node offers them. */
import { DISK, type Group } from './api.ts';

/** Blocking functions of `fs`, also under its graceful name. */
export const FS: readonly Group[] = [
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
    absent: true,
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
  // What works on a file descriptor has a twin on a `FileHandle` only: no edit of one call turns one into the other.
  {
    modules: 'fs graceful-fs',
    names:
      'openSync fchmodSync fchownSync fdatasyncSync fstatSync fsyncSync ftruncateSync futimesSync readSync readvSync ' +
      'writeSync writevSync',
    until: DISK,
  },
  { modules: 'fs graceful-fs', names: 'closeSync', until: DISK, weight: 'light' },
  { modules: 'fs', names: 'Dir.readSync Dir.closeSync', until: DISK, twin: 'sibling' },
  { modules: 'fs', names: 'globSync', until: DISK, twin: 'collect', since: '22.0.0' },
  {
    modules: 'fs',
    names: 'mkdtempDisposableSync',
    until: DISK,
    twin: 'disposable',
    since: '24.4.0',
  },
  { modules: 'process', names: 'loadEnvFile', until: DISK, weight: 'light' },
  { modules: 'global', names: 'process.loadEnvFile', until: DISK, weight: 'light' },
  { modules: 'global', names: 'require', until: DISK, weight: 'light' },
  { modules: 'v8', names: 'writeHeapSnapshot', until: DISK },
];
