import type { Source } from '#program';
import { commentRules, unexplainedAllow, unknownAllow, unusedAllow } from './comment-rules.ts';
import type { Directive } from './comments.ts';
import { equivalentsOf } from './equivalents.ts';
import type { Edit, Finding, Fix, Range } from './finding.ts';
import type { LintOptions } from './lint.ts';
import type { Rule } from './rule.ts';
import { onOneLine } from './stretches.ts';
import type { Cover } from './suppress.ts';

/** What is wrong with allow comments of one file: rules that do not exist, nothing to hide, no reason. */
export function flawsOf(
  covers: readonly Cover[],
  used: ReadonlySet<Cover>,
  source: Source,
  options: LintOptions,
): readonly Finding[] {
  return [...new Set(covers.map(({ directive }) => directive))].flatMap((directive) => {
    const own = covers.filter((cover) => cover.directive === directive);
    return [
      ...unexplained(directive, source, options),
      ...own.flatMap((cover) => unknown(cover, source, options)),
      ...unused(directive, own, used, source, options),
    ];
  });
}

function unexplained(directive: Directive, source: Source, options: LintOptions) {
  if (directive.reason !== undefined) return [];
  const message = 'This comment allows something and gives no reason: write it after a colon.';
  return finding(unexplainedAllow, directive.range, message, source, options);
}

function unknown({ name, directive }: Cover, source: Source, options: LintOptions) {
  if (isRule(name, options)) return [];
  const ids = [...options.rules, ...commentRules].map(({ id }) => id);
  const [equivalent] = equivalentsOf(name, options.rules);
  const meant = equivalent?.id ?? options.nearestName?.(name, ids);
  const way = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  const range = nameIn(directive, name, source.text);
  return finding(unknownAllow, range, `There is no rule \`${name}\`.${way}`, source, options, () =>
    meant === undefined
      ? []
      : [fix('rename', 'Name the rule that exists', 'suggested', source, range, meant)],
  );
}

function unused(
  directive: Directive,
  own: readonly Cover[],
  used: ReadonlySet<Cover>,
  source: Source,
  options: LintOptions,
) {
  const idle = own.filter((cover) => !used.has(cover) && isActive(cover.name, source, options));
  if (idle.length === 0) return [];
  const named = `\`${idle.map(({ name }) => name).join('`, `')}\``;
  if (idle.length === own.length) {
    const message = `Nothing here is reported by ${named}, so this comment hides nothing.`;
    return finding(unusedAllow, directive.range, message, source, options, () => [
      // What hides nothing can go: all else is reported as before.
      fix('remove', 'Remove the comment', 'safe', source, wholeOf(source.text, directive.range)),
    ]);
  }
  return idle.flatMap(({ name }) => {
    const range = nameIn(directive, name, source.text);
    const message = `Nothing here is reported by \`${name}\`.`;
    return finding(unusedAllow, range, message, source, options, () => [
      fix('remove', 'Remove the name', 'safe', source, withSeparator(source.text, range)),
    ]);
  });
}

function isRule(name: string, { rules }: LintOptions): boolean {
  return rules.some(({ id }) => id === name) || commentRules.some(({ id }) => id === name);
}

function isActive(name: string, { file }: Source, options: LintOptions): boolean {
  const rule = options.rules.find(({ id }) => id === name);
  return rule !== undefined && options.setting(rule, file).severity !== 'off';
}

function finding(
  rule: Rule,
  range: Range,
  message: string,
  { file, text }: Source,
  options: LintOptions,
  fixes: () => readonly Fix[] = () => [],
): readonly Finding[] {
  const { severity } = options.setting(rule, file);
  if (severity === 'off') return [];
  return [
    {
      rule: rule.id,
      severity,
      certainty: 'proved',
      message,
      file,
      range: onOneLine(text, range),
      related: [],
      fixes,
    },
  ];
}

function fix(
  id: string,
  title: string,
  kind: Fix['kind'],
  { file }: Source,
  range: Range,
  text = '',
): Fix {
  const edit: Edit = { file, text, ...range };
  return { id, title, kind, edits: [edit] };
}

/** Where a comment names a rule: as a whole word first, for other names may hold this one. */
function nameIn({ range }: Directive, name: string, text: string): Range {
  const from = text.indexOf('allow', range.start) + 'allow'.length;
  const words = [...text.slice(from, range.end).matchAll(/[^\s,:*]+/g)];
  const word = words.find(([said]) => said === name);
  const start = word === undefined ? text.indexOf(name, from) : from + word.index;
  return { start, end: start + name.length };
}

/** A name in a list, with what parts it from the others. */
function withSeparator(text: string, { start, end }: Range): Range {
  const [after = ''] = /^[ \t]*,[ \t]*|^[ \t]+(?=[\w-])/.exec(text.slice(end)) ?? [];
  if (after !== '') return { start, end: end + after.length };
  const [before = ''] = /[ \t]*,?[ \t]*$/.exec(text.slice(0, start)) ?? [];
  return { start: start - before.length, end };
}

/** The comment with the line that it stands alone on, or with the blanks before it; in JSX with its braces. */
function wholeOf(text: string, { start, end }: Range): Range {
  const opening = /\{[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0];
  const closing = opening && /^[ \t]*\}/.exec(text.slice(end))?.[0];
  if (opening && closing) {
    return wholeOf(text, { start: start - opening.length, end: end + closing.length });
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  if (before.trim() !== '') return { start: lineStart + before.trimEnd().length, end };
  const next = text.indexOf('\n', end);
  if (text.slice(end, next === -1 ? undefined : next).trim() !== '') return { start, end };
  return { start: lineStart, end: next === -1 ? text.length : next + 1 };
}
