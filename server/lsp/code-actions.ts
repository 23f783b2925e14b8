import { basename } from 'node:path';
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type SnippetTextEdit,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { commentRules, type Edit, type Fix, type Refusal } from '#engine';
import { fileOf, indentAt, lineEndOf, offsetsOf, rangeOf, textEditOf } from './convert.ts';
import { type Diagnostics, modified } from './diagnostics.ts';
import type { Engine } from './engine.ts';
import { FixAll, Fixes, type FixSelection, type PlainFinding } from './messages.ts';
import { type PromisedRefactoring, RefactorActions } from './refactor-actions.ts';
import type { Texts } from './texts.ts';

/** The kind that mends everything that is safe to mend, for `editor.codeActionsOnSave`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.asynclint`;

/** What the client can take. */
export interface Abilities {
  /** Edits that come later, when the user chose the action. */
  readonly resolve: boolean;
  /** Edits that name the version of the document they are for. */
  readonly versions: boolean;
  /** Placeholders in inserted text. */
  readonly snippets: boolean;
  /** Actions that cannot be chosen, with the reason. */
  readonly disabled: boolean;
}

/** What a lazy action remembers. */
interface Promised extends FixSelection {
  readonly uri: string;
  readonly version: number;
}

/** Fixes, in one place and in a whole file, rewrites, and comments that allow a finding. */
export class CodeActions {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #diagnostics: Diagnostics;
  readonly #abilities: Abilities;
  readonly #refactorings: RefactorActions;

  constructor(engine: Engine, texts: Texts, diagnostics: Diagnostics, abilities: Abilities) {
    this.#engine = engine;
    this.#texts = texts;
    this.#diagnostics = diagnostics;
    this.#abilities = abilities;
    const editOf = (edits: readonly Edit[]) => this.#workspaceEdit(edits);
    this.#refactorings = new RefactorActions(engine, abilities.resolve, editOf);
  }

