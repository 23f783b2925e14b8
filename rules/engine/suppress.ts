import { getTokenAtPosition } from '#ast';
import type { Source } from '#program';
import type { Finding } from './finding.ts';
import type { LintOptions } from './lint.ts';

/** The id under which allow comments that hide nothing are reported. */
export const UNUSED_ALLOW = 'unused-allow';

/** One `asynclint-allow` or `eslint-disable` comment, and the lines that it covers (0-based). */
interface Allow {
  readonly start: number;
  readonly end: number;
  readonly rules: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly ours: boolean;
  used: boolean;
}

/**
 * Drops the findings that comments allow, and reports allow comments that hide nothing.
 *
 * `// asynclint-allow rule: reason` covers its own line, or, alone on a line, the next line that is no comment;
 * `// asynclint-allow-file rule: reason` covers the file.
 */
export function suppress(
  source: Source,
  findings: readonly Finding[],
  options: LintOptions,
): readonly Finding[] {
  if (!source.mentions('asynclint-allow') && !source.mentions('eslint-disable')) return findings;
  const allows = allowsIn(source, options);
  const kept = findings.filter((finding) => {
    const { line } = source.root.getLineAndCharacterOfPosition(finding.range.start);
    const covering = allows.filter(
      (allow) => line >= allow.from && line <= allow.to && allow.rules.includes(finding.rule),
    );
    for (const allow of covering) allow.used = true;
    return covering.length === 0;
  });
  const active = new Set(
    options.rules
      .filter((rule) => options.setting(rule, source.file).severity !== 'off')
      .map((rule) => rule.id),
  );
  const known = new Set(options.rules.map((rule) => rule.id));
  const unused = allows.filter(
    (allow) =>
      allow.ours && !allow.used && allow.rules.every((id) => active.has(id) || !known.has(id)),
  );
  return [...kept, ...unused.map((allow) => unusedFinding(source, allow))];
}

function unusedFinding(source: Source, allow: Allow): Finding {
  const { file } = source;
  return {
    rule: UNUSED_ALLOW,
    severity: 'warning',
    certainty: 'proved',
    message: `Nothing here is reported by \`${allow.rules.join('`, `')}\`, so this comment hides nothing.`,
    file,
    range: { start: allow.start, end: allow.end },
    related: [],
    fixes: () => [
      {
        id: 'remove',
        title: 'Remove the comment',
        kind: 'safe',
        edits: [{ file, text: '', ...stretchOf(source.text, allow) }],
      },
    ],
  };
}

/** The comment with the line it stands alone on, or with the blanks before it. */
function stretchOf(text: string, { start, end }: Allow): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const alone = text.slice(lineStart, start).trim() === '';
  if (!alone) return { start: lineStart + text.slice(lineStart, start).trimEnd().length, end };
  const next = text.indexOf('\n', end);
  return { start: lineStart, end: next === -1 ? text.length : next + 1 };
}

const COMMENT =
  /(?:\/\/|\/\*)[ \t*]*(asynclint-allow-file|asynclint-allow|eslint-disable-next-line|eslint-disable-line|eslint-disable)(?![\w-])([^\n\r]*)/g;

function allowsIn(source: Source, options: LintOptions): Allow[] {
  const allows: Allow[] = [];
  for (const match of source.text.matchAll(COMMENT)) {
    if (getTokenAtPosition(source.root, match.index).getStart() <= match.index) continue;
    const allow = allowOf(source, options, match.index, match[0], match[1] ?? '', match[2] ?? '');
    if (allow !== undefined) allows.push(allow);
  }
  return allows;
}

function allowOf(
  source: Source,
  options: LintOptions,
  start: number,
  comment: string,
  directive: string,
  rest: string,
): Allow | undefined {
  const end = start + comment.replace(/\*\/.*$/, '*/').trimEnd().length;
  const { line } = source.root.getLineAndCharacterOfPosition(start);
  const body = rest.replace(/\*\/.*$/, '').trim();
  const last = source.root.getLineStarts().length;
  if (directive === 'asynclint-allow' || directive === 'asynclint-allow-file') {
    const rules =
      body
        .split(/:|\s--/, 1)[0]
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? [];
    if (rules.length === 0) return undefined;
    const lines = directive.endsWith('file') ? { from: 0, to: last } : linesOf(source, start, line);
    return { start, end, rules, ...lines, ours: true, used: false };
  }
  const rules = equivalents(body.split(/\s--/, 1)[0] ?? '', options);
  if (directive === 'eslint-disable-next-line') {
    return { start, end, rules, from: line + 1, to: line + 1, ours: false, used: false };
  }
  const to = directive === 'eslint-disable-line' ? line : (enabledAgain(source, start) ?? last);
  return { start, end, rules, from: line, to, ours: false, used: false };
}

/** A comment after code covers its own line; one alone on its line covers the next line of code. */
function linesOf(source: Source, start: number, line: number): { from: number; to: number } {
  const lines = source.root.getLineStarts();
  const textOf = (index: number) => source.text.slice(lines[index], lines[index + 1]).trim();
  if (source.text.slice(lines[line], start).trim() !== '') return { from: line, to: line };
  let next = line + 1;
  while (next < lines.length && /^(\/\/|\/\*|\*|$)/.test(textOf(next))) next++;
  return { from: next, to: next };
}

function enabledAgain(source: Source, start: number): number | undefined {
  const at = source.text.indexOf('eslint-enable', start);
  return at === -1 ? undefined : source.root.getLineAndCharacterOfPosition(at).line;
}

/** Our rules that report what the named rules of other linters report; all of them when none is named. */
function equivalents(names: string, options: LintOptions): readonly string[] {
  const named = names.split(/[\s,]+/).filter(Boolean);
  const ours = options.rules.filter((rule) => rule.replaces !== undefined);
  if (named.length === 0) return ours.map((rule) => rule.id);
  return ours
    .filter((rule) => rule.replaces?.some((name) => named.includes(name)))
    .map((rule) => rule.id);
}
