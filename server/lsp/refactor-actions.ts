import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '#engine';
import type { Refactoring } from '#facts';
import { fileOf, offsetsOf } from './convert.ts';
import { modified } from './diagnostics.ts';
import type { Engine } from './engine.ts';
import { Refactorings } from './messages.ts';

/** What a refactoring remembers whose edit comes later. */
export interface PromisedRefactoring {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
  readonly refactoring: Refactoring['id'];
}

/** RefactorActions that no finding asks for. */
export class RefactorActions {
  readonly #engine: Engine;
  readonly #resolves: boolean;
  readonly #workspaceEdit: (edits: readonly Edit[]) => Promise<WorkspaceEdit | undefined>;

  /** @param resolves whether the client asks for the edit when the user chose the refactoring. */
  constructor(
    engine: Engine,
    resolves: boolean,
    workspaceEdit: (edits: readonly Edit[]) => Promise<WorkspaceEdit | undefined>,
  ) {
    this.#engine = engine;
    this.#resolves = resolves;
    this.#workspaceEdit = workspaceEdit;
  }

  /** What can be done with the code at a place. */
  async at(document: TextDocument, range: Range, token: CancellationToken): Promise<CodeAction[]> {
    const { uri, version } = document;
    const actions: CodeAction[] = [];
    for (const { id, title, edits } of await this.#found(document, range, token)) {
      const action = { title, kind: CodeActionKind.RefactorRewrite };
      if (this.#resolves) {
        const data: PromisedRefactoring = { uri, version, range, refactoring: id };
        actions.push({ ...action, data });
        continue;
      }
      const edit = await this.#workspaceEdit(edits);
      if (edit !== undefined) actions.push({ ...action, edit });
    }
    return actions;
  }

  /** The edit of a refactoring that was offered for the same version of the text. */
  async editOf(
    document: TextDocument,
    { range, refactoring }: PromisedRefactoring,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const found = await this.#found(document, range, token);
    const chosen = found.find(({ id }) => id === refactoring);
    return chosen && this.#workspaceEdit(chosen.edits);
  }

  /** @throws {ResponseError} `ContentModified` when the text changed before the answer was there. */
  async #found(
    document: TextDocument,
    range: Range,
    token: CancellationToken,
  ): Promise<readonly Refactoring[]> {
    const file = fileOf(document.uri);
    if (file === undefined) return [];
    const { version } = document;
    const place = offsetsOf(document, range);
    const found = await this.#engine.ask(Refactorings, { file, range: place }, token);
    if (document.version !== version) throw modified();
    return found;
  }
}
