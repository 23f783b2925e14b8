import { createColors } from 'picocolors';
import type { Bar, Timeline } from '#facts';
import type { View } from './view.ts';
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

/** Columns that names of bars may take. */
const LONGEST_LABEL = 32;
/** Columns that the longest bar takes at least and at most. */
const NARROWEST = 12;
const WIDEST = 60;

type Colors = ReturnType<typeof createColors>;

/** A waterfall for a terminal. */
export function waterfallText(
  picture: Picture,
  { colors, width }: Pick<View, 'colors' | 'width'>,
): string {
  const { name, place, waterfall } = picture;
  const paint = createColors(colors);
  const legend = isShorter(waterfall) ? [`${chainOf(waterfall)}  (█ on it, ▒ beside it)`] : [];
  const parts = [
    `${paint.bold(name)}  ${paint.dim(place)}`,
    ...panelsOf(waterfall).map((panel) => panelText(panel, picture, width, paint)),
    [summaryOf(waterfall), ...legend].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function panelText(
  [title, { bars, length }]: readonly [string, Timeline],
  { waterfall }: Picture,
  width: number,
  paint: Colors,
): string {
  const { unit, today } = waterfall;
  const labels = bars.map(({ label }) => fitting(label, LONGEST_LABEL));
  const lengths = bars.map((bar) => barLength(bar, unit));
  const left = Math.max(...labels.map((label) => label.length));
  const right = Math.max(...lengths.map((text) => text.length));
  const room = Math.min(Math.max(width - left - right - 6, NARROWEST), WIDEST);
  const rows = bars.map((bar, index) => {
    const drawn = barText(bar, today.length, room, paint);
    const label = (labels[index] ?? '').padEnd(left);
    return `  ${label}  ${drawn.text}${' '.repeat(Math.max(room - drawn.columns, 0))}  ${(lengths[index] ?? '').padStart(right)}`;
  });
  return [`${paint.bold(title)}  ${lengthText(length, unit)}`, ...rows].join('\n');
}

/** Each bar is seen, however short it is. */
function barText(
  { start, length, isOnLongestChain }: Bar,
  whole: number,
  room: number,
  paint: Colors,
): { readonly text: string; readonly columns: number } {
  const column = (at: number): number => Math.round((at / whole) * room);
  const before = Math.min(column(start), room - 1);
  const columns = Math.max(column(start + length) - before, 1);
  const text = (isOnLongestChain ? '█' : '▒').repeat(columns);
  const colored = isOnLongestChain ? paint.yellow(text) : paint.cyan(text);
  return { text: `${' '.repeat(before)}${colored}`, columns: before + columns };
}
