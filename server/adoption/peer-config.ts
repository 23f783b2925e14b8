import { canonicalName, type Severity } from '#engine';
import { worthIgnoring } from './patterns.ts';

/** How another linter is told to treat one of its rules. */
export interface PeerRule {
  /** The canonical name. */
  readonly name: string;
  /** `on`: as bad as that linter, or we, think it is. */
  readonly level: Severity | 'off' | 'on';
  readonly options: readonly unknown[];
  /** Whether a preset says so, and not the user. */
  readonly implied: boolean;
}

/** What holds for some files; for all when none are named. */
export interface PeerBlock {
  /** Patterns as in a `.gitignore`. */
  readonly files: readonly string[];
  readonly rules: readonly PeerRule[];
}

/** What another linter is told, in order. */
export interface PeerConfig {
  readonly blocks: readonly PeerBlock[];
  readonly ignore: readonly string[];
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[];
}

const LEVELS: Readonly<Record<string, PeerRule['level']>> = {
  ...{ '0': 'off', off: 'off', allow: 'off' },
  ...{ '1': 'warning', warn: 'warning', info: 'information' },
  ...{ '2': 'error', error: 'error', deny: 'error', on: 'on' },
};

/** A rule as configs write it: a level, or a level and options in an array or an object. */
export function peerRule(name: string, setting: unknown, implied = false): PeerRule | undefined {
  const [written, ...options] = Array.isArray(setting) ? setting : [setting];
  const { level: nested, options: own } = { ...Object(written) };
  const level = LEVELS[String(nested ?? written)];
  if (level === undefined) return undefined;
  const given = own === undefined ? options : [own];
  return { name: canonicalName(name), level, options: given, implied };
}

/** Rules of an object that configs call `rules`. */
export function peerRules(rules: unknown): readonly PeerRule[] {
  return Object.entries({ ...Object(rules) }).flatMap(
    ([name, setting]) => peerRule(name, setting) ?? [],
  );
}

/** A list of strings that may be written as one. */
export function stringsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value.flat() : [value];
  return list.filter((one) => typeof one === 'string');
}

/** Several configs as one: where they disagree, the later ones win. */
export function joined(configs: readonly PeerConfig[]): PeerConfig {
  return {
    blocks: configs.flatMap(({ blocks }) => blocks),
    ignore: worthIgnoring([...new Set(configs.flatMap(({ ignore }) => ignore))]),
    unread: configs.flatMap(({ unread }) => unread),
  };
}
