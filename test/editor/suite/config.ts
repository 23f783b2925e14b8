import assert from 'node:assert/strict';
import { type CompletionList, commands, Position, type TextDocument, window } from 'vscode';
import { rewrite, show, until } from './documents.ts';

describe('the config', () => {
  it('is completed with rules, and their severities', async () => {
    const document = await show('asynclint.jsonc');
    assert.equal(document.languageId, 'jsonc');
    await rewrite(document, '{\n  "rules": { "" }\n}\n');
    await completed(document, new Position(1, 14), 'floating-promise');
    await rewrite(document, '{\n  "rules": { "floating-promise":  }\n}\n');
    await completed(document, new Position(1, 33), '"warning"');
  });

  it('is completed in package.json as well', async () => {
    const document = await show('package.json');
    await rewrite(document, '{\n  "asynclint": { "" }\n}\n');
    await completed(document, new Position(1, 18), 'preset');
    await rewrite(document, '{}\n');
  });

  it('is opened by a command', async () => {
    await show('everywhere/one.ts');
    await commands.executeCommand('asynclint.openConfig');
    await until(() => nameShown() === 'asynclint.jsonc');
  });
});

/** Waits for a completion; the schema is read when it is first needed. */
async function completed(document: TextDocument, at: Position, label: string): Promise<void> {
  const name = 'vscode.executeCompletionItemProvider';
  for (;;) {
    const { items } = await commands.executeCommand<CompletionList>(name, document.uri, at);
    const labels = items.map((item) =>
      typeof item.label === 'string' ? item.label : item.label.label,
    );
    if (labels.includes(label)) return;
  }
}

function nameShown(): string {
  return window.activeTextEditor?.document.uri.path.split('/').at(-1) ?? '';
}
