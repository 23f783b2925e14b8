import { randomBytes } from 'node:crypto';
import {
  CancellationTokenSource,
  type Disposable,
  languages,
  Position,
  Range,
  type TextEditor,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import {
  type CommandPlace,
  WATERFALL,
  type WaterfallBar,
  type WaterfallParams,
  type WaterfallView,
} from '#protocol';
import { DOCUMENTS, reasonOf, type Server } from './client.ts';
import type { Place } from './commands.ts';
import type { PageMessage, WaterfallMessage } from './waterfall-messages.ts';
import { waterfallPage } from './waterfall-page.ts';

const VIEW = 'asynclint.waterfall';
/** Milliseconds that the cursor rests, or the text stays as it is, before the picture follows. */
const REST = 150;
const NOWHERE = 'Put the cursor into an async function to see what it waits for.';

/** The view beside the code that draws what the cursor's function waits for. */
export class WaterfallPanel implements Disposable {
  readonly #server: Server;
  readonly #assets: Uri;
  readonly #watching: readonly Disposable[];
  #panel: WebviewPanel | undefined;
  #asked = new CancellationTokenSource();
  #rest: NodeJS.Timeout | undefined;
  /** What the page shows, and what it is told again whenever it is loaded anew. */
  #message: WaterfallMessage = { kind: 'nothing', reason: NOWHERE };
  #view: WaterfallView | undefined;

  constructor(server: Server, assets: Uri) {
    this.#server = server;
    this.#assets = assets;
    this.#watching = [
      window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: (panel, state: CommandPlace | undefined) =>
          this.#restore(panel, state),
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      workspace.onDidChangeTextDocument(({ document }) => {
        const { activeTextEditor: editor } = window;
        if (editor?.document === document) this.#follow(editor);
      }),
    ];
  }

  /** What the page shows; nothing while it is closed. */
  get shown(): WaterfallMessage | undefined {
    return this.#panel && this.#message;
  }

  /** Opens the view beside the code, if need be, and draws the function at a place. */
  async show(place: Place): Promise<void> {
    if (this.#panel === undefined) {
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      this.#host(window.createWebviewPanel(VIEW, 'Waterfall', column));
    } else if (!this.#panel.visible) this.#panel.reveal(undefined, true);
    await this.#draw(place);
  }

  /** Asks where to, and writes the picture there. */
  async save(): Promise<void> {
    if (this.#view === undefined) throw new Error('No waterfall is drawn.');
    const { name, uri, svg } = this.#view;
    const file = `${name.replace(/[^\w$.-]+/g, '-')}.svg`;
    const target = await window.showSaveDialog({
      defaultUri: Uri.joinPath(Uri.parse(uri), '..', file),
      filters: { SVG: ['svg'] },
    });
    if (target !== undefined) await workspace.fs.writeFile(target, new TextEncoder().encode(svg));
  }

  dispose(): void {
    clearTimeout(this.#rest);
    this.#asked.cancel();
    for (const one of this.#watching) one.dispose();
    this.#panel?.dispose();
  }

  #host(panel: WebviewPanel): void {
    this.#panel = panel;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#assets] };
    webview.onDidReceiveMessage((message: PageMessage) => this.#hear(message));
    panel.onDidChangeViewState(() => panel.visible && this.#follow(window.activeTextEditor));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#view = undefined;
    });
    const script = webview.asWebviewUri(Uri.joinPath(this.#assets, 'waterfall-view.js'));
    webview.html = waterfallPage(script.toString(), randomBytes(16).toString('hex'));
  }

  async #restore(panel: WebviewPanel, state: CommandPlace | undefined): Promise<void> {
    this.#host(panel);
    if (state === undefined) this.#follow(window.activeTextEditor);
    else await this.#draw(placeOf(state));
  }

  #follow(editor: TextEditor | undefined): void {
    if (!this.#panel?.visible || editor === undefined) return;
    if (languages.match(DOCUMENTS, editor.document) === 0) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      void this.#draw({ uri: editor.document.uri, position: editor.selection.active });
    }, REST);
  }

  /** Only the newest question counts; others are not waited for. */
  async #draw({ uri, position }: Place): Promise<void> {
    this.#asked.cancel();
    const asked = new CancellationTokenSource();
    this.#asked = asked;
    const params: WaterfallParams = { textDocument: { uri: uri.toString() }, position };
    try {
      // The server knows what is open: after a reload the editor opens documents only when they are looked at.
      await workspace.openTextDocument(uri);
      const view = await this.#server.ask<WaterfallView>(WATERFALL, params, asked.token);
      if (!asked.token.isCancellationRequested) this.#take(view, position);
    } catch (error) {
      if (asked.token.isCancellationRequested) return;
      this.#tell({ kind: 'nothing', reason: reasonOf(error) });
    }
  }

  #take(view: WaterfallView | undefined, position: Position): void {
    this.#view = view;
    if (this.#panel !== undefined) this.#panel.title = titleOf(view);
    if (view === undefined) {
      this.#tell({ kind: 'nothing', reason: NOWHERE });
      return;
    }
    const { name, svg, uri, today } = view;
    const current = today.bars.findIndex((bar) => rangeOf(bar).contains(position));
    const place = { uri, position: view.range.start };
    this.#tell({ kind: 'picture', name, svg, place, ...(current >= 0 && { current }) });
  }

  #tell(message: WaterfallMessage): void {
    this.#message = message;
    void this.#panel?.webview.postMessage(message);
  }

  async #hear(message: PageMessage): Promise<void> {
    if (message.kind === 'ready') this.#tell(this.#message);
    if (message.kind === 'ready' || this.#view === undefined) return;
    const { uri, today } = this.#view;
    // Each panel of the picture has the same bars.
    const bar = today.bars[message.bar % today.bars.length];
    if (bar !== undefined) await open(Uri.parse(uri), rangeOf(bar));
  }
}

/** Shows a place in the editor that has the document already, not over the view. */
async function open(uri: Uri, selection: Range): Promise<void> {
  const isOf = ({ document }: TextEditor): boolean => document.uri.toString() === uri.toString();
  const { viewColumn = ViewColumn.One } = window.visibleTextEditors.find(isOf) ?? {};
  await window.showTextDocument(uri, { viewColumn, selection });
}

function titleOf(view: WaterfallView | undefined): string {
  return view === undefined ? 'Waterfall' : `Waterfall: ${view.name}`;
}

function rangeOf({ range: { start, end } }: WaterfallBar): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function placeOf({ uri, position: { line, character } }: CommandPlace): Place {
  return { uri: Uri.parse(uri), position: new Position(line, character) };
}
