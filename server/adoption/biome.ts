import { blockFiles, patternsFrom } from './patterns.ts';
import {
  type PeerBlock,
  type PeerConfig,
  type PeerRule,
  peerRule,
  stringsOf,
} from './peer-config.ts';
import { BIOME_RECOMMENDED } from './presets.ts';

/** What a `biome.json` says, with the configs that it extends. */
export function biomeConfig(
  content: unknown,
  readBase: (name: string) => unknown,
  seen: readonly string[] = [],
): PeerConfig {
  const { linter, overrides, files, extends: bases } = { ...Object(content) };
  const unread: string[] = [];
  const patterns = (value: unknown) =>
    patternsFrom(stringsOf(value), { anyDepth: true }, (glob) => {
      unread.push(`The pattern \`${glob}\` has no counterpart in a .gitignore.`);
    });
  const below = stringsOf(bases ?? [])
    .filter((base) => base.startsWith('.') && !seen.includes(base))
    .map((base) => ({ base, content: readBase(base) }));
  for (const { base, content: found } of below) {
    if (found === undefined) unread.push(`\`${base}\`, which it extends, was not read.`);
  }
  const read = below.map((one) => biomeConfig(one.content, readBase, [...seen, one.base]));
  const isOff = Object(linter).enabled === false;
  const recommended = Object(Object(linter).rules).recommended !== false && seen.length === 0;
  const standard = { files: [], rules: recommended && !isOff ? implied() : [] };
  const own: PeerBlock[] = [
    { files: [], rules: isOff ? [] : groupRules(Object(linter).rules) },
    ...(Array.isArray(overrides) ? overrides : []).map((override: unknown) => {
      const { includes, include, linter: some } = { ...Object(override) };
      const named = patterns(includes ?? include ?? []);
      return { files: blockFiles(named), rules: groupRules(Object(some).rules) };
    }),
  ];
  return {
    blocks: [standard, ...read.flatMap(({ blocks }) => blocks), ...own].filter(
      (one) => one.rules.length > 0,
    ),
    ignore: [
      ...ignored(files, patterns),
      ...ignored(linter, patterns),
      ...read.flatMap((one) => one.ignore),
    ],
    unread: [...unread, ...read.flatMap((one) => one.unread)],
  };
}

/** Version 1 lists what is ignored; later ones take it away, with a mark, from what they include. */
function ignored(
  files: unknown,
  patterns: (value: unknown) => readonly string[],
): readonly string[] {
  const { ignore, includes } = { ...Object(files) };
  const taken = stringsOf(includes ?? [])
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => pattern.replace(/^!+/, ''));
  return [...patterns(ignore ?? []), ...patterns(taken)];
}

function implied(): readonly PeerRule[] {
  return BIOME_RECOMMENDED.flatMap((name) => peerRule(name, 'on', true) ?? []);
}

/** Rules stand in groups; their names say enough, as a rule may change its group. */
function groupRules(groups: unknown): readonly PeerRule[] {
  return Object.values({ ...Object(groups) }).flatMap((group) =>
    typeof group !== 'object'
      ? []
      : Object.entries({ ...Object(group) }).flatMap(
          ([name, setting]) => peerRule(`biome/${name}`, setting) ?? [],
        ),
  );
}
