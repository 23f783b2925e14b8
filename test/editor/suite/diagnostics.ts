import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';

const FLOATING = 'Promise.resolve();\nexport {};\n';

describe('the extension in a real VS Code', () => {
  it('shows a squiggle', async () => {
    const document = await show('squiggle.ts');
    const [finding] = await findings(document, 1);
    assert.equal(finding?.source, 'asynclint');
    assert.equal(document.getText(finding?.range), 'send()');
  });

  it('takes the squiggle away while the text is mended, unsaved', async () => {
    const document = await show('squiggle.ts');
    const before = document.getText();
    await findings(document, 1);
    await rewrite(document, 'export {};\n');
    await findings(document, 0);
    await rewrite(document, before);
    await findings(document, 1);
  });

  it('applies a quick fix', async () => {
    const document = await show('squiggle.ts');
    const [finding] = await findings(document, 1);
    assert.ok(finding);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
    );
    const fix = actions.find(({ isPreferred }) => isPreferred);
    assert.ok(fix?.edit, 'there is a preferred fix');
    await workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /^ {2}await send\(\);$/m);
    await findings(document, 0);
  });

  it('mends on save', async () => {
    const document = await show('save.ts');
    await findings(document, 1);
    await rewrite(document, `${document.getText()}// edited\n`);
    await document.save();
    await until(() => document.getText().includes('return await send();'));
    assert.equal(document.isDirty, false);
    const onDisk = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
    assert.match(onDisk, /return await send\(\);/);
  });

  it('goes on after a restart', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, FLOATING);
    await findings(document, 1);
    await commands.executeCommand('asynclint.restart');
    await rewrite(document, FLOATING.repeat(2));
    await findings(document, 2);
  });

  it('falls silent when it is switched off, and speaks when it is switched on', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, FLOATING);
    await findings(document, 1);
    const settings = workspace.getConfiguration('asynclint');
    await settings.update('enable', false);
    await findings(document, 0);
    await settings.update('enable', undefined);
    await findings(document, 1);
  });
});

async function show(name: string): Promise<TextDocument> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, name));
  await window.showTextDocument(document);
  return document;
}

/** Replaces all text, as typing would: unsaved. */
async function rewrite(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  assert.ok(await workspace.applyEdit(edit), 'the editor takes the text');
}

/** Our findings, once there are so many; the test's time limit ends the wait. */
async function findings(document: TextDocument, count: number): Promise<readonly Diagnostic[]> {
  const ours = (): readonly Diagnostic[] =>
    languages.getDiagnostics(document.uri).filter(({ source }) => source === 'asynclint');
  await until(() => ours().length === count);
  return ours();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}
