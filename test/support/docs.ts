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

/** The page of one rule: why, what, how, options, examples. */
export function docsPage(
  rule: Rule,
  code: string,
  fixtures: readonly string[],
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
    ...fixtures.flatMap(examplesOf),
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

function optionsOf({ options }: Rule): readonly string[] {
  const rows = Object.entries(options).map(([name, option]) => {
    const values =
      option.values?.map((value) => `\`${value}\``).join(', ') ??
      (typeof option.default === 'object' ? 'names' : typeof option.default);
    return `| \`${name}\` | ${option.description} | ${values} | \`${JSON.stringify(option.default)}\` |`;
  });
  if (rows.length === 0) return [];
  return [
    '',
    '## Options',
    '',
    '| name | what it does | values | default |',
    '|---|---|---|---|',
    ...rows,
  ];
}

function replacesOf({ replaces }: Rule): readonly string[] {
  if (replaces === undefined || replaces.length === 0) return [];
  const names = replaces.map((name) => `\`${name}\``).join(', ');
  return [
    '',
    '## Elsewhere',
    '',
    `Reports what ${names} report${replaces.length === 1 ? 's' : ''}; their disable comments are honoured.`,
  ];
}

/** The examples of a fixture: \`// # Title\` becomes a heading, told apart by whether anything is reported. */
function examplesOf(fixture: string): readonly string[] {
  const [, ...sections] = fixture.split(/^\/\/ # /m);
  return sections.flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const code = lines.join('\n').trim();
    const reported = stripMarks(code) !== code;
    return [`### ${reported ? '✗' : '✓'} ${title}`, '', '```ts', code, '```', ''];
  });
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
