import {
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
} from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { ServerStatus } from '#protocol';
import { DOCUMENTS, type Server } from './client.ts';

/** Shows beside the language how the server is: its state and findings, the project and the compiler. */
export class Status implements Disposable {
  readonly findings = languages.createLanguageStatusItem('asynclint.findings', DOCUMENTS);
  readonly project = languages.createLanguageStatusItem('asynclint.project', DOCUMENTS);
  readonly #watching: readonly Disposable[];

  constructor(server: Server) {
    this.findings.name = 'asynclint';
    this.project.name = 'asynclint: project';
    this.project.text = 'asynclint: no project yet';
    this.project.command = { title: 'Open Config', command: 'asynclint.openConfig' };
    this.#watching = [
      server.onStatus((status) => this.#draw(status)),
      server.onState((state) => drawState(this.findings, state)),
    ];
  }

  dispose(): void {
    for (const one of [this.findings, this.project, ...this.#watching]) one.dispose();
  }

  #draw({ state, message, project, typescript, findings }: ServerStatus): void {
    const { findings: item } = this;
    const failed = state === 'failed';
    item.busy = state === 'linting';
    item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.text = failed ? 'asynclint stopped' : `asynclint: ${counted(findings, 'finding')}`;
    item.detail = message ?? '';
    item.command = failed
      ? { title: 'Restart', command: 'asynclint.restart' }
      : { title: 'Show Output', command: 'asynclint.showOutput' };
    if (project !== undefined) this.project.text = `asynclint: ${project}`;
    this.project.detail = `TypeScript ${typescript}`;
  }
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

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
