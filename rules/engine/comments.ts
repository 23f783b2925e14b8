/** Comments that speak to linters: ours, and those of others whose rules we know. */
import {
  getLeadingCommentRanges,
  getTokenAtPosition,
  getTrailingCommentRanges,
  isJSDoc,
} from '#ast';
import type { Source } from '#program';
import type { Range } from './finding.ts';

/** Whom a comment speaks to. */
export type Linter = 'asynclint' | 'eslint' | 'oxlint' | 'biome';

/**
 * What a comment covers: its own line, the line below, the file, or all from it (`begin`) up to its counterpart (`end`).
 */
export type Extent = 'line' | 'next' | 'file' | 'begin' | 'end';

/** One comment that turns rules off, or on again. */
export interface Directive {
  readonly linter: Linter;
  readonly extent: Extent;
  /** The whole comment. */
  readonly range: Range;
  /** Names of rules as they are written; of another linter's comment none for all of its rules. */
  readonly names: readonly string[];
  readonly reason: string | undefined;
}

const WORDS = ['asynclint-allow', 'eslint-disable', 'oxlint-disable', 'biome-ignore'];

const START =
  /(?:\/\/|\/\*)[\s*]*(?:(asynclint)-allow(-file)?|(eslint|oxlint)-(disable-next-line|disable-line|disable|enable)|(biome)-ignore(-all|-start|-end)?)(?![\w-])/g;

/** All of them in a file, in order; what looks like one inside a string or another comment is text. */
export function directivesIn(source: Source): readonly Directive[] {
  if (!WORDS.some((word) => source.mentions(word))) return [];
  return [...source.text.matchAll(START)].flatMap((match) => directiveOf(source, match) ?? []);
}

function directiveOf(source: Source, match: RegExpExecArray): Directive | undefined {
  const [head, ours, file, theirs, what = '', biome, where] = match;
  const range = commentAt(source, match.index);
  if (range === undefined) return undefined;
  const closing = head.startsWith('/*') ? 2 : 0;
  const body = source.text
    .slice(match.index + head.length, range.end - closing)
    .replace(/\s*\n[\s*]*/g, ' ')
    .trim();
  if (ours) {
    const said = namesAndReason(body, /:|\s--/);
    const extent = file === undefined ? ownExtent(source, range) : 'file';
    return said.names.length === 0 ? undefined : { linter: 'asynclint', extent, range, ...said };
  }
  if (biome) {
    const extent = where === undefined ? ownExtent(source, range) : BIOME[where];
    // Biome lets one name a part of a rule's findings in parentheses.
    const said = namesAndReason(body.replace(/\([^)]*\)/g, ''), /:/);
    const names = said.names.filter((name) => /^lint\b/.test(name));
    if (extent === undefined || names.length === 0) return undefined;
    return { linter: 'biome', extent, range, ...said, names: names.includes('lint') ? [] : names };
  }
  const extent = DISABLE[what];
  if (extent === undefined) return undefined;
  const linter = theirs === 'oxlint' ? 'oxlint' : 'eslint';
  return { linter, extent, range, ...namesAndReason(body, /(?:^|\s)--/) };
}

const BIOME: Readonly<Record<string, Extent>> = {
  '-all': 'file',
  '-start': 'begin',
  '-end': 'end',
};

const DISABLE: Readonly<Record<string, Extent>> = {
  'disable-next-line': 'next',
  'disable-line': 'line',
  disable: 'begin',
  enable: 'end',
};

function namesAndReason(body: string, before: RegExp): Pick<Directive, 'names' | 'reason'> {
  const at = before.exec(body);
  const listed = at === null ? body : body.slice(0, at.index);
  const rest = at === null ? '' : body.slice(at.index).replace(/^\s*(?::|-+)\s*/, '');
  const names = listed.split(/[\s,]+/);
  return { names: names.filter(Boolean), reason: rest.trim() || undefined };
}

/** The comment that starts at an offset, if one does. */
function commentAt({ root, text }: Source, start: number): Range | undefined {
  let token = getTokenAtPosition(root, start);
  // A comment for documentation is a node, and a part of what it speaks of.
  while (isJSDoc(token) || isJSDoc(token.parent)) token = token.parent;
  if (token.getStart() <= start) return undefined;
  const ranges = [
    ...(getTrailingCommentRanges(text, token.pos) ?? []),
    ...(getLeadingCommentRanges(text, token.pos) ?? []),
  ];
  const comment = ranges.find(({ pos }) => pos === start);
  return comment && { start, end: comment.end };
}

/** A comment that stands alone on its line, in JSX with its braces, speaks of the code below. */
function ownExtent({ text }: Source, { start, end }: Range): Extent {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const [after = ''] = /^[^\n]*/.exec(text.slice(end)) ?? [];
  const isAlone = /^\s*\{?\s*$/.test(before) && /^\s*\}?\s*(\/[/*].*)?$/.test(after);
  return isAlone ? 'next' : 'line';
}
