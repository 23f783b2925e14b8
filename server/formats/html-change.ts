import { applyEdits, type Edit } from '#engine';
import { escaped } from './markup.ts';
import type { Lines } from './place.ts';

/** Lines of one change that are shown. */
const LONGEST = 20;

/** What edits of one file change: lines that go, lines that come. */
export function changeHtml(lines: Lines, edits: readonly Edit[]): string {
  const hunks = hunksOf(lines, edits).map((hunk) => hunkHtml(lines, hunk));
  return `<pre class="change" tabindex="0">${hunks.join('<i>⋮\n</i>')}</pre>\n`;
}

/** Edits of neighbouring lines belong together. */
function hunksOf(lines: Lines, edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const hunks: Edit[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const hunk = hunks.at(-1);
    if (hunk !== undefined && lines.at(edit.start).line <= last + 1) hunk.push(edit);
    else hunks.push([edit]);
    last = lines.at(edit.end).line;
  }
  return hunks;
}

function hunkHtml(lines: Lines, edits: readonly Edit[]): string {
  const start = lines.rangeOf(lines.at(edits[0]?.start ?? 0).line).start;
  const { end } = lines.rangeOf(lines.at(Math.max(...edits.map((edit) => edit.end))).line);
  const before = lines.text.slice(start, end);
  const moved = edits.map((one) => ({ ...one, start: one.start - start, end: one.end - start }));
  const old = before.split(/\r?\n/);
  const fresh = applyEdits(before, moved).split(/\r?\n/);
  const head = commonHead(old, fresh);
  const tail = commonHead(old.slice(head).reverse(), fresh.slice(head).reverse());
  const gone = old.slice(head, old.length - tail);
  const come = fresh.slice(head, fresh.length - tail);
  return rows(gone, 'del') + rows(come, 'ins');
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((line, at) => line !== b[at]);
  return index === -1 ? Math.min(a.length, b.length) : index;
}

function rows(lines: readonly string[], tag: 'del' | 'ins'): string {
  const shown = lines.slice(0, LONGEST).map((line) => `<${tag}>${escaped(line)}\n</${tag}>`);
  return shown.join('') + (lines.length > LONGEST ? '<i>…\n</i>' : '');
}
