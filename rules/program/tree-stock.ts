/** Trees that may have been fetched, beside twice as many as are needed at once, before all are let go. */
const ROOM = 64;

/**
 * How many trees the client holds. It keeps those of files that did not change for good, also when nobody looks at them any
 * more; so all are let go from time to time, and those that are needed fetched again.
 */
export class TreeStock {
  #fetched = 0;
  /** Those fetched for the first snapshot since all were let go. */
  #needed: number | undefined;

  /** Counts a tree that was fetched. */
  add(): void {
    this.#fetched++;
  }

  /** Whether it is time to let go of all, before the next snapshot; then the count begins anew. */
  isFull(): boolean {
    if (this.#fetched === 0) return false;
    this.#needed ??= this.#fetched;
    if (this.#fetched <= ROOM + 2 * this.#needed) return false;
    this.#fetched = 0;
    this.#needed = undefined;
    return true;
  }
}
