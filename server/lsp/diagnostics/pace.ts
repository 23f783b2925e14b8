/** How often such work is done before its cost is known. */
const RECENT = 3;

/** How long to wait before work that typing would make worthless: the longer, the more it costs. */
export class Pace {
  #costs: readonly number[] = [];

  /** Takes how many milliseconds such work took. */
  took(cost: number): void {
    this.#costs = [...this.#costs, cost].slice(-RECENT);
  }

  /** The cheapest of late: what opens a project, waits its turn or has its processor taken away tells nothing. */
  get #cost(): number {
    return this.#costs.length < RECENT ? 0 : Math.min(...this.#costs);
  }

  /** Milliseconds without typing before the edited document's turn. */
  get pause(): number {
    return within(this.#cost, 30, 800);
  }

  /** The same for an editor that asks by itself, and as often as it likes: nothing while it is cheap. */
  get patience(): number {
    return this.#cost < 150 ? 0 : within(this.#cost / 2, 0, 500);
  }

  /** Milliseconds without typing before the turn of documents that may depend on the edited one. */
  get rest(): number {
    return within(this.#cost * 4, 400, 3000);
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
