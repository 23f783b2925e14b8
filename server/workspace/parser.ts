import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '#program';
import { slashed } from './files.ts';
import { Session } from './session.ts';

/** Options under which a file is read alone: neither what it imports nor what is built in is loaded. */
const ALONE = {
  ...{ noResolve: true, noLib: true, types: [], noEmit: true, allowJs: true },
  ...{ module: 'preserve', target: 'esnext', allowImportingTsExtensions: true },
};

/** Parses single files, with no project round them. */
export class Parser {
  readonly #session: Session;
  readonly #folder = slashed(mkdtempSync(join(tmpdir(), 'asynclint-parse-')));
  #count = 0;

  /** @throws {MissingCompiler} when there is no compiler for this platform. */
  constructor(cwd: string) {
    this.#session = new Session({ cwd });
  }

  /** Does something with the tree of a file; nothing when it cannot be read. */
  parse<T>(file: string, use: (source: Source) => T): T | undefined {
    const config = `${this.#folder}/tsconfig.${this.#count++}.json`;
    writeFileSync(config, JSON.stringify({ compilerOptions: ALONE, files: [file] }));
    this.#session.open([config]);
    const source = this.#session.program(config)?.source(file);
    return source && use(source);
  }

  dispose(): void {
    this.#session.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
