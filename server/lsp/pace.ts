/** How long to wait before work that typing would make worthless: the longer, the more it costs. */
export class Pace {
  #cost = 0;

  /** Takes how many milliseconds such work took. */
  took(cost: number): void {
    this.#cost = this.#cost === 0 ? cost : this.#cost * 0.7 + cost * 0.3;
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
