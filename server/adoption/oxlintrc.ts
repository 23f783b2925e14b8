import { blockFiles, patternsFrom } from './patterns.ts';
import {
  type PeerBlock,
  type PeerConfig,
  type PeerRule,
  peerRule,
  peerRules,
  stringsOf,
} from './peer-config.ts';
import { OXLINT_CATEGORIES } from './presets.ts';

/** What an `.oxlintrc.json` says, with the configs that it extends. */
export function oxlintConfig(
  content: unknown,
  readBase: (name: string) => unknown,
  seen: readonly string[] = [],
): PeerConfig {
  const { categories, rules, overrides, ignorePatterns, extends: bases } = { ...Object(content) };
  const unread: string[] = [];
  const patterns = (value: unknown) =>
    patternsFrom(stringsOf(value), { anyDepth: true }, (glob) => {
      unread.push(`The pattern \`${glob}\` has no counterpart in a .gitignore.`);
    });
  const below = stringsOf(bases ?? [])
    .filter((base) => !seen.includes(base))
    .map((base) => ({ base, content: readBase(base) }));
  for (const { base, content: found } of below) {
    if (found === undefined) unread.push(`\`${base}\`, which it extends, was not read.`);
  }
  const read = below.map((one) => oxlintConfig(one.content, readBase, [...seen, one.base]));
  const standard = { files: [], rules: seen.length === 0 ? categoryRules(categories) : [] };
  const own: PeerBlock[] = [
    { files: [], rules: peerRules(rules) },
    ...(Array.isArray(overrides) ? overrides : []).map((override: unknown) => {
      const { files, rules: some } = { ...Object(override) };
      return { files: blockFiles(patterns(files)), rules: peerRules(some) };
    }),
  ];
  return {
    blocks: [standard, ...read.flatMap(({ blocks }) => blocks), ...own].filter(
      (one) => one.rules.length > 0,
    ),
    ignore: [...patterns(ignorePatterns ?? []), ...read.flatMap(({ ignore }) => ignore)],
    unread: [...unread, ...read.flatMap((one) => one.unread)],
  };
}

/** Correctness is on unless a config says otherwise. */
function categoryRules(categories: unknown): readonly PeerRule[] {
  const chosen = { correctness: 'warn', ...Object(categories) };
  return Object.entries(OXLINT_CATEGORIES).flatMap(([category, names]) => {
    const level = peerRule(category, chosen[category])?.level ?? 'off';
    if (level === 'off') return [];
    return names.flatMap((name) => peerRule(name, 'on', true) ?? []);
  });
}
