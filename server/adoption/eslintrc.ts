import { blockFiles, patternsFrom } from './patterns.ts';
import { type PeerBlock, type PeerConfig, peerRules, stringsOf } from './peer-config.ts';
import { namedPreset } from './presets.ts';
import { Opaque, SPREAD } from './static-value.ts';

/** Reads another config that one extends, by its relative name. */
export type ReadBase = (name: string) => unknown;

/** What an `.eslintrc` says, with all that it extends as far as that is known. */
export function eslintrcConfig(content: unknown, name: string, readBase: ReadBase): PeerConfig {
  const blocks: PeerBlock[] = [];
  const unread: string[] = [];
  const patterns = (value: unknown) =>
    patternsFrom(stringsOf(value), { anyDepth: true }, (glob) => {
      unread.push(`The pattern \`${glob}\` has no counterpart in a .gitignore.`);
    });
  const ignore: string[] = [];
  const take = (value: unknown, files: readonly string[], seen: readonly string[]): void => {
    const entry = { ...Object(value) };
    const spreads = [...(entry[SPREAD] ?? []), ...(Object(entry.rules)[SPREAD] ?? [])];
    for (const one of [value, ...spreads]) {
      if (one instanceof Opaque) unread.push(`\`${one.text}\` (${name}:${one.line}) was not read.`);
    }
    for (const base of stringsOf(entry.extends ?? [])) {
      const known = namedPreset(base);
      if (base.startsWith('.') && !seen.includes(base)) {
        const content = readBase(base);
        if (content === undefined) unread.push(`\`${base}\`, which ${name} extends, was not read.`);
        else take(content, files, [...seen, base]);
      } else if (known === undefined) unread.push(`Nobody knows what \`${base}\` turns on.`);
      else blocks.push({ files, rules: known });
    }
    blocks.push({ files, rules: peerRules(entry.rules) });
    ignore.push(...patterns(entry.ignorePatterns ?? []));
    for (const override of Array.isArray(entry.overrides) ? entry.overrides : []) {
      const { files: own, excludedFiles, ...rest } = { ...Object(override) };
      const excluded = patterns(excludedFiles ?? []).map((pattern) => `!${pattern}`);
      take(rest, blockFiles(patterns(own), excluded), seen);
    }
  };
  take(content, [], []);
  return { blocks: blocks.filter(({ rules }) => rules.length > 0), ignore, unread };
}
