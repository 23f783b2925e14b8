/** Where reports point, in offsets. */
import type { Range, Related } from './finding.ts';
import type { Hindrance, Place } from './rule.ts';
import { withoutLines } from './wording.ts';

/** Another place, as a finding tells it. */
export function relatedTo({ node, message }: Hindrance): Related {
  const { fileName, text } = node.getSourceFile();
  return { message: withoutLines(message), file: fileName, range: onOneLine(text, rangeOf(node)) };
}

/** The stretch that a report points at. */
export function rangeOf(place: Place): Range {
  if ('from' in place) return { start: place.from.getStart(), end: place.to.end };
  return { start: place.getStart(), end: place.end };
}

/** Cuts a range at the end of its first line: large red blocks are ugly, and say no more. */
export function onOneLine(text: string, { start, end }: Range): Range {
  const [line = ''] = text.slice(start, end).split(/[\r\n]/, 1);
  if (start + line.length === end) return { start, end };
  return { start, end: start + line.trimEnd().length };
}
