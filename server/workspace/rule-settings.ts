import { type Choices, type Rule, type RuleSetting, settingOf } from '#engine';

const OFF: RuleSetting = { severity: 'off', options: {} };

/** How rules are set. The same choices give the same settings: the engine asks for every rule in every file. */
export class RuleSettings {
  /** Ids of the only rules to run; all when left out. */
  readonly #only: readonly string[] | undefined;
  readonly #known = new Map<Choices, Map<Rule, RuleSetting>>();

  constructor(only: readonly string[] | undefined) {
    this.#only = only;
  }

  /** The setting of a rule. */
  of(rule: Rule, choices: Choices): RuleSetting {
    if (this.#only?.includes(rule.id) === false) return OFF;
    const known = this.#known.get(choices) ?? new Map<Rule, RuleSetting>();
    this.#known.set(choices, known);
    const setting = known.get(rule) ?? settingOf(rule, choices);
    known.set(rule, setting);
    return setting;
  }
}
