/** Rules of other linters, by the many names that they go by. */
import type { Rule } from './rule.ts';

/** Prefixes that mean the same plugin, in ESLint, in oxlint and in shared configs. */
const PLUGINS: Readonly<Record<string, string>> = {
  'typescript-eslint': '@typescript-eslint',
  typescript: '@typescript-eslint',
  ts: '@typescript-eslint',
  node: 'n',
};

/**
 * One name for a rule that goes by several: `typescript/x` and `@typescript-eslint/x` are one, and so are `eslint/x` and
 * `x`; Biome's `lint/<group>/x` is `biome/x`, as rules move from group to group.
 */
export function canonicalName(name: string): string {
  const [plugin = '', ...rest] = name.split('/').filter((part) => part !== '');
  const last = rest.at(-1);
  if (last === undefined || (plugin === 'eslint' && rest.length === 1)) return last ?? name;
  if (plugin === 'lint') return `biome/${last}`;
  if (name.startsWith('@')) return name;
  return [PLUGINS[plugin] ?? plugin, ...rest].join('/');
}

/** Rules of ours that a disable comment of a rule of another linter speaks to. */
export function hushedBy(name: string, rules: readonly Rule[]): readonly Rule[] {
  const wanted = canonicalName(name);
  return rules.filter(({ replaces = [], honours = [] }) =>
    [...replaces, ...honours].some((one) => canonicalName(one) === wanted),
  );
}

/** Rules of ours that report what a rule of another linter reports. */
export function equivalentsOf(name: string, rules: readonly Rule[]): readonly Rule[] {
  const wanted = canonicalName(name);
  return rules.filter(({ replaces = [] }) => replaces.some((one) => canonicalName(one) === wanted));
}
