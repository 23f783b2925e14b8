import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The rules' pages in a folder. */
export class Pages {
  readonly #folder: URL;
  readonly #names: ReadonlySet<string>;

  constructor(folder: URL) {
    this.#folder = folder;
    this.#names = new Set(existsSync(folder) ? readdirSync(folder) : []);
  }

  /** Address of a rule's page; nothing when it has none. */
  hrefOf(rule: string): string | undefined {
    const name = `${rule}.md`;
    return this.#names.has(name) ? new URL(name, this.#folder).href : undefined;
  }

  /** A rule's page. */
  async textOf(rule: string): Promise<string | undefined> {
    const href = this.hrefOf(rule);
    return href === undefined ? undefined : readFile(new URL(href), 'utf8');
  }
}
