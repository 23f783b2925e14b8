/** Docs pages, tables and editor settings, written from what rules say of themselves. */
import type { Rule } from '#engine';
import { stripMarks } from './marks.ts';
import { type Pattern, patternLinks } from './patterns.ts';

const LETTER = { error: 'error', warning: 'warning', information: 'information' } as const;

/** One line a rule, grouped by family in the order in which they are first met. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const rows = [...rules].sort(
    (a, b) => a.family.localeCompare(b.family) || a.id.localeCompare(b.id),
  );
  return [
    '| rule | family | reports | severity | preset |',
    '|---|---|---|---|---|',
    ...rows.map(({ id, family, summary, severity, preset }) => {
      return `| [\`${id}\`](${folder}${id}.md) | ${family} | ${summary} | ${LETTER[severity]} | ${preset} |`;
    }),
    '',
  ].join('\n');
}

/** A fixture, and the same with the first fix of everything that is reported. */
export interface Shown {
  readonly text: string;
  readonly fixed: string;
}

/** The page of one rule: why, what, how, options, examples. */
export function docsPage(
  rule: Rule,
  code: string,
  fixtures: readonly Shown[],
  patterns: readonly Pattern[],
): string {
  return [
    `# ${rule.id}`,
    '',
    rule.summary,
    '',
    `Family: ${rule.family} · severity: ${rule.severity} · preset: ${rule.preset}`,
    '',
    '## Why',
    '',
    whyOf(code),
    '',
    '## What to do',
    '',
    rule.advice,
    ...readMore(rule, patterns),
    ...optionsOf(rule),
    '',
    '## Examples',
    '',
    ...fixtures.flatMap(({ text, fixed }, index) => examplesOf(text, index === 0 ? fixed : '')),
    '## Leave it out, or allow it once',
    '',
    '```jsonc',
    `{ "rules": { "${rule.id}": "off" } }`,
    '```',
    '',
    '```ts',
    `// asynclint-allow ${rule.id}: the reason`,
    '```',
    ...replacesOf(rule),
    '',
  ].join('\n');
}

/** The comment right above the rule: its reason. */
function whyOf(code: string): string {
  const comment =
    /\/\*\*([^*]*(?:\*(?!\/)[^*]*)*)\*\/\s*export default defineRule/.exec(code)?.[1] ?? '';
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
}

function readMore({ id }: Rule, patterns: readonly Pattern[]): readonly string[] {
  const links = patternLinks(id, patterns);
  return links.length === 0 ? [] : ['', `Read more: ${links.join(' · ')}`];
}

function optionsOf({ id, severity, options }: Rule): readonly string[] {
  const rows = Object.entries(options).map(([name, option]) => {
    const values =
      option.values?.map((value) => `\`${value}\``).join(', ') ??
      (typeof option.default === 'object' ? 'names' : typeof option.default);
    const strict =
      option.strict === undefined
        ? ''
        : `, \`${JSON.stringify(option.strict)}\` from \`strict\` on`;
    const standard = `\`${JSON.stringify(option.default)}\`${strict}`;
    return `| \`${name}\` | ${option.description} | ${values} | ${standard} |`;
  });
  if (rows.length === 0) return [];
  return [
    '',
    '## Options',
    '',
    '| name | what it does | values | default |',
    '|---|---|---|---|',
    ...rows,
    '',
    '```jsonc',
    `{ "rules": { "${id}": ["${severity}", ${exampleOf(options)}] } }`,
    '```',
  ];
}

/** The first option, set to something else than it is without. */
function exampleOf(options: Rule['options']): string {
  const [first] = Object.entries(options);
  if (first === undefined) return '{}';
  const [name, option] = first;
  const other =
    typeof option.default === 'boolean'
      ? !option.default
      : (option.values?.find((value) => value !== option.default) ?? ['name']);
  return `{ "${name}": ${JSON.stringify(other)} }`;
}

function replacesOf({ replaces = [], honours = [] }: Rule): readonly string[] {
  const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const same = `Reports what ${listed(replaces)} report${replaces.length === 1 ? 's' : ''}; their disable comments are honoured.`;
  const some = `${replaces.length > 0 ? 'So are those of' : 'Honours the disable comments of'} ${listed(honours)}, where it reports the same.`;
  const sentences = [...(replaces.length > 0 ? [same] : []), ...(honours.length > 0 ? [some] : [])];
  return sentences.length === 0 ? [] : ['', '## Elsewhere', '', sentences.join(' ')];
}

/**
 * The examples of a fixture: `// # Title` becomes a heading, told apart by whether anything is reported. The first that
 * has a fix is shown fixed as well: that is what a reader came for.
 */
function examplesOf(fixture: string, fixed: string): readonly string[] {
  const after = new Map(sectionsOf(fixed).map(({ title, code }) => [title, code]));
  const sections = sectionsOf(fixture).map(({ title, code }) => {
    const plain = stripMarks(code);
    const mended = after.get(title);
    const isMended = mended !== undefined && mended !== plain;
    return { title, code, isReported: plain !== code, mended: isMended ? mended : undefined };
  });
  const first = sections.find(({ mended }) => mended !== undefined);
  return sections.flatMap((section) => {
    const { title, code, isReported, mended } = section;
    const heading = `### ${isReported ? '✗' : '✓'} ${title}`;
    const shown = section === first && mended !== undefined ? ['Fixed:', '', ...block(mended)] : [];
    return [heading, '', ...block(code), ...shown];
  });
}

function sectionsOf(fixture: string): readonly { readonly title: string; readonly code: string }[] {
  const [, ...sections] = fixture.split(/^\/\/ # /m);
  return sections.map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title, code: lines.join('\n').trim() };
  });
}

function block(code: string): readonly string[] {
  return ['```ts', code, '```', ''];
}

/** package.json with one setting a rule, so that the editor completes and explains them. */
export function editorSettings(text: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(text);
  const properties = manifest.contributes?.configuration?.properties;
  if (properties === undefined) return text;
  properties['asynclint.rules'] = {
    type: 'object',
    scope: 'resource',
    markdownDescription:
      'Severity of single rules; everything else belongs into `asynclint.jsonc`.',
    additionalProperties: false,
    default: {},
    properties: Object.fromEntries(
      rules.map(({ id, summary, severity }) => [
        id,
        {
          enum: ['error', 'warning', 'information', 'off'],
          default: severity,
          description: summary,
        },
      ]),
    ),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
