import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { commentRules } from '#engine';
import { ClientCommand, type CommandPlace, type RuleSelection, ServerCommand } from '#protocol';
import { fileOf, isOf, offsetsOf } from '../convert.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { type Engine, modified } from '../engine.ts';
import { FixAll, Fixes, type FixSelection, type Offer, type PlainFinding } from '../messages.ts';
import type { Texts } from '../texts.ts';
import type { WorkspaceEdits } from '../workspace-edits.ts';
import { allowActions } from './allows.ts';
import { fixesOf, refused } from './offers.ts';
import { isPromised, type Promised } from './promised.ts';
import { RefactorActions } from './refactor-actions.ts';
import { turnOff } from './switches.ts';

/** The kind that mends everything that is safe to mend, for `editor.codeActionsOnSave`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.asynclint`;

/** What the client can take. */
export interface Abilities {
  /** Edits that come later, when the user chose the action. */
  readonly resolve: boolean;
  /** Placeholders in inserted text. */
  readonly snippets: boolean;
  /** Actions that cannot be chosen, with the reason. */
  readonly disabled: boolean;
  /** Edits that the server sends by itself, as commands do. */
  readonly applies: boolean;
  /** Folder for a first config file, where the client can create files. */
  readonly home: string | undefined;
}

/** A finding at the cursor, as it is shown, and what can be done about it. */
interface Case {
  readonly finding: PlainFinding;
  readonly diagnostics: Diagnostic[];
  readonly offer: Offer;
}

/** Fixes, in one place, in a whole file and in the workspace, rewrites, and comments that allow a finding. */
export class CodeActions {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #diagnostics: Diagnostics;
  readonly #edits: WorkspaceEdits;
  readonly #abilities: Abilities;
  readonly #refactorings: RefactorActions;

