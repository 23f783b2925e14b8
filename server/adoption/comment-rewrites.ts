/** Comments of other linters as comments of ours, where they hide what we would report. */
import {
  type Cover,
  canonicalName,
  coversIn,
  type Directive,
  type Edit,
  type Finding,
  hides,
  type Rule,
} from '#engine';
import type { Source } from '#program';
import { REPORTS_MORE } from './partial.ts';

/** What becomes of the comments of one file. */
export interface Rewrites {
  readonly edits: readonly Edit[];
  /** How many comments were rewritten, wholly or in part. */
  readonly count: number;
  /** How many of equivalent rules stay: nothing is reported there, or their form has no counterpart. */
  readonly kept: number;
}

/**
 * Rewrites the names in comments under which something of ours is hidden. `findings` are those of the file with no comment
 * of another linter honoured.
 */
export function commentRewrites(
  source: Source,
  findings: readonly Finding[],
  rules: readonly Rule[],
): Rewrites {
  const covers = coversIn(source, rules).filter(
    ({ directive }) => directive.linter !== 'asynclint',
  );
  const edits: Edit[] = [];
  let count = 0;
  let kept = 0;
  for (const directive of new Set(covers.map((cover) => cover.directive))) {
    const own = covers.filter((cover) => cover.directive === directive);
    const taken = own.filter((cover) => canGo(cover, source, findings));
    if (taken.length > 0) {
      edits.push(...rewritten(directive, own, taken, source, findings));
      count++;
    } else if (own.some(({ name, rules: some }) => name !== '' && some.length > 0)) kept++;
  }
  return { edits, count, kept };
}

/** Whether a comment of ours can stand for a name: it hides something, in a form that we have, and nothing is lost. */
function canGo(cover: Cover, { text }: Source, findings: readonly Finding[]): boolean {
  const { name, directive, range, rules } = cover;
  if (name === '' || REPORTS_MORE[canonicalName(name)] !== undefined) return false;
  if (!findings.some((one) => hides(cover, one))) return false;
  if (directive.extent === 'next') return isAlone(directive, text);
  if (directive.extent !== 'begin') return true;
  const isOpenEnded = range.end > text.length;
  return (
    isOpenEnded &&
    !findings.some(({ rule, range: { start } }) => {
      return rules.includes(rule) && start < range.start;
    })
  );
}

function rewritten(
  directive: Directive,
  own: readonly Cover[],
  taken: readonly Cover[],
  source: Source,
  findings: readonly Finding[],
): readonly Edit[] {
  const { file, text } = source;
  const { range, reason, extent } = directive;
  const hidden = findings.filter((one) => taken.some((cover) => hides(cover, one)));
  const ids = [...new Set(hidden.map(({ rule }) => rule))].sort().join(', ');
  const word = extent === 'file' || extent === 'begin' ? 'asynclint-allow-file' : 'asynclint-allow';
  const allow = `${word} ${ids}${reason === undefined ? '' : `: ${reason}`}`;
  const isBlock = text.startsWith('/*', range.start);
  const left = own.filter((cover) => !taken.includes(cover)).map(({ name }) => name);
  if (left.length === 0) {
    return [{ file, ...range, text: isBlock ? `/* ${allow} */` : `// ${allow}` }];
  }
  const between = directive.linter === 'biome' ? ' ' : ', ';
  const names = { file, ...namesOf(own, text, range.start), text: left.join(between) };
  if (!isAlone(directive, text)) {
    return [{ file, start: range.start, end: range.start, text: `/* ${allow} */ ` }, names];
  }
  const { start, indent, inBraces } = lineOf(directive, text);
  const comment = inBraces ? `{/* ${allow} */}` : isBlock ? `/* ${allow} */` : `// ${allow}`;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ file, start, end: start, text: `${comment}${end}${indent}` }, names];
}

/** The stretch of a comment that lists names. */
function namesOf(covers: readonly Cover[], text: string, from: number) {
  let end = text.slice(from).search(/(disable|ignore)[\w-]*/) + from;
  let start: number | undefined;
  for (const { name } of covers) {
    const at = text.indexOf(name, end);
    start ??= at;
    end = at + name.length;
  }
  return { start: start ?? end, end };
}

/** Whether a comment has its line to itself, in JSX with its braces. */
function isAlone(directive: Directive, text: string): boolean {
  const { start, inBraces } = lineOf(directive, text);
  const [after = ''] = /^[^\r\n]*/.exec(text.slice(directive.range.end)) ?? [];
  const before = text.slice(start, directive.range.start);
  return (inBraces ? /^\s*\}\s*$/ : /^\s*$/).test(after) && /^\{?\s*$/.test(before);
}

function lineOf({ range }: Directive, text: string) {
  const from = text.lastIndexOf('\n', range.start - 1) + 1;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(from)) ?? [];
  const start = from + indent.length;
  return { start, indent, inBraces: text[start] === '{' };
}
