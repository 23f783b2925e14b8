import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Refactoring } from '#facts';
import { type CommandPlace, ServerCommand } from '#protocol';
import { fileOf, offsetsOf } from '../convert.ts';
import { type Engine, modified } from '../engine.ts';
import { CanBeAsync, Refactorings } from '../messages.ts';
import type { Texts } from '../texts.ts';
import type { WorkspaceEdits } from '../workspace-edits.ts';
import type { Abilities } from './code-actions.ts';
import type { PromisedRefactoring } from './promised.ts';

/** Refactorings that no finding asks for. */
export class RefactorActions {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #edits: WorkspaceEdits;
  readonly #abilities: Abilities;

  constructor(engine: Engine, texts: Texts, edits: WorkspaceEdits, abilities: Abilities) {
    this.#engine = engine;
    this.#texts = texts;
    this.#edits = edits;
    this.#abilities = abilities;
  }

  /** What can be done with the code at a place. */
  async at(document: TextDocument, range: Range, token: CancellationToken): Promise<CodeAction[]> {
    const { uri, version } = document;
    const versions = this.#texts.versions();
    const actions: CodeAction[] = [];
    for (const { id, title, edits } of await this.#found(document, range, token)) {
      const action = { title, kind: CodeActionKind.RefactorRewrite };
      if (this.#abilities.resolve) {
        const data: PromisedRefactoring = {
          what: 'refactoring',
          uri,
          version,
          range,
          refactoring: id,
        };
        actions.push({ ...action, data });
        continue;
      }
      const edit = await this.#edits.of(edits, versions);
      if (edit !== undefined) actions.push({ ...action, edit });
    }
    if (this.#abilities.applies) actions.push(...(await this.#makeAsync(document, range, token)));
    return actions;
  }

  /** The edit of a refactoring that was offered for the same version of the text. */
  async editOf(
    document: TextDocument,
    { range, refactoring }: PromisedRefactoring,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const versions = this.#texts.versions();
    const found = await this.#found(document, range, token);
    const chosen = found.find(({ id }) => id === refactoring);
    return chosen && this.#edits.of(chosen.edits, versions);
  }

  /** A command: what it comes to takes long to find out, and may be a reason why it cannot be done. */
  async #makeAsync(
    document: TextDocument,
    range: Range,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const file = fileOf(document.uri);
    if (file === undefined) return [];
    const at = document.offsetAt(range.start);
    if (!(await this.#engine.ask(CanBeAsync, { file, at }, { token, about: file }))) return [];
    const title = 'Make async, with callers';
    const place: CommandPlace = { uri: document.uri, position: range.start };
    const command = { title, command: ServerCommand.makeAsync, arguments: [place] };
    return [{ title, kind: CodeActionKind.RefactorRewrite, command }];
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
    const manner = { token, about: file };
    const found = await this.#engine.ask(Refactorings, { file, range: place }, manner);
    if (document.version !== version) throw modified();
    return found ?? [];
  }
}
