import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { findings, rewrite, show } from './documents.ts';

const FLOATING = 'Promise.resolve();\nexport {};\n';

describe('diagnostics', () => {
  it('show a squiggle', async () => {
    const document = await show('squiggle.ts');
    const [finding] = await findings(document, 1);
    assert.equal(finding?.source, 'asynclint');
    assert.equal(document.getText(finding?.range), 'send()');
  });

  it('go while the text is mended, unsaved', async () => {
    const document = await show('squiggle.ts');
    const before = document.getText();
    await findings(document, 1);
    await rewrite(document, 'export {};\n');
    await findings(document, 0);
    await rewrite(document, before);
    await findings(document, 1);
  });

  it('stop when they are switched off, and return when they are switched on', async () => {
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
