import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticOf, fileOf } from './convert.ts';
import type { Engine } from './engine.ts';
import { Lint, type Linted, type PlainFinding } from './messages.ts';
import type { Texts } from './texts.ts';

interface Known {
  readonly stamp: number;
  readonly findings: readonly PlainFinding[];
}

/** Findings of open documents, handed out to clients that ask (pull) and to those that do not (push). */
export class Diagnostics {
  readonly #engine: Engine;
  readonly #texts: Texts;
  readonly #pageOf: (rule: string) => string | undefined;
  readonly #heard: (linted: Linted) => void;
  readonly #known = new Map<string, Known>();
  readonly #sent = new Map<string, { readonly id: string; readonly json: string }>();
  #results = 0;

  constructor(
    engine: Engine,
    texts: Texts,
    pageOf: (rule: string) => string | undefined,
    heard: (linted: Linted) => void,
  ) {
    this.#engine = engine;
    this.#texts = texts;
    this.#pageOf = pageOf;
    this.#heard = heard;
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
    const file = fileOf(document.uri);
    if (file === undefined) return [];
    const known = this.#known.get(document.uri);
    const { stamp } = this.#engine;
    if (known?.stamp === stamp) return known.findings;
    const { version } = document;
    const linted = await this.#engine.ask(Lint, [file], token);
    this.#heard(linted);
    if (document.version !== version) throw modified();
    const findings = linted.findings.get(file) ?? [];
    this.#known.set(document.uri, { stamp, findings });
    return findings;
  }

  /** Answers a client that asks. */
  async pull(
    document: TextDocument,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const items = await this.diagnosticsOf(document, token);
    const json = JSON.stringify(items);
    const sent = this.#sent.get(document.uri);
    if (sent !== undefined && sent.id === previous && sent.json === json) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: sent.id };
    }
    const id = String(++this.#results);
    this.#sent.set(document.uri, { id, json });
    return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  }

  /** What to show in a document. */
  async diagnosticsOf(document: TextDocument, token?: CancellationToken): Promise<Diagnostic[]> {
    const findings = await this.findingsOf(document, token);
    const others = findings.flatMap(({ related }) => related.map(({ file }) => file));
    const textOf = await this.#texts.load(others);
    return findings.map((finding) =>
      diagnosticOf(finding, document, textOf, this.#pageOf(finding.rule)),
    );
  }

  /** Forgets a document that was closed. */
  forget(uri: string): void {
    this.#known.delete(uri);
    this.#sent.delete(uri);
  }
}

/** The answer to a question about text that is no more. */
export function modified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The text changed meanwhile.');
}
