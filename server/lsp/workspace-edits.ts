import type {
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '#engine';
import { fileOf, textEditOf } from './convert.ts';
import { type Engine, modified } from './engine.ts';
import { IsCurrent } from './messages.ts';
import type { Texts } from './texts.ts';

/** Makes edits for the editor that fit the texts that they were asked for, or none. */
export class WorkspaceEdits {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #hasVersions: boolean;

  /** @param hasVersions whether the client takes edits that name the version of the document they are for. */
  constructor(engine: Engine, texts: Texts, hasVersions: boolean) {
    this.#engine = engine;
    this.#texts = texts;
    this.#hasVersions = hasVersions;
  }

  /**
   * The edits, where documents still have the versions that they had when the edits were asked for, and files that are
   * not open still have the text that was linted; nothing where there is nothing to edit.
   * @throws {ResponseError} `ContentModified` when some text is another one by now.
   */
  async of(
    edits: readonly Edit[],
    versions: ReadonlyMap<string, number>,
  ): Promise<WorkspaceEdit | undefined> {
    if (edits.length === 0) return undefined;
    const textOf = await this.#texts.load(edits.map(({ file }) => file));
    const byDocument = new Map<TextDocument, TextEdit[]>();
    for (const edit of [...edits].sort(byPlace)) {
      const document = textOf(edit.file);
      if (document === undefined) throw modified();
      const list = byDocument.get(document) ?? [];
      list.push(textEditOf(document, edit));
      byDocument.set(document, list);
    }
    await this.#check([...byDocument.keys()], versions);
    return this.asWorkspaceEdit([...byDocument].map(([one, list]) => this.documentEdit(one, list)));
  }

  /** Edits of one document. */
  documentEdit(document: TextDocument, edits: (TextEdit | SnippetTextEdit)[]): TextDocumentEdit {
    const isOpen = this.#texts.open.get(document.uri) !== undefined;
    const version = isOpen ? document.version : null;
    return { textDocument: { uri: document.uri, version }, edits };
  }

  /** Edits of several documents, in the form that the client takes. */
  asWorkspaceEdit(documentChanges: TextDocumentEdit[]): WorkspaceEdit {
    if (this.#hasVersions) return { documentChanges };
    const plain = (edits: TextDocumentEdit['edits']): TextEdit[] =>
      edits.filter((edit) => 'newText' in edit);
    const changes = documentChanges.map(({ textDocument, edits }) => [
      textDocument.uri,
      plain(edits),
    ]);
    return { changes: Object.fromEntries(changes) };
  }

  async #check(
    documents: readonly TextDocument[],
    versions: ReadonlyMap<string, number>,
  ): Promise<void> {
    const closed = new Map<string, string>();
    for (const { uri, version } of documents.map((one) => this.#texts.open.get(one.uri) ?? one)) {
      const isOpen = this.#texts.open.get(uri) !== undefined;
      if ((isOpen ? version : undefined) !== versions.get(uri)) throw modified();
    }
    for (const document of documents) {
      const file = versions.has(document.uri) ? undefined : fileOf(document.uri);
      if (file !== undefined) closed.set(file, document.getText());
    }
    if (closed.size > 0 && !(await this.#engine.ask(IsCurrent, closed))) throw modified();
  }
}

/** Editors take what comes later in the list for later in the text: at one place insertions go first. */
function byPlace(a: Edit, b: Edit): number {
  return a.start - b.start || a.end - b.end;
}
