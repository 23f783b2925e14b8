import type { Choices, Preset, Severity } from '#engine';

/** What the editor's user chose, in the section `asynclint` of the editor's settings. */
export interface Settings {
  /** Wins over config files. */
  readonly choices: Choices;
  /** Milliseconds that one request to the compiler may take before it is started anew. */
  readonly patience?: number;
}

/** Takes what it knows of values that come from outside. */
export function readSettings(value: unknown): Settings {
  const preset = property(value, 'preset');
  const rules = Object.entries({ ...Object(property(value, 'rules')) }).filter(isRuleChoice);
  const patience = property(value, 'patience');
  return {
    choices: {
      ...(isPreset(preset) && { preset }),
      ...(rules.length > 0 && { rules: Object.fromEntries(rules) }),
    },
    ...(typeof patience === 'number' && patience > 0 && { patience }),
  };
}

/** One property of a value that may be anything. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isPreset(value: unknown): value is Preset {
  return value === 'recommended' || value === 'strict' || value === 'all';
}

function isRuleChoice(entry: [string, unknown]): entry is [string, Severity | 'off'] {
  return ['error', 'warning', 'information', 'off'].includes(String(entry[1]));
}
