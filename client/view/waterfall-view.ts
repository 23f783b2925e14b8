/** The waterfall view's page: shows the picture it is sent, and tells which bar was chosen. */
import type { PageMessage, WaterfallMessage } from '../waterfall-messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const stage = document.body.appendChild(document.createElement('main'));
const nonce = document.currentScript?.nonce ?? '';
let shown = '';

addEventListener('message', ({ data }: MessageEvent<WaterfallMessage>) => show(data));
stage.addEventListener('click', ({ target }) => open(barOf(target)));
stage.addEventListener('keydown', (event) => {
  const bar = barOf(event.target);
  if (bar === undefined) return;
  const bars = barsOnStage();
  const at = bars.indexOf(bar);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: bars.length - 1 }[event.key];
  if (event.key === 'Enter' || event.key === ' ') open(bar);
  else if (next === undefined) return;
  else focus(bars[next]);
  event.preventDefault();
});
editor.postMessage({ kind: 'ready' });

function show(message: WaterfallMessage): void {
  if (message.kind === 'nothing') {
    const paragraph = document.createElement('p');
    paragraph.textContent = message.reason;
    stage.replaceChildren(paragraph);
    shown = '';
    return;
  }
  const focused = barsOnStage().findIndex((bar) => bar.matches(':focus'));
  stage.replaceChildren(pictureOf(message.svg));
  const bars = barsOnStage();
  for (const [index, bar] of bars.entries()) {
    bar.setAttribute('role', 'link');
    bar.setAttribute('tabindex', index === 0 ? '0' : '-1');
    if (index === message.current) bar.setAttribute('aria-current', 'location');
  }
  if (focused >= 0 && shown === message.name) focus(bars[focused]);
  shown = message.name;
  editor.setState(message.place);
}

/** The picture as elements; the page lets in the styles that it was told of, and no others. */
function pictureOf(text: string): Element {
  const styled = text.replace('<style>', `<style nonce="${nonce}">`);
  const { documentElement } = new DOMParser().parseFromString(styled, 'image/svg+xml');
  const svg = document.importNode(documentElement, true);
  // What is inside an image cannot be reached from the keyboard.
  svg.setAttribute('role', 'group');
  return svg;
}

function barsOnStage(): readonly SVGElement[] {
  return [...stage.querySelectorAll<SVGElement>('.bar')];
}

function barOf(target: EventTarget | null): SVGElement | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<SVGElement>('.bar') ?? undefined;
}

function open(bar: SVGElement | undefined): void {
  if (bar !== undefined) editor.postMessage({ kind: 'open', bar: barsOnStage().indexOf(bar) });
}

/** Only one bar is a stop of the Tab key; arrows go from bar to bar. */
function focus(bar: SVGElement | undefined): void {
  if (bar === undefined) return;
  for (const one of barsOnStage()) one.setAttribute('tabindex', one === bar ? '0' : '-1');
  bar.focus();
}
