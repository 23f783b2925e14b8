import { existsSync } from 'node:fs';
import { Compiler, type CompilerSettings, type Program } from '#program';
import type { FileChanges } from './linter.ts';
import { sourcesAround } from './neighbours.ts';

/** A compiler that can be started again, and what it has open. */
export class Session {
  #settings: CompilerSettings;
  #compiler: Compiler | undefined;
  readonly #open = new Set<string>();
  readonly #close = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #created = new Set<string>();
  readonly #deleted = new Set<string>();
  #requestsBefore = 0;

  /** @throws {MissingCompiler} when there is no compiler for this platform. */
  constructor(settings: CompilerSettings) {
    this.#settings = { around: sourcesAround, ...settings };
    this.#compiler = new Compiler(this.#settings);
  }

  /** Requests sent so far. */
  get requests(): number {
    return this.#requestsBefore + (this.#compiler?.requests ?? 0);
  }

  /** The compiler's process. */
  get pid(): number | undefined {
    return this.#compiler?.pid;
  }

  /** Lets the compiler begin to open the first configs, while the caller does something else; `open` waits for it. */
  begin(configs: readonly string[]): void {
    if (this.#compiler?.begin({ open: configs }) !== true) return;
    for (const config of configs) this.#open.add(config);
  }

  /** Opens configs, and tells the compiler all that changed. Programs taken before are no longer to be used. */
  open(configs: Iterable<string>): void {
    this.#compiler?.finish();
    const fresh = [...configs].filter((config) => !this.#open.has(config));
    if (fresh.length === 0 && !this.#isBehind()) return;
    this.#compiler ??= new Compiler(this.#settings);
    this.#compiler.update({
      open: fresh,
      close: [...this.#close].filter((config) => !fresh.includes(config)),
      ...this.#outcome(),
    });
    for (const config of fresh) this.#open.add(config);
    this.#settle();
  }

  /** Does what nobody has to wait for. */
  rest(): void {
    this.#compiler?.rest();
  }

  /** The program of an open config. */
  program(config: string): Program | undefined {
    return this.#compiler?.program(config);
  }

  /** Takes note of changes, for the next `open`. */
  change({ changed = [], created = [], deleted = [] }: FileChanges): void {
    for (const file of changed) this.#changed.add(file);
    for (const file of created) this.#created.add(file);
    for (const file of deleted) this.#deleted.add(file);
  }

  /** Closes a config with the next `open`. */
  close(config: string): void {
    if (this.#open.delete(config)) this.#close.add(config);
  }

  /** Closes every config with the next `open`. */
  closeAll(): void {
    for (const config of [...this.#open]) this.close(config);
  }

  /** Ends the compiler; the next `open` starts another one, with nothing open. */
  end(): void {
    this.#requestsBefore = this.requests;
    const compiler = this.#compiler;
    compiler?.dispose();
    if (compiler?.askedBack) this.#settings = { ...this.#settings, ahead: false };
    this.#compiler = undefined;
    this.#open.clear();
    this.#settle();
  }

  /** What it all came to: files that went may have come again, in any order that somebody told it, and the disk knows. */
  #outcome(): Required<FileChanges> {
    const gone = new Set([...this.#deleted].filter((file) => !existsSync(file)));
    const isThere = (file: string): boolean => !gone.has(file);
    return {
      changed: [...this.#changed, ...this.#deleted].filter(isThere),
      created: [...this.#created].filter(isThere),
      deleted: [...gone],
    };
  }

  #isBehind(): boolean {
    return this.#changed.size + this.#created.size + this.#deleted.size + this.#close.size > 0;
  }

  #settle(): void {
    for (const set of [this.#close, this.#changed, this.#created, this.#deleted]) set.clear();
  }
}