  /** What can be done at a place. */
  async at(
    document: TextDocument,
    { range, context }: CodeActionParams,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const wanted = (kind: string): boolean =>
      context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      actions.push(...(await this.#quickFixes(document, offsetsOf(document, range), token)));
    }
    if (wanted(FIX_ALL)) {
      const action = { title: 'Fix all safe asynclint findings', kind: FIX_ALL };
      actions.push(...(await this.#fixAll(document, action, { safeOnly: true }, token)));
    }
    if (wanted(CodeActionKind.RefactorRewrite)) {
      actions.push(...(await this.#refactorings.at(document, range, token)));
    }
    return actions;
  }

  /** Adds the edit that was left for later. */
  async resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction> {
    const promised: unknown = action.data;
    if (!isPromised(promised)) return action;
    const document = this.#texts.open.get(promised.uri);
    if (document?.version !== promised.version) throw modified();
    const edit =
      'refactoring' in promised
        ? await this.#refactorings.editOf(document, promised, token)
        : await this.#editOfAll(document, promised, token);
    return edit === undefined ? action : { ...action, edit };
  }

  async #quickFixes(
    document: TextDocument,
    place: { readonly start: number; readonly end: number },
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const file = fileOf(document.uri);
    if (file === undefined) return [];
    const all = await this.#diagnostics.findingsOf(document, token);
    const here = all.filter(({ range }) => range.start <= place.end && place.start <= range.end);
    if (here.length === 0) return [];
    const { version } = document;
    const shown = await this.#diagnostics.diagnosticsOf(document, token);
    const keys = here.map(({ rule, range }) => ({ rule, range }));
    const offers = await this.#engine.ask(Fixes, { file, findings: keys }, token);
    if (document.version !== version) throw modified();
    const actions: CodeAction[] = [];
    const whole: CodeAction[] = [];
    for (const [index, finding] of here.entries()) {
      const diagnostics = shown.filter((diagnostic) => isOf(diagnostic, finding, document));
      const { fixes: offered, rewrite } = offers[index] ?? { fixes: [] };
      actions.push(...(await this.#fixActions(offered, diagnostics)));
      if (rewrite !== undefined) actions.push(...(await this.#rewrite(rewrite, diagnostics)));
      const again = all.filter(({ rule }) => rule === finding.rule).length > 1;
      const [first] = offered;
      if (
        again &&
        first !== undefined &&
        here.findIndex(({ rule }) => rule === finding.rule) === index
      ) {
        const title = `Fix all \`${finding.rule}\` in this file: ${first.title}`;
        const action = { title, kind: CodeActionKind.QuickFix, diagnostics };
        const selection = { rule: finding.rule, fix: first.id, safeOnly: false };
        whole.push(...(await this.#fixAll(document, action, selection, token)));
      }
    }
    const allows = here
      .filter(({ rule }) => !commentRules.some(({ id }) => id === rule))
      .map((finding) => this.#allow(document, finding, shown));
    return [...actions, ...whole, ...allows];
  }

  async #fixActions(fixes: readonly Fix[], diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const [index, fix] of fixes.entries()) {
      const edit = await this.#workspaceEdit(fix.edits);
      if (edit === undefined) continue;
      const isPreferred = index === 0;
      actions.push({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred,
        edit,
      });
    }
    return actions;
  }

  /** A fix that reaches far, or why it cannot be had. */
  async #rewrite(rewrite: Fix | Refusal, diagnostics: Diagnostic[]): Promise<CodeAction[]> {
    if (!('refused' in rewrite)) return this.#fixActions([rewrite], diagnostics);
    return this.#abilities.disabled ? [refused(rewrite, diagnostics)] : [];
  }

  /** An action over the whole file; without edits, where the client asks for them later. */
  async #fixAll(
    document: TextDocument,
    action: CodeAction,
    selection: FixSelection,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const { uri, version } = document;
    const saving = action.kind === FIX_ALL;
    if (this.#abilities.resolve && !saving) {
      return [{ ...action, data: { uri, version, ...selection } satisfies Promised }];
    }
    const edit = await this.#editOfAll(document, selection, token);
    return edit === undefined ? [] : [{ ...action, edit }];
  }

  async #editOfAll(
    document: TextDocument,
    selection: FixSelection,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const file = fileOf(document.uri);
    if (file === undefined) return undefined;
    const { version } = document;
    const edits = await this.#engine.ask(FixAll, { file, selection }, token);
    if (document.version !== version) throw modified();
    return edits.length === 0 ? undefined : this.#workspaceEdit(edits);
  }

  async #workspaceEdit(edits: readonly Edit[]): Promise<WorkspaceEdit | undefined> {
    const textOf = await this.#texts.load(edits.map(({ file }) => file));
    const byDocument = new Map<TextDocument, TextEdit[]>();
    for (const edit of edits) {
      const document = textOf(edit.file);
      if (document === undefined) return undefined;
      const list = byDocument.get(document) ?? [];
      byDocument.set(document, [...list, textEditOf(document, edit)]);
    }
    const changes = [...byDocument].map(([document, list]) => this.#documentEdit(document, list));
    return this.#asWorkspaceEdit(changes);
  }

  #documentEdit(document: TextDocument, edits: (TextEdit | SnippetTextEdit)[]): TextDocumentEdit {
    const isOpen = this.#texts.open.get(document.uri) !== undefined;
    const version = isOpen ? document.version : null;
    return { textDocument: { uri: document.uri, version }, edits };
  }

  #asWorkspaceEdit(documentChanges: TextDocumentEdit[]): WorkspaceEdit {
    if (this.#abilities.versions) return { documentChanges };
    const plain = (edits: TextDocumentEdit['edits']): TextEdit[] =>
      edits.filter((edit) => 'newText' in edit);
    const changes = documentChanges.map(({ textDocument, edits }) => [
      textDocument.uri,
      plain(edits),
    ]);
    return { changes: Object.fromEntries(changes) };
  }

  /** A comment above the line that allows the finding, its reason left to write. */
  #allow(document: TextDocument, finding: PlainFinding, shown: readonly Diagnostic[]): CodeAction {
    const { line, indent } = indentAt(document, finding.range.start);
    // From the line's start on: editors indent a snippet's further lines as the place it is put at.
    const at = { line, character: 0 };
    const range = { start: at, end: at };
    const comment = `${indent}// asynclint-allow ${finding.rule}: `;
    const end = lineEndOf(document);
    const { snippets, versions } = this.#abilities;
    const edit: TextEdit | SnippetTextEdit =
      snippets && versions
        ? { range, snippet: { kind: 'snippet', value: `${comment}\${1:reason}${end}` } }
        : { range, newText: `${comment}reason${end}` };
    return {
      title: `Allow \`${finding.rule}\` here, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: shown.filter((diagnostic) => isOf(diagnostic, finding, document)),
      edit: this.#asWorkspaceEdit([this.#documentEdit(document, [edit])]),
    };
  }
}

/** What would mend a finding, and why it cannot be done. */
function refused({ message, file }: Refusal, diagnostics: Diagnostic[]): CodeAction {
  return {
    title: 'Make the chain of calls async',
    kind: CodeActionKind.QuickFix,
    diagnostics,
    disabled: { reason: `${message} (${basename(file)})` },
  };
}

function isOf(diagnostic: Diagnostic, finding: PlainFinding, document: TextDocument): boolean {
  const { start, end } = rangeOf(document, finding.range);
  const { range, code } = diagnostic;
  return (
    code === finding.rule &&
    range.start.line === start.line &&
    range.start.character === start.character &&
    range.end.line === end.line &&
    range.end.character === end.character
  );
}

function isPromised(value: unknown): value is Promised | PromisedRefactoring {
  return typeof value === 'object' && value !== null && 'uri' in value && 'version' in value;
}
