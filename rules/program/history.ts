/** What happened to files from snapshot to snapshot, so that what was found out about the others can be kept. */
export class History {
  #edition = 0;
  /** The edition in which anything may have changed. */
  #all = 0;
  /** Files by the edition in which their text changed last. */
  readonly #files = new Map<string, number>();

  /** Counts snapshots. */
  get edition(): number {
    return this.#edition;
  }

  /** Begins an edition in which the texts of some files are others, or in which anything may be otherwise. */
  next(changed: Iterable<string> | 'anything'): void {
    this.#edition++;
    if (changed === 'anything') {
      this.#all = this.#edition;
      this.#files.clear();
    } else for (const file of changed) this.#files.set(file, this.#edition);
  }

  /** Files whose text changed after an edition, while the project kept all others; nothing when anything may have changed. */
  changedSince(edition: number): readonly string[] | undefined {
    if (this.#all > edition) return undefined;
    return [...this.#files].flatMap(([file, at]) => (at > edition ? file : []));
  }
}
