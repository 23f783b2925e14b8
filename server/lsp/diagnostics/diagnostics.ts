import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CancellationToken,
  Diagnostic,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticOf, fileOf, type TextOf } from '../convert.ts';
import { type Engine, modified } from '../engine.ts';
import { Lint, type Linted, type PlainFinding } from '../messages.ts';
import type { Texts } from '../texts.ts';
import { Pace } from './pace.ts';

/** Documents that are linted at once where nobody waits for any of them. */
const AT_ONCE = 8;

interface Known {
  readonly stamp: number;
  readonly findings: readonly PlainFinding[];
}

/** Whom diagnostics tell what else there is to know, and ask what is wanted. */
export interface Surroundings {
  /** Address of a rule's page. */
  pageOf(rule: string): string | undefined;
  /** Whether a file is to be linted at all. */
  isWanted(file: string): boolean;
  heard(linted: Linted): void;
}

/** A report on one document, for clients that ask. */
export type DocumentReport = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/** Findings of open documents, handed out to clients that ask (pull) and to those that do not (push). */
export class Diagnostics {
  readonly pace = new Pace();
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #around: Surroundings;
  readonly #known = new Map<string, Known>();
  readonly #sent = new Map<string, { readonly id: string; readonly json: string }>();
  #results = 0;

  constructor(engine: Engine, texts: Texts, around: Surroundings) {
    this.#engine = engine;
    this.#texts = texts;
    this.#around = around;
  }

  /** Number of findings known in open documents. */
  get count(): number {
    let count = 0;
    for (const { findings } of this.#known.values()) count += findings.length;
    return count;
  }

  /**
   * Findings of a document as it is now.
   * @throws {ResponseError} `ContentModified` when the text changed before they were there.
   */
  async findingsOf(
    document: TextDocument,
    token?: CancellationToken,
  ): Promise<readonly PlainFinding[]> {
    const file = this.#wantedFile(document.uri);
    if (file === undefined) return [];
    const known = this.#known.get(document.uri);
    const { stamp } = this.#engine;
    if (known?.stamp === stamp) return known.findings;
    const { version } = document;
    const start = performance.now();
    const linted = await this.#engine.ask(Lint, [file], { token, about: file });
    this.pace.took(performance.now() - start);
    this.#around.heard(linted);
    if (document.version !== version) throw modified();
    const findings = linted.findings.get(file) ?? [];
    if (this.#texts.open.get(document.uri) !== undefined) {
      this.#known.set(document.uri, { stamp, findings });
    }
    return findings;
  }

  /** Answers a client that asks. */
  async pull(
    document: TextDocument,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentReport> {
    const { version } = document;
    const { patience } = this.pace;
    if (patience > 0 && this.#isEdited(document)) await sleep(patience);
    if (document.version !== version) throw modified();
    return this.reportOn(document.uri, await this.diagnosticsOf(document, token), previous);
  }

  /** What to answer to somebody who knows an earlier report. */
  reportOn(uri: string, items: Diagnostic[], previous: string | undefined): DocumentReport {
    const json = JSON.stringify(items);
    const sent = this.#sent.get(uri);
    if (sent !== undefined && sent.id === previous && sent.json === json) {
      return { kind: 'unchanged', resultId: sent.id };
    }
    const id = String(++this.#results);
    this.#sent.set(uri, { id, json });
    return { kind: 'full', resultId: id, items };
  }

  /** What to show in a document. */
  async diagnosticsOf(document: TextDocument, token?: CancellationToken): Promise<Diagnostic[]> {
    return this.shown(document, await this.findingsOf(document, token));
  }

  /** Findings of a document as editors show them. */
  async shown(document: TextDocument, findings: readonly PlainFinding[]): Promise<Diagnostic[]> {
    return this.drawn(document, findings, await this.#texts.load(filesBeside(findings)));
  }

  /** The same, with all texts at hand. */
  drawn(document: TextDocument, findings: readonly PlainFinding[], textOf: TextOf): Diagnostic[] {
    return findings.map((finding) =>
      diagnosticOf(finding, document, textOf, this.#around.pageOf(finding.rule)),
    );
  }

  /**
   * Lints again what may have changed although its text did not; the documents whose findings are others now.
   * @param known only documents that were linted before.
   */
  async changedOthers(known: boolean): Promise<readonly TextDocument[]> {
    const { stamp } = this.#engine;
    const stale = this.#texts.open.all().filter(({ uri }) => {
      return this.#known.get(uri)?.stamp !== stamp && (!known || this.#known.has(uri));
    });
    const changed: TextDocument[] = [];
    for (let first = 0; first < stale.length; first += AT_ONCE) {
      changed.push(...(await this.#relinted(stale.slice(first, first + AT_ONCE), stamp)));
      if (this.#engine.stamp !== stamp) break;
    }
    return changed;
  }

  /** Forgets what is known, as settings changed that the engine does not know of. */
  doubt(): void {
    for (const [uri, known] of this.#known) this.#known.set(uri, { ...known, stamp: -1 });
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.#known.delete(uri);
    this.#sent.delete(uri);
  }

  /** Whether it was linted before, and has to be again. */
  #isEdited({ uri }: TextDocument): boolean {
    const known = this.#known.get(uri);
    return known !== undefined && known.stamp !== this.#engine.stamp;
  }

  async #relinted(documents: readonly TextDocument[], stamp: number): Promise<TextDocument[]> {
    const files = documents.flatMap(({ uri }) => this.#wantedFile(uri) ?? []);
    const linted = files.length > 0 ? await this.#lintedInBackground(files) : undefined;
    if (this.#engine.stamp !== stamp) return [];
    return documents.filter(({ uri }) => {
      const findings = linted?.findings.get(this.#wantedFile(uri) ?? '') ?? [];
      const before = this.#known.get(uri)?.findings;
      this.#known.set(uri, { stamp, findings });
      return JSON.stringify(before) !== JSON.stringify(findings);
    });
  }

  async #lintedInBackground(files: readonly string[]): Promise<Linted> {
    const linted = await this.#engine.ask(Lint, files, { inBackground: true });
    this.#around.heard(linted);
    return linted;
  }

  /** The file of a document, where it is to be linted. */
  #wantedFile(uri: string): string | undefined {
    const file = fileOf(uri);
    return file !== undefined && this.#around.isWanted(file) ? file : undefined;
  }
}

/** Files that findings speak of beside their own. */
export function filesBeside(findings: readonly PlainFinding[]): readonly string[] {
  return findings.flatMap(({ related }) => related.map(({ file }) => file));
}
