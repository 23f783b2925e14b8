import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What stands before the code, numbers of four bytes: CRC-32 of the source, that of the code, and how much was linted. */
const HEAD = 12;
const MOST = 0xffff_ffff;

/** How many times as much a run must have linted to be kept instead: it costs 15 ms, and brings ever fewer functions. */
const ENOUGH = 2;

/**
 * A bundle in CommonJS, and beside it what V8 made of its functions in earlier runs: to read that back takes 8 ms, to parse
 * the bundle 40, and to compile what a run of 500 files uses 150 more (Node 20.20 on two cores of an EPYC). Node's own
 * `enableCompileCache` keeps only what is compiled at once, a quarter of it, and brought nothing that could be measured.
 *
 * It lies beside the bundle because whoever may write there may replace the bundle as well. Where nothing can be written,
 * and with `NODE_DISABLE_COMPILE_CACHE`, every run is a first one.
 */
export class KeptCode {
  readonly #bundle: string;
  readonly #source: Buffer;
  readonly #script: Script;
  readonly #linted: number;

  constructor(bundle: string) {
    this.#bundle = bundle;
    this.#source = readFileSync(bundle);
    const kept = isWanted() ? this.#read() : undefined;
    // esbuild writes ASCII, which is quickest to read.
    const text = `(function (exports, require, module, __filename, __dirname) {${this.#source.toString('latin1')}\n})`;
    this.#script = new Script(text, {
      filename: bundle,
      ...(kept && { cachedData: kept.subarray(HEAD) }),
    });
    // V8 refuses what another version made, or the same one with other flags.
    this.#linted = kept && !this.#script.cachedDataRejected ? kept.readUInt32LE(8) : 0;
  }

  /** Runs the bundle, and gives what it exports. */
  run(): unknown {
    const module = { exports: {} };
    const wrapped = this.#script.runInThisContext();
    const bundle = this.#bundle;
    wrapped(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
    return module.exports;
  }

  /**
   * Keeps the functions that have run, if they are likely to be many more than were kept before.
   * @param linted how much this run has linted, in files times rules.
   */
  async keep(linted: number): Promise<void> {
    if (linted < this.#linted * ENOUGH || linted === 0) return;
    if (!isWanted() || !isWritable(dirname(this.#bundle))) return;
    const code = this.#script.createCachedData();
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(crc32(this.#source), 0);
    head.writeUInt32LE(crc32(code), 4);
    head.writeUInt32LE(Math.min(linted, MOST), 8);
    const { writeFile } = await import('atomically');
    const whole = Buffer.concat([head, code]);
    await writeFile(this.#place, whole, { fsync: false, timeout: 0 }).catch(() => {});
  }

  /** What is kept for this source, if it is whole. */
  #read(): Buffer | undefined {
    try {
      const kept = readFileSync(this.#place);
      const isOurs = kept.readUInt32LE(0) === crc32(this.#source);
      return isOurs && kept.readUInt32LE(4) === crc32(kept.subarray(HEAD)) ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  get #place(): string {
    return `${this.#bundle}.${process.arch}-${process.versions.v8}.compiled`;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** As Node's own cache is switched off, its children's too. */
function isWanted(): boolean {
  return !process.env['NODE_DISABLE_COMPILE_CACHE'];
}
