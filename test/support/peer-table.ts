/** Which rules of other linters ours replace, as a table; written from what rules say of themselves. */
import { canonicalName, type Rule } from '#engine';
import { REPORTS_MORE } from '../../server/adoption/partial.ts';

/** Plugins that oxlint has built in, by the names that it gives them. */
const OXLINT: Readonly<Record<string, string>> = {
  '@typescript-eslint': 'typescript/',
  unicorn: 'unicorn/',
  jest: 'jest/',
  vitest: 'vitest/',
};

/** Rules of ESLint itself that oxlint has too. */
const OXLINT_CORE = new Set(['no-async-promise-executor', 'no-await-in-loop', 'require-await']);

/** A line for each of our rules that replaces some. */
export function peerTable(rules: readonly Rule[]): string {
  const rows = rules.flatMap((rule) => {
    const names = [...new Set((rule.replaces ?? []).map(canonicalName))];
    if (names.length === 0) return [];
    const isBiome = (name: string) => name.startsWith('biome/');
    const cells = [
      names.filter((name) => !isBiome(name)).map((name) => marked(name)),
      names.flatMap((name) => oxlintName(name) ?? []),
      names.filter(isBiome).map((name) => marked(name, name.slice('biome/'.length))),
    ];
    const texts = cells.map((some) => some.join(', ') || '–');
    return [`| [\`${rule.id}\`](../rules/docs/${rule.id}.md) | ${texts.join(' | ')} |`];
  });
  return [
    '| asynclint | ESLint and plugins | oxlint | Biome |',
    '|---|---|---|---|',
    ...rows,
    '',
    'A star marks rules that report more than asynclint does in their place: they are worth keeping.',
    '',
  ].join('\n');
}

function marked(name: string, shown = name): string {
  return `\`${shown}\`${REPORTS_MORE[name] === undefined ? '' : ' \\*'}`;
}

function oxlintName(name: string): string | undefined {
  if (OXLINT_CORE.has(name)) return marked(name);
  const [plugin = '', rule] = name.split('/');
  const prefix = OXLINT[plugin];
  return prefix === undefined || rule === undefined ? undefined : marked(name, `${prefix}${rule}`);
}
