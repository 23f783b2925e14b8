import type { Range } from '#engine';
import { escaped, prose } from './markup.ts';
import type { Lines } from './place.ts';

/** A place in the code that a frame shows. */
export interface Highlight {
  readonly range: Range;
  /** Told below its line; empty for nothing. */
  readonly label: string;
  /** What is reported, or another place that explains it. */
  readonly kind: 'main' | 'also';
}

/** Lines shown above and below each place. */
const AROUND = 2;
/** Characters of a line that are shown; a machine wrote what is longer. */
const LONGEST = 400;

/** Code with its places marked, and a few lines round each. */
export function frameHtml(lines: Lines, highlights: readonly Highlight[]): string {
  const placed = highlights.map((one) => ({ ...one, line: lines.at(one.range.start).line }));
  const shown = new Set<number>();
  for (const { line } of placed) {
    for (let at = line - AROUND; at <= line + AROUND; at++) {
      if (at >= 1 && at <= lines.count) shown.add(at);
    }
  }
  const rows: string[] = [];
  let last: number | undefined;
  for (const line of [...shown].sort((a, b) => a - b)) {
    if (last !== undefined && line > last + 1) rows.push('<span class="gap">⋮</span>');
    const here = placed.filter((one) => one.line === line);
    rows.push(rowHtml(lines, line, here));
    for (const { label, kind } of here) {
      if (label !== '') rows.push(`<span class="label ${kind}">${prose(label)}</span>`);
    }
    last = line;
  }
  return `<pre class="frame" tabindex="0">${rows.join('\n')}</pre>`;
}

function rowHtml(lines: Lines, line: number, highlights: readonly Highlight[]): string {
  const { start, end } = lines.rangeOf(line);
  const sorted = highlights.toSorted((a, b) => a.range.start - b.range.start);
  const from = Math.max(
    start,
    Math.min((sorted[0]?.range.start ?? start) - LONGEST / 2, end - LONGEST),
  );
  const to = Math.min(end, from + LONGEST);
  const parts = [from > start ? '…' : ''];
  let at = from;
  for (const { range, kind } of sorted) {
    // Places that overlap are marked once, and each has its label.
    if (range.start < at) continue;
    const stop = Math.min(Math.max(range.end, range.start + 1), to);
    if (stop <= range.start) continue;
    const code = escaped(lines.text.slice(range.start, stop));
    parts.push(escaped(lines.text.slice(at, range.start)), `<mark class="${kind}">${code}</mark>`);
    at = stop;
  }
  parts.push(escaped(lines.text.slice(at, to)), to < end ? '…' : '');
  const isMain = highlights.some(({ kind }) => kind === 'main');
  return `<span class="line${isMain ? ' main' : ''}" data-line="${line}">${parts.join('')}</span>`;
}
