/** The border between our absolute names and offsets and the protocol's addresses and positions. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range as LspRange,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit, Range, Related, Severity } from '#engine';
import type { PlainFinding } from './messages.ts';

/** The text of a file by its absolute name, as the linter saw it. */
export type TextOf = (file: string) => TextDocument | undefined;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** The absolute name that an address stands for, with forward slashes; nothing when it is not on disk. */
export function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  return fileURLToPath(uri).replaceAll('\\', '/');
}

/** The address of a file. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

/** A stretch of text in lines and UTF-16 columns. */
export function rangeOf(document: TextDocument, { start, end }: Range): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** A stretch of text in offsets. */
export function offsetsOf(document: TextDocument, { start, end }: LspRange): Range {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** The white space that a line starts with, and the position right after it. */
export function indentAt(document: TextDocument, offset: number): { line: number; indent: string } {
  const { line } = document.positionAt(offset);
  const text = document.getText({
    start: { line, character: 0 },
    end: { line: line + 1, character: 0 },
  });
  return { line, indent: /^[ \t]*/.exec(text)?.[0] ?? '' };
}

/** How lines end in a document. */
export function lineEndOf(document: TextDocument): string {
  return document.getText().includes('\r\n') ? '\r\n' : '\n';
}

/** One edit, without the name of its file. Rules write `\n`; a document keeps the line ends that it has. */
export function textEditOf(document: TextDocument, edit: Edit): TextEdit {
  const newText = edit.text.replace(/\r?\n/g, lineEndOf(document));
  return { range: rangeOf(document, edit), newText };
}

/** A finding as editors show it. */
export function diagnosticOf(
  finding: PlainFinding,
  document: TextDocument,
  textOf: TextOf,
  page?: string,
): Diagnostic {
  const related = finding.related.flatMap((place) => relatedOf(place, textOf) ?? []);
  return {
    source: 'asynclint',
    code: finding.rule,
    message: finding.message,
    severity: SEVERITY[finding.severity],
    range: rangeOf(document, finding.range),
    ...(page !== undefined && { codeDescription: { href: page } }),
    ...(related.length > 0 && { relatedInformation: related }),
    ...(finding.rule === 'unused-allow' && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

function relatedOf(related: Related, textOf: TextOf): DiagnosticRelatedInformation | undefined {
  const document = textOf(related.file);
  if (document === undefined) return undefined;
  const range = rangeOf(document, related.range);
  return { location: { uri: document.uri, range }, message: related.message };
}

/** Whether a diagnostic is what is shown of a finding. */
export function isOf(
  diagnostic: Diagnostic,
  finding: PlainFinding,
  document: TextDocument,
): boolean {
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
