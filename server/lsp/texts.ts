import { readFile } from 'node:fs/promises';
import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileOf, type TextOf, uriOf } from './convert.ts';

/** Files that are read at the same time. */
const AT_ONCE = 16;

/** The open documents, and the text of files that are not open. */
export class Texts {
  readonly open = new TextDocuments(TextDocument);

  /** The open document of a file. */
  documentOf(file: string): TextDocument | undefined {
    return this.open.all().find((document) => fileOf(document.uri) === file);
  }

  /** Versions of the open documents, by address. */
  versions(): ReadonlyMap<string, number> {
    return new Map(this.open.all().map(({ uri, version }) => [uri, version]));
  }

  /** Reads what is not open, so that the texts of all these files are at hand. */
  async load(files: Iterable<string>): Promise<TextOf> {
    const wanted = [...new Set(files)];
    const texts = new Map<string, TextDocument | undefined>();
    for (let first = 0; first < wanted.length; first += AT_ONCE) {
      const batch = wanted.slice(first, first + AT_ONCE);
      const loaded = await Promise.all(batch.map((file) => this.#textOf(file)));
      for (const [index, file] of batch.entries()) texts.set(file, loaded[index]);
    }
    return (file) => texts.get(file);
  }

  async #textOf(file: string): Promise<TextDocument | undefined> {
    const open = this.documentOf(file);
    if (open !== undefined) return open;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    // The compiler counts from behind the byte order mark, and so do editors.
    return TextDocument.create(uriOf(file), '', 0, text.replace(/^\uFEFF/, ''));
  }
}
