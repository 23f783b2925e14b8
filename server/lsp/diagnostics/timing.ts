import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Texts } from '../texts.ts';
import type { Pace } from './pace.ts';

/** Milliseconds in which events that belong together arrive, such as those of files. */
const EVENTS = 100;

/** What is to be done when typing rests. */
export interface Turns {
  /** The edited document's turn. */
  soon(document: TextDocument): Promise<void>;
  /** The turn of all that may depend on what changed. */
  later(): Promise<void>;
}

/** Finds the time: the edited document's turn comes soon, that of all others when typing rests. */
export class Timing {
  readonly #texts: Texts;
  readonly #pace: Pace;
  readonly #turns: Turns;
  readonly #soon = new Set<string>();
  #pause: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;

  constructor(texts: Texts, pace: Pace, turns: Turns) {
    this.#texts = texts;
    this.#pace = pace;
    this.#turns = turns;
  }

  /** A document was opened or edited. */
  touched(uri: string): void {
    this.#soon.add(uri);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#push(), this.#pace.pause);
  }

  /** Somebody types: other documents may depend on it. */
  typed(): void {
    this.#wait(this.#pace.rest);
  }

  /** Anything may have changed, and nobody types. */
  everything(): void {
    this.#wait(EVENTS);
  }

  /** Stops. */
  dispose(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#rest);
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#turns.later(), milliseconds);
  }

  async #push(): Promise<void> {
    const uris = [...this.#soon];
    this.#soon.clear();
    for (const uri of uris) {
      const document = this.#texts.open.get(uri);
      if (document !== undefined) await this.#turns.soon(document);
    }
  }
}
