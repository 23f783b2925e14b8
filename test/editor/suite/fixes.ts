import assert from 'node:assert/strict';
import { type CodeAction, commands, workspace } from 'vscode';
import type { Outcome } from '#protocol';
import { actions, findings, onDisk, rewrite, show, until, uriOf } from './documents.ts';

describe('fixes', () => {
  it('are offered, one of them preferred', async () => {
    const document = await show('offered.ts');
    const offered = await actions(document);
    await take(offered.find(({ isPreferred }) => isPreferred));
    assert.match(document.getText(), /^ {2}await send\(\);$/m);
    await findings(document, 0);
  });

  it('come from the keyboard', async () => {
    const document = await show('keyboard.ts', 'send();');
    await findings(document, 1);
    // The editor drops the key when markers change meanwhile; a person presses it again.
    const pressing = setInterval(press, 2000);
    press();
    await until(() => document.getText().includes('await send();'));
    clearInterval(pressing);
    await findings(document, 0);
  });

  it('come on save', async () => {
    const document = await show('save.ts');
    await findings(document, 1);
    await rewrite(document, `${document.getText()}// edited\n`);
    await document.save();
    await until(() => document.getText().includes('return await send();'));
    assert.equal(document.isDirty, false);
    assert.match(await onDisk('save.ts'), /return await send\(\);/);
  });

  it('may be declined, with a reason', async () => {
    const document = await show('allowed.ts');
    const offered = await actions(document);
    await take(offered.find(({ title }) => /^Allow `floating-promise` here/.test(title)));
    assert.match(document.getText(), /^ {2}\/\/ asynclint-allow floating-promise: \w+\n {2}send/m);
    await findings(document, 0);
  });

  it('make a chain of calls async, through several files', async () => {
    const document = await show('page.ts');
    const offered = await actions(document);
    await take(offered.find(({ title }) => /async/.test(title)));
    const template = await workspace.openTextDocument(uriOf('template.ts'));
    await until(() => document.getText().includes('return await load(name);'));
    assert.match(template.getText(), /export async function load.*: Promise<string> \{/);
    assert.match(template.getText(), /return await readFile\(name, 'utf8'\);/);
    await findings(document, 0);
  });

  it('come to the whole workspace, also where no editor is', async () => {
    await show('squiggle.ts');
    const outcome = await commands.executeCommand<Outcome>('asynclint.fixWorkspace');
    assert.ok(outcome?.applied, outcome?.message);
    for (const name of ['everywhere/one.ts', 'everywhere/two.ts']) {
      const document = await workspace.openTextDocument(uriOf(name));
      await until(() => document.getText().includes('return await send();'));
    }
  });
});

function press(): void {
  void commands.executeCommand('editor.action.autoFix');
}

/** Does what choosing an action in the menu does. */
async function take(action: CodeAction | undefined): Promise<void> {
  assert.ok(action, 'the action is offered');
  if (action.edit !== undefined) assert.ok(await workspace.applyEdit(action.edit));
  const { command } = action;
  if (command !== undefined) {
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
  }
}
