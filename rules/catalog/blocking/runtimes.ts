/** What browsers, Deno and Bun offer, most of it without an import. */
import {
  BUILT,
  CHILD,
  COMPUTED,
  CONVERTED,
  DATABASE,
  DISK,
  type Group,
  OVER,
  SERVER,
  USER,
} from './api.ts';

/**
 * Browsers. Not `localStorage`: what it holds is read from the disk once for a page, and a few strings are there sooner
 * than any promise; nor `FileReaderSync`, which exists in workers only, where it harms nobody.
 */
export const BROWSER: readonly Group[] = [
  { modules: 'global', names: 'alert confirm prompt', until: USER, weight: 'light' },
  {
    modules: 'global',
    names: 'XMLHttpRequest.open XMLHttpRequest().open',
    until: SERVER,
    when: 'third-is-false',
  },
];

/** Deno. */
export const DENO: readonly Group[] = [
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
  {
    modules: 'global deno',
    names:
      'FsFile.lockSync FsFile.readSync FsFile.statSync FsFile.syncDataSync FsFile.syncSync FsFile.truncateSync ' +
      'FsFile.writeSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'global', names: 'Deno.Command().outputSync', until: CHILD, twin: 'sibling' },
  { modules: 'deno', names: 'Command.outputSync', until: CHILD, twin: 'sibling' },
  { modules: 'global', names: 'Deno.spawnAndWaitSync', until: CHILD, twin: 'sibling' },
];

/** Bun. */
export const BUN: readonly Group[] = [
  { modules: 'global', names: 'Bun.spawnSync', until: CHILD },
  { modules: 'bun', names: 'spawnSync', until: CHILD },
  { modules: 'global', names: 'Bun.sleepSync', until: OVER, twin: 'sibling' },
  { modules: 'bun', names: 'sleepSync', until: OVER, twin: 'sibling' },
  {
    modules: 'global',
    names: 'Bun.password.hashSync Bun.password.verifySync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'bun',
    names: 'password.hashSync password.verifySync',
    until: COMPUTED,
    twin: 'sibling',
  },
  {
    modules: 'global',
    names: 'Bun.gzipSync Bun.gunzipSync Bun.deflateSync Bun.inflateSync',
    until: CONVERTED,
    weight: 'by-size',
  },
  {
    modules: 'bun',
    names: 'gzipSync gunzipSync deflateSync inflateSync',
    until: CONVERTED,
    weight: 'by-size',
  },
  {
    modules: 'global',
    names: 'Bun.zstdCompressSync Bun.zstdDecompressSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'sibling',
  },
  {
    modules: 'bun',
    names: 'zstdCompressSync zstdDecompressSync',
    until: CONVERTED,
    weight: 'by-size',
    twin: 'sibling',
  },
  { modules: 'global', names: 'Bun.Transpiler().transformSync', until: BUILT, twin: 'sibling' },
  { modules: 'bun', names: 'Transpiler().transformSync', until: BUILT, twin: 'sibling' },
  { modules: 'global', names: 'Bun.Glob().scanSync', until: DISK },
  { modules: 'bun', names: 'Glob().scanSync', until: DISK },
  {
    modules: 'bun:sqlite',
    names:
      'Database.exec Database.run Statement.all Statement.get Statement.run Statement.values Database().exec ' +
      'Database().run Database().query().all Database().query().get Database().query().run',
    until: DATABASE,
    weight: 'light',
  },
];
