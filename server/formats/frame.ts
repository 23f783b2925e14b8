import type { Range } from '#engine';
import type { Lines } from './place.ts';

/** A place in the source to be underlined. */
export interface Mark {
  readonly range: Range;
  /** What is said beside the underline; empty for nothing. */
  readonly label: string;
  readonly underline: '~' | '-';
  readonly paint: (text: string) => string;
}

/** Tabs are drawn as this many blanks. */
const TAB = '  ';
/** Columns left of the place when a line is too long and is cut. */
const LEAD = 20;

/** Draws the marked lines of one file, in order, each with its underline below. */
export function frame(
  lines: Lines,
  marks: readonly Mark[],
  width: number,
  dim: (text: string) => string,
): readonly string[] {
  const sorted = [...marks].sort((a, b) => a.range.start - b.range.start);
  const rows = sorted.map((mark) => lines.at(mark.range.start).line);
  const gutter = String(Math.max(...rows)).length;
  const drawn: string[] = [];
  let last: number | undefined;
  for (const [index, mark] of sorted.entries()) {
    const row = rows[index] ?? 1;
    if (last !== undefined && row > last + 1) drawn.push(dim(`${' '.repeat(gutter)} ⋮`));
    const [code, under] = drawMark(lines, mark, Math.max(width - gutter - 4, 20));
    if (row !== last) drawn.push(`${dim(`${String(row).padStart(gutter)} |`)} ${code}`.trimEnd());
    drawn.push(`${dim(`${' '.repeat(gutter)} |`)} ${under}`);
    last = row;
  }
  return drawn.map((line) => `  ${line}`);
}

/** A line, cut to the width round the place, and what stands below it. */
function drawMark(lines: Lines, mark: Mark, width: number): readonly [string, string] {
  const { line, column } = lines.at(mark.range.start);
  const text = lines.line(line);
  const length = Math.min(mark.range.end - mark.range.start, text.length - column + 1);
  const before = text.slice(0, column - 1).replaceAll('\t', TAB);
  const place = text.slice(column - 1, column - 1 + length).replaceAll('\t', TAB);
  const rest = text.slice(column - 1 + length).replaceAll('\t', TAB);
  const cut = cells(before + place) > width ? Math.max(before.length - LEAD, 0) : 0;
  const shown = cut > 0 ? `…${before.slice(cut)}` : before;
  const code = shorten(shown + place + rest, width);
  const room = Math.max(Math.min(cells(place), width - cells(shown)), 1);
  const label = mark.label === '' ? '' : ` ${mark.label}`;
  return [code, ' '.repeat(cells(shown)) + mark.paint(mark.underline.repeat(room) + label)];
}

function shorten(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += cells(character);
    if (used >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** East Asian wide characters and emoji take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

function cells(text: string): number {
  const points = [...text].length;
  return points + (text.match(WIDE)?.length ?? 0);
}
