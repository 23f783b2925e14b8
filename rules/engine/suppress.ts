import type { Source } from '#program';
import { flawsOf } from './comment-flaws.ts';
import { type Directive, directivesIn, type Linter } from './comments.ts';
import { hushedBy } from './equivalents.ts';
import type { Finding, Range } from './finding.ts';
import type { LintOptions } from './lint.ts';
import type { Rule } from './rule.ts';

/** One rule that a comment names, or all of another linter's, and the stretch of text in which it hides findings. */
export interface Cover {
  readonly directive: Directive;
  /** As it is written; empty where a comment of another linter names none. */
  readonly name: string;
  /** Our rules that are meant. */
  readonly rules: readonly string[];
  readonly range: Range;
}

/**
 * Drops the findings that comments allow, and reports allow comments that hide nothing, name no rule or give no reason.
 *
 * `// asynclint-allow rule: reason` covers its own line, or, alone on a line, the next line that is no comment;
 * `// asynclint-allow-file rule: reason` covers the file. Comments of other linters cover what they do there.
 */
export function suppress(
  source: Source,
  findings: readonly Finding[],
  options: LintOptions,
): readonly Finding[] {
  const all = coversIn(source, options.rules);
  const covers = options.foreignComments === false ? all.filter(isOurs) : all;
  if (covers.length === 0) return findings;
  const used = new Set<Cover>();
  const kept = findings.filter((finding) => {
    const covering = covers.filter((cover) => hides(cover, finding));
    for (const cover of covering) used.add(cover);
    const [first] = covering;
    if (first !== undefined) options.allowed?.(finding, first.directive.reason);
    return first === undefined;
  });
  const told = flawsOf(covers.filter(isOurs), used, source, options).filter(
    (flaw) => !covers.some((cover) => hides(cover, flaw)),
  );
  return told.length === 0 ? kept : [...kept, ...told].sort(byStart);
}

/** Whether a comment hides a finding. */
export function hides({ rules, range }: Cover, finding: Finding): boolean {
  const { start } = finding.range;
  return start >= range.start && start < range.end && rules.includes(finding.rule);
}

/** What comments of a file cover, a cover for each name. */
export function coversIn(source: Source, rules: readonly Rule[]): readonly Cover[] {
  const directives = directivesIn(source);
  return directives
    .filter(({ extent }) => extent !== 'end')
    .flatMap((directive) => {
      const names = directive.names.length === 0 ? [''] : directive.names;
      return names.map((name) => ({
        directive,
        name,
        rules: meant(name, directive.linter, rules),
        range: rangeOf(directive, name, directives, source),
      }));
    });
}

function meant(name: string, linter: Linter, rules: readonly Rule[]): readonly string[] {
  if (linter === 'asynclint') return [name];
  if (name === '') return rules.filter((rule) => isKnownTo(linter, rule)).map(({ id }) => id);
  return hushedBy(name, rules).map(({ id }) => id);
}

function isKnownTo(linter: Linter, { replaces = [] }: Rule): boolean {
  return replaces.some((name) => name.startsWith('biome/') === (linter === 'biome'));
}

function rangeOf(
  { extent, linter, range }: Directive,
  name: string,
  directives: readonly Directive[],
  source: Source,
): Range {
  const { text } = source;
  if (extent === 'file') return { start: 0, end: text.length + 1 };
  if (extent === 'line') return lineAt(text, range.start);
  if (extent === 'next') {
    const isLiteral = linter === 'eslint' || linter === 'oxlint';
    return lineAt(text, isLiteral ? endOfLine(text, range.end) + 1 : codeBelow(text, range));
  }
  const end = directives.find((other) => {
    if (other.extent !== 'end' || other.linter !== linter) return false;
    return (
      other.range.start > range.end && (other.names.length === 0 || other.names.includes(name))
    );
  });
  return { start: range.start, end: end?.range.start ?? text.length + 1 };
}

/** White space, comments and comments in JSX, with their braces. */
const NO_CODE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\{\s*\/\*[\s\S]*?\*\/\s*\})*/y;

/** Where the code below a comment stands. */
function codeBelow(text: string, { start, end }: Range): number {
  const inBraces = /\{\s*$/.test(text.slice(Math.max(0, start - 80), start));
  const [closing = ''] = (inBraces && /^\s*\}/.exec(text.slice(end, end + 80))) || [];
  NO_CODE.lastIndex = end + closing.length;
  NO_CODE.exec(text);
  return NO_CODE.lastIndex;
}

function lineAt(text: string, offset: number): Range {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return { start, end: endOfLine(text, offset) + 1 };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function isOurs({ directive }: Cover): boolean {
  return directive.linter === 'asynclint';
}

function byStart(a: Finding, b: Finding): number {
  return a.range.start - b.range.start;
}
