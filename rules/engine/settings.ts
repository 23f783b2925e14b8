import type { Severity } from './finding.ts';
import type { OptionValue, Preset, Rule } from './rule.ts';

/** How a rule is set: off, or on with a severity and option values. */
export interface RuleSetting {
  readonly severity: Severity | 'off';
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** What the user chose for one rule: a severity, or a severity with options. */
export type RuleChoice =
  | Severity
  | 'off'
  | readonly [Severity | 'off', Readonly<Record<string, OptionValue>>];

/** What the user chose, for one file. */
export interface Choices {
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, RuleChoice>>;
}

/** Project-wide knowledge that facts use. */
export interface ProjectSettings {
  /** Calls through these limit concurrency: `module#name` or a bare name of the project's own. */
  readonly limiters: readonly string[];
  /** APIs that block, beside the catalogue's: `module#name`, or `module#name>twin`. */
  readonly blocking: readonly string[];
  /** Calls whose promise may be left alone: `module#name`. */
  readonly safeCalls: readonly string[];
  /** How many tasks run at a time where a fix holds them back. */
  readonly fanOut: number;
}

/** What holds when the user chose nothing. */
export const DEFAULT_PROJECT_SETTINGS: ProjectSettings = {
  limiters: [],
  blocking: [],
  safeCalls: [],
  fanOut: 16,
};

const RANK: Readonly<Record<Preset, number>> = { recommended: 0, strict: 1, all: 2 };

/** The setting of one rule: preset first, then what the user said of the rule itself. */
export function settingOf(rule: Rule, choices: Choices): RuleSetting {
  const preset = choices.preset ?? 'recommended';
  const standard = RANK[rule.preset] <= RANK[preset] ? rule.severity : 'off';
  const choice = choices.rules?.[rule.id];
  const severity = choice === undefined ? standard : isPair(choice) ? choice[0] : choice;
  const chosen = choice !== undefined && isPair(choice) ? choice[1] : {};
  return { severity, options: { ...defaultsOf(rule, preset), ...chosen } };
}

function isPair(
  choice: RuleChoice,
): choice is readonly [Severity | 'off', Readonly<Record<string, OptionValue>>] {
  return typeof choice !== 'string';
}

function defaultsOf(rule: Rule, preset: Preset): Record<string, OptionValue> {
  const isStrict = RANK[preset] >= RANK.strict;
  return Object.fromEntries(
    Object.entries(rule.options).map(([name, option]) => [
      name,
      isStrict ? (option.strict ?? option.default) : option.default,
    ]),
  );
}
