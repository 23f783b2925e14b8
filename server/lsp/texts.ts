import { readFile } from 'node:fs/promises';
import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileOf, type TextOf, uriOf } from './convert.ts';

/** The open documents, and the text of files that are not open. */
export class Texts {
  readonly open = new TextDocuments(TextDocument);

  /** The open document of a file. */
  documentOf(file: string): TextDocument | undefined {
    return this.open.all().find((document) => fileOf(document.uri) === file);
  }

  /** Reads what is not open, so that the texts of all these files are at hand. */
  async load(files: Iterable<string>): Promise<TextOf> {
    const loaded = await Promise.all(
      [...new Set(files)].map(async (file) => [file, await this.#textOf(file)] as const),
    );
    const texts = new Map(loaded);
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
