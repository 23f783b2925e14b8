import type { Bar, Timeline } from '#facts';
import { escaped } from './markup.ts';
import {
  barLength,
  chainOf,
  fitting,
  isShorter,
  lengthText,
  type Picture,
  panelsOf,
  summaryOf,
} from './waterfall.ts';

const WIDTH = 800;
const MARGIN = 24;
const LABELS = 244;
const LENGTHS = 72;
const ROW = 28;
const BAR = 18;
/** Characters of a bar's name that fit beside it. */
const LONGEST_LABEL = 26;

/** Bars on the longest chain are full, the others outlined, so that no colour has to be told from another. */
const STYLE = `
.asynclint { --back: #ffffff; --ink: #1f2328; --faint: #59636e; --line: #d1d9e0; --chain: #bc4c00; --other: #0969da; }
@media (prefers-color-scheme: dark) {
  .asynclint { --back: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --line: #3d444d; --chain: #f0883e; --other: #58a6ff; }
}
.asynclint text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: var(--ink); }
.asynclint .name { font-size: 17px; font-weight: 600; }
.asynclint .panel { font-weight: 600; }
.asynclint .faint { fill: var(--faint); }
.asynclint .tick { fill: var(--faint); font-size: 11px; }
.asynclint .back { fill: var(--back); }
.asynclint .area { fill: none; }
.asynclint .grid { stroke: var(--line); }
.asynclint .chain { fill: var(--chain); }
.asynclint .other { fill: var(--other); fill-opacity: .15; stroke: var(--other); stroke-width: 2; }`;

/** A waterfall as a picture that stands by itself; several on one page need an id each. */
export function waterfallSvg(picture: Picture, id = 'asynclint'): string {
  const { name, place, waterfall } = picture;
  const panels = panelsOf(waterfall);
  const parts: string[] = [];
  let y = MARGIN + 50;
  for (const panel of panels) {
    parts.push(panelSvg(panel, picture, y));
    y += heightOf(panel[1]);
  }
  const said = [summaryOf(waterfall), ...(isShorter(waterfall) ? [chainOf(waterfall)] : [])];
  const notes = said.flatMap(wrapped);
  const height = y + notes.length * 20 + MARGIN - 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="asynclint" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">What ${escaped(name)} waits for</title>`,
    `<desc id="${id}-desc">${escaped(said.join(' '))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="back" width="${WIDTH}" height="${height}" rx="8"/>`,
    `<text class="name" x="${MARGIN}" y="${MARGIN + 14}">${escaped(name)}</text>`,
    `<text class="faint" x="${MARGIN}" y="${MARGIN + 34}">${escaped(place)}</text>`,
    ...parts,
    ...notes.map(
      (text, index) => `<text x="${MARGIN}" y="${y + 4 + index * 20}">${escaped(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

function heightOf({ bars }: Timeline): number {
  return bars.length * ROW + 62;
}

function panelSvg(
  [title, timeline]: readonly [string, Timeline],
  picture: Picture,
  top: number,
): string {
  const { unit, today } = picture.waterfall;
  const scale = (WIDTH - 2 * MARGIN - LABELS - LENGTHS) / today.length;
  const bottom = top + 32 + timeline.bars.length * ROW;
  const left = MARGIN + LABELS;
  const ticks = ticksOf(today.length).map((at) => {
    const x = fixed(left + at * scale);
    return [
      `<line class="grid" x1="${x}" y1="${top + 28}" x2="${x}" y2="${bottom}"/>`,
      `<text class="tick" x="${x}" y="${top + 22}" text-anchor="middle">${lengthText(at, unit)}</text>`,
    ].join('');
  });
  const total = lengthText(timeline.length, unit);
  return [
    `<text class="panel" x="${MARGIN}" y="${top + 22}">${title}, ${total}</text>`,
    ...ticks,
    ...timeline.bars.map((bar, index) => barSvg(bar, picture, top + 32 + index * ROW, scale)),
  ].join('\n');
}

function barSvg(bar: Bar, picture: Picture, top: number, scale: number): string {
  const { unit } = picture.waterfall;
  const x = MARGIN + LABELS + bar.start * scale;
  const width = Math.max(bar.length * scale, 2);
  const length = barLength(bar, unit);
  const from = lengthText(bar.start, unit);
  const label = fitting(bar.label, LONGEST_LABEL);
  const said = `${bar.label}, line ${picture.lineOf(bar)}: ${length} from ${from} on`;
  return [
    `<g class="bar"><title>${escaped(said)}</title>`,
    `<rect class="area" x="${MARGIN - 8}" y="${top + 1}" width="${WIDTH - 2 * MARGIN + 16}" height="${ROW - 2}" rx="4"/>`,
    `<text x="${MARGIN}" y="${top + 18}">${escaped(label)}</text>`,
    `<rect class="${bar.isOnLongestChain ? 'chain' : 'other'}" x="${fixed(x)}" y="${top + 5}" width="${fixed(width)}" height="${BAR}" rx="3"/>`,
    `<text class="faint" x="${fixed(x + width + 6)}" y="${top + 18}">${length}</text></g>`,
  ].join('');
}

/** Round numbers from nothing to the end, five or so. */
function ticksOf(length: number): readonly number[] {
  const rough = length / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const whole = Math.max(step, length <= 5 ? Math.min(1, length) : step);
  return Array.from({ length: Math.floor(length / whole + 1e-9) + 1 }, (_, n) => n * whole);
}

/** Lines that fit the picture's width. */
function wrapped(text: string): readonly string[] {
  return text.match(/.{1,100}(?:\s|$)/g) ?? [text];
}

function fixed(number: number): string {
  return String(Math.round(number * 10) / 10);
}
