import {
  type CancellationToken,
  type CodeLens,
  type Hover,
  MarkupKind,
  type Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Timeline } from '#facts';
import {
  ClientCommand,
  type CommandPlace,
  type ExplanationPage,
  type WaterfallTimeline,
  type WaterfallView,
} from '#protocol';
import { briefPage } from '../formats/brief-page.ts';
import { fileOf, rangeOf } from './convert.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import { type Engine, modified } from './engine.ts';
import { DrawWaterfall, Explain, Lenses } from './messages.ts';
import type { Pages } from './pages.ts';

/** What there is to see of a document beside its findings. */
export class Views {
  readonly #engine: Engine;
  readonly #diagnostics: Diagnostics;
  readonly #pages: Pages;

  constructor(engine: Engine, diagnostics: Diagnostics, pages: Pages) {
    this.#engine = engine;
    this.#diagnostics = diagnostics;
    this.#pages = pages;
  }

  /** The pages of the rules that report something at a place, in short. */
  async hover(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<Hover | null> {
    const at = document.offsetAt(position);
    const all = await this.#diagnostics.findingsOf(document, token);
    const [first, ...more] = all.filter(({ range }) => range.start <= at && at <= range.end);
    if (first === undefined) return null;
    const rules = new Set([first, ...more].map(({ rule }) => rule));
    const pages = await Promise.all([...rules].map((rule) => this.#briefPageOf(rule)));
    const value = pages.filter((page) => page !== '').join('\n\n---\n\n');
    if (value === '') return null;
    return {
      contents: { kind: MarkupKind.Markdown, value },
      range: rangeOf(document, first.range),
    };
  }

  async #briefPageOf(rule: string): Promise<string> {
    const [text, href] = [await this.#pages.textOf(rule), this.#pages.hrefOf(rule)];
    return text === undefined || href === undefined ? '' : briefPage(text, href);
  }

  /** What async functions wait for, above each. */
  async lenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    const { uri, version } = document;
    const file = fileOf(uri);
    if (file === undefined) return [];
    const lenses = await this.#engine.ask(Lenses, { file }, { token, about: file });
    if (document.version !== version) throw modified();
    return (lenses ?? []).map(({ range: stretch, title }) => {
      const range = rangeOf(document, stretch);
      const place: CommandPlace = { uri, position: range.start };
      const command = { title, command: ClientCommand.showWaterfall, arguments: [place] };
      return { range, command };
    });
  }

  /** Why what stands on a line is reported, or is not. */
  async explanation(
    document: TextDocument,
    { line }: Position,
    token: CancellationToken,
  ): Promise<ExplanationPage | null> {
    const file = fileOf(document.uri);
    if (file === undefined) return null;
    const start = document.offsetAt({ line, character: 0 });
    const end = document.offsetAt({ line: line + 1, character: 0 });
    const text = document.getText().slice(start, end);
    const params = { file, line: { start, end: start + text.trimEnd().length } };
    const markdown = await this.#engine.ask(Explain, params, { token, about: file });
    return markdown === null ? null : { markdown };
  }

  /**
   * What a function waits for.
   * @param wanted a place in it, or its name.
   * @param folder places are told relative to it.
   */
  async waterfall(
    document: TextDocument,
    wanted: Position | string,
    folder: string,
    token: CancellationToken,
  ): Promise<WaterfallView | null> {
    const file = fileOf(document.uri);
    if (file === undefined) return null;
    const { uri, version } = document;
    const at = typeof wanted === 'string' ? wanted : document.offsetAt(wanted);
    const drawn = await this.#engine.ask(
      DrawWaterfall,
      { file, at, folder },
      { token, about: file },
    );
    if (document.version !== version) throw modified();
    if (drawn === null) return null;
    const { waterfall, range, ...told } = drawn;
    const timeline = ({ bars, length }: Timeline): WaterfallTimeline => {
      return { bars: bars.map((bar) => ({ ...bar, range: rangeOf(document, bar.range) })), length };
    };
    return {
      ...told,
      uri,
      version,
      range: rangeOf(document, range),
      unit: waterfall.unit,
      today: timeline(waterfall.today),
      overlapped: timeline(waterfall.overlapped),
    };
  }
}
