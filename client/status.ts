import { Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages } from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { ServerStatus } from '#protocol';
import { DOCUMENTS, type Server } from './client.ts';

/** Shows beside the language how the server is: its state, findings, project and compiler. */
export function showStatus(server: Server): Disposable {
  const item = languages.createLanguageStatusItem('asynclint', DOCUMENTS);
  item.name = 'asynclint';
  return Disposable.from(
    item,
    server.client.onNotification('asynclint/status', (status: ServerStatus) => draw(item, status)),
    server.client.onDidChangeState(({ newState }) => drawState(item, newState)),
  );
}

function draw(item: LanguageStatusItem, status: ServerStatus): void {
  const failed = status.state === 'failed';
  item.busy = status.state === 'linting';
  item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.text = failed ? 'asynclint stopped' : `asynclint: ${counted(status.findings, 'finding')}`;
  item.detail = [status.message, status.project, `TypeScript ${status.typescript}`]
    .filter((part) => part !== undefined)
    .join(' · ');
  item.command = failed
    ? { title: 'Restart', command: 'asynclint.restart' }
    : { title: 'Show Output', command: 'asynclint.showOutput' };
}

/** What the server cannot tell itself, because it does not run. */
function drawState(item: LanguageStatusItem, state: State): void {
  item.busy = state === State.Starting;
  if (state === State.Running) return;
  const failed = state === State.StartFailed;
  item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.text = failed ? 'asynclint did not start' : 'asynclint';
  item.detail = state === State.Stopped ? 'not running' : '';
  item.command = { title: 'Restart', command: 'asynclint.restart' };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
