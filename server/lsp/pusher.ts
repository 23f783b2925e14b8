import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Texts } from './texts.ts';

/** Milliseconds without typing before a client that does not ask is told. */
const PAUSE = 60;
/** Milliseconds without typing before the other open documents, which may depend on the text, are told. */
const REST = 400;

/** Tells a client that does not ask: the edited document soon, the others when typing rests. */
export class Pusher {
  readonly #publish: (document: TextDocument) => Promise<void>;
  readonly #texts: Texts;
  readonly #soon = new Set<string>();
  #pause: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;

  constructor(texts: Texts, publish: (document: TextDocument) => Promise<void>) {
    this.#texts = texts;
    this.#publish = publish;
  }

  /** A document was opened or edited. */
  touched(uri: string): void {
    this.#soon.add(uri);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#push([...this.#soon]), PAUSE);
    this.everything();
  }

  /** Anything may have changed. */
  everything(): void {
    clearTimeout(this.#rest);
    const all = (): string[] => this.#texts.open.keys();
    this.#rest = setTimeout(() => void this.#push(all()), REST);
  }

  /** Stops. */
  dispose(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#rest);
  }

  async #push(uris: readonly string[]): Promise<void> {
    for (const uri of uris) {
      this.#soon.delete(uri);
      const document = this.#texts.open.get(uri);
      if (document !== undefined) await this.#publish(document);
    }
  }
}
