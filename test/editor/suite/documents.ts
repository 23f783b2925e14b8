import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  extensions,
  languages,
  Range,
  Selection,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Shown } from '../../../client/main.ts';

/** The address of a file of the workspace. */
export function uriOf(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return Uri.joinPath(folder.uri, name);
}

/** Opens a file in the editor, the cursor where a text begins. */
export async function show(name: string, at = ''): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uriOf(name));
  const position = document.positionAt(document.getText().indexOf(at));
  await window.showTextDocument(document, { selection: new Selection(position, position) });
  return document;
}

/** The text of a file as it is on disk. */
export async function onDisk(name: string): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(uriOf(name)));
}

/** Replaces all text, as typing would: unsaved. */
export async function rewrite(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  assert.ok(await workspace.applyEdit(edit), 'the editor takes the text');
}

/** Our findings, once there are so many; the test's time limit ends the wait. */
export async function findings(
  document: TextDocument,
  count: number,
): Promise<readonly Diagnostic[]> {
  const ours = (): readonly Diagnostic[] =>
    languages.getDiagnostics(document.uri).filter(({ source }) => source === 'asynclint');
  await until(() => ours().length === count);
  return ours();
}

/** What the lightbulb offers for the only finding of a document. */
export async function actions(document: TextDocument): Promise<readonly CodeAction[]> {
  const [finding] = await findings(document, 1);
  assert.ok(finding);
  const name = 'vscode.executeCodeActionProvider';
  return commands.executeCommand<CodeAction[]>(name, document.uri, finding.range, undefined, 50);
}

/** What the extension shows beside the text. */
export function shown(): Shown {
  return extensions.getExtension<Shown>('asynclint.asynclint')?.exports ?? assert.fail('inactive');
}

/** Waits for something to hold; the test's time limit ends the wait. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}
