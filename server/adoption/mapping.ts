/** From what another linter is told to what asynclint is told. */
import {
  canonicalName,
  hushedBy,
  type OptionValue,
  type Preset,
  type Rule,
  type RuleChoice,
  type Severity,
  settingOf,
} from '#engine';
import type { WrittenConfig, WrittenRule } from './config-text.ts';
import { REPORTS_MORE } from './partial.ts';
import type { PeerConfig, PeerRule } from './peer-config.ts';
import { translatedOptions } from './peer-options.ts';

/** What a migration comes to. */
export interface Mapping extends Pick<WrittenConfig, 'rules' | 'overrides' | 'ignore'> {
  /** Rules of the other linter that can be off now. */
  readonly replaced: readonly string[];
  /** Rules of the other linter that report more than ours: they stay useful. */
  readonly partly: readonly string[];
  /** Its rules about async code that have no equivalent here. */
  readonly unmatched: readonly string[];
  /** Options without a counterpart, as `rule: option`. */
  readonly lost: readonly string[];
}

/** What is said of each rule, by its canonical name. */
type State = ReadonlyMap<string, PeerRule>;

/** Names that tell that a rule is about async code. */
const ABOUT_ASYNC = /promise|await|async|atomic|floating|thenable|\bno-sync/i;

/** Maps a config. A rule whose standing in the preset is what a mere preset of the other linter wants is left out. */
export function mapped(config: PeerConfig, rules: readonly Rule[], preset: Preset): Mapping {
  let base: State = new Map();
  const overrides: { files: readonly string[]; rules: readonly WrittenRule[] }[] = [];
  const lost = new Set<string>();
  for (const block of config.blocks) {
    if (block.files.length === 0 && overrides.length === 0) {
      base = merged(base, block.rules);
      continue;
    }
    const state = merged(base, block.rules);
    const touched = new Set(block.rules.map(({ name }) => name));
    const written = rules.flatMap((rule) => {
      if (!equivalents(rule).some((name) => touched.has(name))) return [];
      const before = verdictOf(rule, base, preset, lost);
      const after = verdictOf(rule, state, preset, lost, base);
      if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) return [];
      return [after];
    });
    const files = block.files.length === 0 ? ['**'] : block.files;
    if (written.length > 0) overrides.push({ files, rules: written });
  }
  const some = config.blocks
    .filter(({ files }) => files.length > 0)
    .flatMap((block) => block.rules);
  const on = [...base.values(), ...some].filter(({ level }) => level !== 'off');
  const names = [...new Set(on.map(({ name }) => name))].sort();
  const known = names.filter((name) => hushedBy(name, rules).length > 0);
  return {
    rules: rules.flatMap((rule) => verdictOf(rule, base, preset, lost) ?? []),
    overrides,
    ignore: config.ignore,
    replaced: known.filter((name) => REPORTS_MORE[name] === undefined),
    partly: known.filter((name) => REPORTS_MORE[name] !== undefined),
    unmatched: names.filter((name) => !known.includes(name) && ABOUT_ASYNC.test(name)),
    lost: [...lost].sort(),
  };
}

/** Later settings win; a bare level keeps the options that were given before. */
function merged(state: State, rules: readonly PeerRule[]): State {
  const result = new Map(state);
  for (const rule of rules) {
    const before = result.get(rule.name);
    const options = rule.options.length > 0 ? rule.options : (before?.options ?? []);
    result.set(rule.name, { ...rule, options });
  }
  return result;
}

function equivalents({ replaces = [] }: Rule): readonly string[] {
  return [...new Set(replaces.map(canonicalName))];
}

const RANK: Readonly<Record<Severity | 'off', number>> = {
  off: 0,
  information: 1,
  warning: 2,
  error: 3,
};

/**
 * What one of our rules is set to, when something is said of it that its preset does not say. That a rule which reports more
 * is off is no reason to turn ours off, unless it is on elsewhere: then it is about these files.
 */
function verdictOf(
  rule: Rule,
  state: State,
  preset: Preset,
  lost: Set<string>,
  elsewhere: State = new Map(),
): WrittenRule | undefined {
  const standing = settingOf(rule, { preset }).severity;
  let strongest: Severity | 'off' = 'off';
  let options: Readonly<Record<string, OptionValue>> = {};
  const reasons: string[] = [];
  for (const peer of equivalents(rule).flatMap((name) => state.get(name) ?? [])) {
    const isOnElsewhere = (elsewhere.get(peer.name)?.level ?? 'off') !== 'off';
    const isPart = REPORTS_MORE[peer.name] !== undefined && !isOnElsewhere;
    const translated = translatedOptions(peer.name, peer.options, rule.id);
    const isOff = peer.level === 'off' || translated.off === true;
    if (isOff && (isPart || peer.implied)) continue;
    const isSaidAlready = peer.implied && standing !== 'off';
    if (isSaidAlready) {
      strongest = stronger(strongest, standing);
      continue;
    }
    reasons.push(peer.name);
    if (isOff) continue;
    for (const name of translated.lost ?? []) lost.add(`${peer.name}: ${name}`);
    options = { ...options, ...translated.options };
    strongest = stronger(strongest, peer.level === 'on' ? rule.severity : peer.level);
  }
  if (reasons.length === 0 || (strongest === 'off' && standing === 'off')) return undefined;
  const choice: RuleChoice = Object.keys(options).length === 0 ? strongest : [strongest, options];
  return { id: rule.id, choice, reason: reasons.join(', ') };
}

function stronger(a: Severity | 'off', b: Severity | 'off' | 'on'): Severity | 'off' {
  if (b === 'on') return a;
  return RANK[b] > RANK[a] ? b : a;
}
