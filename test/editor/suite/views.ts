import assert from 'node:assert/strict';
import { commands, TabInputWebview, type Uri, window, workspace } from 'vscode';
import type { WaterfallMessage } from '../../../client/waterfall-messages.ts';
import { findings, rewrite, show, shown, until } from './documents.ts';

type Picture = Extract<WaterfallMessage, { kind: 'picture' }>;

describe('the waterfall view', () => {
  it('draws what the function of the cursor waits for', async () => {
    await show('series.ts', "fetch('https://example.com/2'");
    await commands.executeCommand('asynclint.showWaterfall');
    const { name, svg, current } = await picture('both');
    assert.equal(name, 'both');
    assert.equal(current, 1);
    assert.match(svg, /today, 150 ms/);
    assert.match(svg, /overlapped, 100 ms/);
    assert.equal(svg.match(/class="bar"/g)?.length, 4, 'two awaits, today and overlapped');
    await until(() => tabs().includes('Waterfall: both'));
  });

  it('follows the cursor, and the text', async () => {
    const document = await show('series.ts', "load('x')");
    await picture('one');
    await rewrite(document, document.getText().replaceAll('one()', 'alone()'));
    await picture('alone');
    await show('series.ts', 'declare');
    await until(() => shown().waterfall.shown?.kind === 'nothing');
  });

  it('is gone when it is closed', async () => {
    const [view] = window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isView));
    assert.ok(view);
    await window.tabGroups.close(view);
    await until(() => shown().waterfall.shown === undefined);
  });
});

describe('what is said beside the text', () => {
  it('explains what waits', async () => {
    await show('series.ts', "fetch('https://example.com/2'");
    const page = await commands.executeCommand<Uri>('asynclint.explain');
    const { languageId } = await workspace.openTextDocument(page);
    const text = (await workspace.openTextDocument(page)).getText();
    assert.equal(languageId, 'markdown');
    assert.match(text, /It belongs to 2 awaits in series/);
    await until(() => tabs().some((label) => label.includes('series.ts:4')));
  });

  it('tells findings, project and compiler', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, 'Promise.resolve();\nexport {};\n');
    await findings(document, 1);
    const { status } = shown();
    // Other documents may still be looked at when the findings of this one are told.
    await until(
      () => /^asynclint: \d+ findings?$/.test(status.findings.text) && !status.findings.busy,
    );
    assert.match(status.project.text, /tsconfig\.json$/);
    assert.match(status.project.detail ?? '', /^TypeScript 7\.\d+\.\d+$/);
  });
});

/** The picture of a function, once it is the one that is shown. */
async function picture(name: string): Promise<Picture> {
  const message = (): WaterfallMessage | undefined => shown().waterfall.shown;
  const named = (one = message()): one is Picture => one?.kind === 'picture' && one.name === name;
  await until(named);
  const found = message();
  return named(found) ? found : assert.fail('the picture changed');
}

function tabs(): readonly string[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

function isView({ input }: { readonly input: unknown }): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith('asynclint.waterfall');
}
