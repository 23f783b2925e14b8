import {
  commands,
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { EXPLAIN, type ExplainParams, type ExplanationPage } from '#protocol';
import type { Server } from './client.ts';
import type { Place } from './commands.ts';

const SCHEME = 'asynclint-explanation';

/** Pages that tell why something is reported, or is not, shown as Markdown beside the code. */
export class Explanations implements Disposable, TextDocumentContentProvider {
  readonly #server: Server;
  readonly #pages = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #provider: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#provider = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Shows what is known of a place; answers with the page's address. */
  async show({ uri, position }: Place): Promise<Uri | undefined> {
    const params: ExplainParams = { textDocument: { uri: uri.toString() }, position };
    const page = await this.#server.ask<ExplanationPage>(EXPLAIN, params);
    if (page === undefined) {
      void window.showInformationMessage('asynclint: nothing here waits, or could block.');
      return undefined;
    }
    const name = uri.path.slice(uri.path.lastIndexOf('/'));
    const at = Uri.from({ scheme: SCHEME, path: `${name}:${position.line + 1}.md` });
    this.#pages.set(at.toString(), page.markdown);
    this.#changed.fire(at);
    await commands.executeCommand('markdown.showPreviewToSide', at);
    return at;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#pages.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }
}
