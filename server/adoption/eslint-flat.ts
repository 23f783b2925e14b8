import { blockFiles, patternsFrom } from './patterns.ts';
import {
  type PeerBlock,
  type PeerConfig,
  type PeerRule,
  peerRules,
  stringsOf,
} from './peer-config.ts';
import { namedPreset, presetRules } from './presets.ts';
import { Opaque, SPREAD } from './static-value.ts';

/** What a flat config says; of what cannot be read, where it stands. */
export function flatConfig(exported: unknown, name: string): PeerConfig {
  const reading = new FlatReading(name);
  if (exported === undefined)
    return { blocks: [], ignore: [], unread: [`${name} exports nothing.`] };
  reading.take(exported, []);
  return reading;
}

class FlatReading implements PeerConfig {
  readonly blocks: PeerBlock[] = [];
  readonly ignore: string[] = [];
  readonly unread: string[] = [];
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Takes an entry, or a list of entries, for files that an outer entry names. */
  take(entry: unknown, files: readonly string[]): void {
    if (Array.isArray(entry)) for (const one of entry) this.take(one, files);
    else if (entry instanceof Opaque) this.#takeOpaque(entry, files);
    else if (typeof entry === 'string') this.#takeRules(namedPreset(entry), files, `\`${entry}\``);
    else if (typeof entry === 'object') this.#takeObject({ ...Object(entry) }, files);
  }

  #takeObject(entry: Readonly<Record<string | symbol, unknown>>, outer: readonly string[]): void {
    const keys = Object.keys(entry).filter((key) => key !== 'name');
    if (keys.length === 1 && keys[0] === 'ignores') {
      this.ignore.push(...this.#patterns(entry['ignores']));
      return;
    }
    const own = this.#patterns(entry['files']);
    const excluded = this.#patterns(entry['ignores']).map((pattern) => `!${pattern}`);
    const files = blockFiles(own.length === 0 ? outer : own, excluded);
    for (const spread of listOf(entry[SPREAD])) this.take(spread, files);
    this.take(entry['extends'] ?? [], files);
    const { rules } = entry;
    if (rules instanceof Opaque) this.#takeOpaque(rules, files);
    for (const spread of listOf(Object(rules)[SPREAD])) this.take(spread, files);
    if (!(rules instanceof Opaque)) this.#takeRules(peerRules(rules), files, '');
  }

  #takeOpaque(entry: Opaque, files: readonly string[]): void {
    const { module = '', path, given, line, text } = entry;
    const last = path.at(-1) ?? '';
    if (given !== undefined && /^(config|defineConfig|globalIgnores)$/.test(last)) {
      if (last === 'globalIgnores') this.ignore.push(...this.#patterns(given[0]));
      else this.take(given, files);
      return;
    }
    // What FlatCompat extends has the names of old; what is repaired stays what it is.
    if (given !== undefined && /^(extends|fixupConfigRules)$/.test(last)) {
      this.take(given, files);
      return;
    }
    if (/^(includeIgnoreFile|fileURLToPath)$/.test(last)) return;
    this.#takeRules(
      presetRules(module, path.filter((key) => key !== 'map').join('/')),
      files,
      `\`${shortened(text)}\` (${this.#name}:${line})`,
    );
  }

  #takeRules(rules: readonly PeerRule[] | undefined, files: readonly string[], what: string): void {
    if (rules === undefined) this.unread.push(`Nobody knows what ${what} turns on.`);
    else if (rules.length > 0) this.blocks.push({ files, rules });
  }

  #patterns(value: unknown): readonly string[] {
    return patternsFrom(stringsOf(value), { anyDepth: false }, (glob) => {
      this.unread.push(`The pattern \`${glob}\` has no counterpart in a .gitignore.`);
    });
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
