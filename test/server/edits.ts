import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The edits for one document; those for another version of it are a failure. */
export function editsOf(
  edit: WorkspaceEdit | undefined,
  { uri, version }: TextDocument,
): TextEdit[] {
  const simple = edit?.changes?.[uri] ?? [];
  const versioned = (edit?.documentChanges ?? []).flatMap((change) => {
    if (!('edits' in change) || change.textDocument.uri !== uri) return [];
    const expected = change.textDocument.version ?? 0;
    if (expected !== version) throw new Error('The edit is for another version.');
    return change.edits.map((one) =>
      'newText' in one ? one : { range: one.range, newText: one.snippet.value },
    );
  });
  return [...simple, ...versioned];
}

/** The stretch of the only place where `part` stands in `text`. */
export function rangeOf(text: string, part: string): Range {
  const document = TextDocument.create('', '', 0, text);
  const start = text.indexOf(part);
  if (start === -1 || text.indexOf(part, start + 1) !== -1) throw new Error(`Not once: ${part}`);
  return { start: document.positionAt(start), end: document.positionAt(start + part.length) };
}

/** Addresses of the documents that an edit reaches. */
export function reached(edit: WorkspaceEdit | undefined): readonly string[] {
  const versioned = (edit?.documentChanges ?? []).flatMap((change) => {
    return 'textDocument' in change ? change.textDocument.uri : [];
  });
  return [...Object.keys(edit?.changes ?? {}), ...versioned];
}

/** A file that is not open. */
export function onDisk(uri: string): TextDocument {
  return TextDocument.create(uri, 'typescript', 0, readFileSync(fileURLToPath(uri), 'utf8'));
}
