/** Comments and settings that allow a finding. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type SnippetTextEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { indentAt, lineEndOf } from '../convert.ts';
import type { Offer, PlainFinding } from '../messages.ts';
import type { WorkspaceEdits } from '../workspace-edits.ts';

/** What a comment is made with. */
export interface Means {
  readonly edits: WorkspaceEdits;
  /** Whether the client takes placeholders in inserted text. */
  readonly snippets: boolean;
}

/** Comments that allow a finding here, and its rule in the whole file; their reason is left to write. */
export function allowActions(
  document: TextDocument,
  finding: PlainFinding,
  room: Offer['room'],
  diagnostics: Diagnostic[],
  means: Means,
): readonly CodeAction[] {
  const { rule } = finding;
  const kind = CodeActionKind.QuickFix;
  const action = (title: string, edit: TextEdit | SnippetTextEdit): CodeAction => ({
    title,
    kind,
    diagnostics,
    edit: means.edits.asWorkspaceEdit([means.edits.documentEdit(document, [edit])]),
  });
  return [
    action(`Allow \`${rule}\` here, with a reason`, hereEdit(document, finding, room, means)),
    action(`Allow \`${rule}\` in this file, with a reason`, fileEdit(document, rule, means)),
  ];
}

function hereEdit(
  document: TextDocument,
  { rule, range }: PlainFinding,
  room: Offer['room'],
  means: Means,
): TextEdit | SnippetTextEdit {
  if (room === 'inline') {
    const at = document.positionAt(range.start);
    return insert(at, `/* asynclint-allow ${rule}: `, ' */ ', means);
  }
  const { line, indent } = indentAt(document, range.start);
  // From the line's start on: editors indent a snippet's further lines as the place it is put at.
  const at = { line, character: 0 };
  return insert(at, `${indent}// asynclint-allow ${rule}: `, lineEndOf(document), means);
}

/** In front of all but the line that names an interpreter. */
function fileEdit(document: TextDocument, rule: string, means: Means): TextEdit | SnippetTextEdit {
  const line = document.getText().startsWith('#!') ? 1 : 0;
  const at = { line, character: 0 };
  return insert(at, `// asynclint-allow-file ${rule}: `, lineEndOf(document), means);
}

function insert(
  at: { readonly line: number; readonly character: number },
  before: string,
  after: string,
  { snippets }: Means,
): TextEdit | SnippetTextEdit {
  const range = { start: at, end: at };
  return snippets
    ? { range, snippet: { kind: 'snippet', value: `${before}\${1:reason}${after}` } }
    : { range, newText: `${before}reason${after}` };
}
