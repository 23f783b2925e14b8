import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { LINT_WORKSPACE } from '#protocol';
import { ASKING, Editor, FULL, PLAIN } from './editor.ts';

const SEND = 'declare function send(): Promise<void>;\n';
const FLOATING = `${SEND}send();\nexport {};\n`;
const HANDLED = `${SEND}await send();\nexport {};\n`;
const FILES = { 'a.ts': FLOATING, 'b.ts': HANDLED, 'deep/c.ts': FLOATING };
const WHOLE = { scope: 'workspace' };

describe('the whole workspace over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  const pull = (
    previousResultIds: readonly { uri: string; value: string }[] = [],
    partialResultToken?: string,
  ): Promise<WorkspaceDiagnosticReport> =>
    editor.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds,
      ...(partialResultToken !== undefined && { partialResultToken }),
    });

  const idsOf = (items: readonly WorkspaceDocumentDiagnosticReport[]) =>
    items.map(({ uri, resultId }) => ({ uri, value: String(resultId) }));

  it('is linted on request, with progress, and told of files that are not open', async () => {
    editor = await Editor.start(FULL, FILES);
    const steps: string[] = [];
    editor.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      steps.push(value.kind);
    });
    await editor.open('a.ts', FLOATING);
    const summary = await editor.connection.sendRequest(LINT_WORKSPACE, { workDoneToken: 'lint' });
    assert.deepEqual(summary, { files: 3, findings: 2 });
    await editor.pushed('deep/c.ts', ({ length }) => length === 1);
    assert.equal(steps[0], 'begin');
    assert.equal(steps.at(-1), 'end');
    assert.equal(editor.published('a.ts'), undefined);
    await editor.open('deep/c.ts', FLOATING);
    await editor.pushed('deep/c.ts', ({ length }) => length === 0);
  });

  it('is forgotten, as far as it was in a folder that is gone', async () => {
    editor = await Editor.start(FULL, FILES);
    await editor.connection.sendRequest(LINT_WORKSPACE, {});
    await editor.pushed('deep/c.ts', ({ length }) => length === 1);
    rmSync(join(editor.folder, 'deep'), { recursive: true });
    await editor.happened('deleted', 'deep');
    await editor.pushed('deep/c.ts', ({ length }) => length === 0);
    assert.equal(editor.published('a.ts')?.length, 1);
  });

  it('is pulled bit by bit, and again only what changed', async () => {
    editor = await Editor.start(ASKING, FILES, WHOLE);
    const partial: WorkspaceDocumentDiagnosticReport[] = [];
    editor.connection.onNotification(
      '$/progress',
      ({ value }: { value: WorkspaceDiagnosticReport }) => void partial.push(...value.items),
    );
    assert.deepEqual(await pull([], 'bits'), { items: [] });
    const counts = partial.map((one) => [
      one.uri.split('/').at(-1),
      one.kind === 'full' ? one.items.length : undefined,
    ]);
    assert.deepEqual(counts.sort(), [
      ['a.ts', 1],
      ['b.ts', 0],
      ['c.ts', 1],
    ]);
    const answer = pull(idsOf(partial));
    editor.write('b.ts', FLOATING);
    await editor.happened('changed', 'b.ts');
    const kinds = (await answer).items.map(({ uri, kind }) => [uri.split('/').at(-1), kind]);
    assert.deepEqual(kinds.sort(), [
      ['a.ts', 'unchanged'],
      ['b.ts', 'full'],
      ['c.ts', 'unchanged'],
    ]);
  });

  it('keeps who heard everything waiting until something happens', async () => {
    editor = await Editor.start(ASKING, FILES, WHOLE);
    const { items } = await pull();
    let isAnswered = false;
    const answer = pull(idsOf(items)).then((report) => {
      isAnswered = true;
      return report;
    });
    await editor.open('a.ts', FLOATING);
    assert.equal((await editor.pull('a.ts')).length, 1);
    assert.equal(isAnswered, false);
    rmSync(join(editor.folder, 'deep/c.ts'));
    await editor.happened('deleted', 'deep/c.ts');
    const gone = (await answer).items.find(({ uri }) => uri.endsWith('c.ts'));
    assert.deepEqual(gone?.kind === 'full' ? gone.items : undefined, []);
  });

  it('is announced only where it is wanted', async () => {
    editor = await Editor.start(ASKING, FILES);
    assert.equal(editor.offered.diagnosticProvider?.workspaceDiagnostics, false);
    await editor.stop();
    editor = await Editor.start(ASKING, FILES, WHOLE);
    assert.equal(editor.offered.diagnosticProvider?.workspaceDiagnostics, true);
  });

  it('is told unasked to an editor that does not ask, and followed on disk', async () => {
    editor = await Editor.start(PLAIN, FILES, WHOLE);
    await editor.pushed('a.ts', ({ length }) => length === 1);
    await editor.pushed('deep/c.ts', ({ length }) => length === 1);
    editor.write('b.ts', FLOATING);
    await editor.happened('changed', 'b.ts');
    await editor.pushed('b.ts', ({ length }) => length === 1);
    rmSync(join(editor.folder, 'deep/c.ts'));
    await editor.happened('deleted', 'deep/c.ts');
    await editor.pushed('deep/c.ts', ({ length }) => length === 0);
  });

  it('is told unasked to an editor that asks, but never for the whole', async () => {
    editor = await Editor.start(ASKING, FILES, WHOLE);
    await editor.pushed('deep/c.ts', ({ length }) => length === 1);
  });

  it('shows a file that was renamed under its new name alone', async () => {
    editor = await Editor.start(PLAIN, FILES, WHOLE);
    await editor.pushed('a.ts', ({ length }) => length === 1);
    rmSync(join(editor.folder, 'a.ts'));
    editor.write('renamed.ts', FLOATING);
    await editor.happened('deleted', 'a.ts');
    await editor.happened('created', 'renamed.ts');
    await editor.pushed('renamed.ts', ({ length }) => length === 1);
    await editor.pushed('a.ts', ({ length }) => length === 0);
  });
});