  constructor(
    engine: Engine,
    texts: Texts,
    diagnostics: Diagnostics,
    edits: WorkspaceEdits,
    abilities: Abilities,
  ) {
    this.#engine = engine;
    this.#texts = texts;
    this.#diagnostics = diagnostics;
    this.#edits = edits;
    this.#abilities = abilities;
    this.#refactorings = new RefactorActions(engine, texts, edits, abilities);
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
      actions.push(...(await this.#sweep(document, action, { safeOnly: true }, token)));
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
    const edit = await this.#editOf(document, promised, token);
    return edit === undefined ? action : { ...action, edit };
  }

  #editOf(
    document: TextDocument,
    promised: Promised,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    if (promised.what === 'refactoring') {
      return this.#refactorings.editOf(document, promised, token);
    }
    return promised.what === 'sweep'
      ? this.#editOfSweep(document, promised.selection, token)
      : this.#editOfFix(document, promised, token);
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
    const cases = await this.#cases(document, file, here, token);
    const actions: CodeAction[] = [];
    for (const one of cases) actions.push(...(await this.#fixActions(document, one)));
    const firsts = cases.filter((one) => one === cases.find((other) => sameRule(one, other)));
    for (const one of firsts) actions.push(...(await this.#sweeps(document, one, all, token)));
    const allowed = cases.filter(
      ({ finding }) => !commentRules.some(({ id }) => id === finding.rule),
    );
    for (const { finding, diagnostics, offer } of allowed) {
      const { snippets } = this.#abilities;
      const means = { edits: this.#edits, snippets };
      actions.push(...allowActions(document, finding, offer.room, diagnostics, means));
    }
    for (const one of firsts.filter((first) => allowed.includes(first))) {
      actions.push(...(await this.#lastResorts(document, one)));
    }
    return actions;
  }

  async #cases(
    document: TextDocument,
    file: string,
    here: readonly PlainFinding[],
    token: CancellationToken,
  ): Promise<readonly Case[]> {
    const { version } = document;
    const shown = await this.#diagnostics.diagnosticsOf(document, token);
    const findings = here.map(({ rule, range }) => ({ rule, range }));
    const offers = await this.#engine.ask(Fixes, { file, findings }, { token, about: file });
    if (document.version !== version) throw modified();
    return here.map((finding, index) => ({
      finding,
      diagnostics: shown.filter((diagnostic) => isOf(diagnostic, finding, document)),
      offer: offers[index] ?? { fixes: [], room: 'above' },
    }));
  }

  async #fixActions(
    document: TextDocument,
    { finding, diagnostics, offer }: Case,
  ): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    const { rewrite } = offer;
    const refusal = rewrite !== undefined && 'refused' in rewrite ? rewrite : undefined;
    for (const [index, fix] of fixesOf(offer).entries()) {
      const action: CodeAction = {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: index === 0,
      };
      const { uri, version } = document;
      const { rule, range } = finding;
      const key = { rule, range };
      const data: Promised = { what: 'fix', uri, version, finding: key, fix: fix.id };
      const edit = this.#abilities.resolve
        ? { data }
        : { edit: await this.#edits.of(fix.edits, this.#texts.versions()) };
      if ('data' in edit || edit.edit !== undefined) actions.push({ ...action, ...Object(edit) });
    }
    if (refusal !== undefined && this.#abilities.disabled) {
      actions.push(refused(refusal, diagnostics));
    }
    return actions;
  }

  /** One way of fixing for all findings of a rule, in the file and in the workspace. */
  async #sweeps(
    document: TextDocument,
    { finding: { rule }, diagnostics, offer: { fixes } }: Case,
    all: readonly PlainFinding[],
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const [first] = fixes;
    if (first === undefined) return [];
    const actions: CodeAction[] = [];
    const kind = CodeActionKind.QuickFix;
    if (all.filter((one) => one.rule === rule).length > 1) {
      const title = `Fix all \`${rule}\` in this file: ${first.title}`;
      const selection = { rule, fix: first.id, safeOnly: false };
      actions.push(
        ...(await this.#sweep(document, { title, kind, diagnostics }, selection, token)),
      );
    }
    if (this.#abilities.applies) {
      const title = `Fix all \`${rule}\` in the workspace: ${first.title}`;
      const selection: RuleSelection = { rule, fix: first.id };
      const command = { title, command: ServerCommand.fixAllOfRule, arguments: [selection] };
      actions.push({ title, kind, diagnostics, command });
    }
    return actions;
  }

  /** An action over the whole file; without edits, where the client asks for them later. */
  async #sweep(
    document: TextDocument,
    action: CodeAction,
    selection: FixSelection,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const { uri, version } = document;
    const saving = action.kind === FIX_ALL;
    if (this.#abilities.resolve && !saving) {
      const data: Promised = { what: 'sweep', uri, version, selection };
      return [{ ...action, data }];
    }
    const edit = await this.#editOfSweep(document, selection, token);
    return edit === undefined ? [] : [{ ...action, edit }];
  }

  /** To be told why, and to hear no more of it anywhere. */
  async #lastResorts(
    document: TextDocument,
    { finding, diagnostics }: Case,
  ): Promise<CodeAction[]> {
    const { uri } = document;
    const kind = CodeActionKind.QuickFix;
    const place: CommandPlace = { uri, position: document.positionAt(finding.range.start) };
    const title = `Explain \`${finding.rule}\``;
    const command = { title, command: ClientCommand.explain, arguments: [place] };
    const off = await turnOff(finding, this.#texts, this.#edits, this.#abilities.home);
    const explain: CodeAction = { title, kind, diagnostics, command };
    return off === undefined ? [explain] : [{ ...off, kind, diagnostics }, explain];
  }

  async #editOfFix(
    document: TextDocument,
    { finding, fix: id }: Extract<Promised, { what: 'fix' }>,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const file = fileOf(document.uri);
    if (file === undefined) return undefined;
    const versions = this.#texts.versions();
    const manner = { token, about: file };
    const [offer] = await this.#engine.ask(Fixes, { file, findings: [finding] }, manner);
    const fix = offer && fixesOf(offer).find((one) => one.id === id);
    return fix && this.#edits.of(fix.edits, versions);
  }

  async #editOfSweep(
    document: TextDocument,
    selection: FixSelection,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | undefined> {
    const file = fileOf(document.uri);
    if (file === undefined) return undefined;
    const versions = this.#texts.versions();
    const manner = { token, about: file };
    const edits = await this.#engine.ask(FixAll, { files: [file], selection }, manner);
    return this.#edits.of(edits, versions);
  }
}

function sameRule(one: Case, other: Case): boolean {
  return one.finding.rule === other.finding.rule;
}
