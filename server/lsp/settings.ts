import type { Choices, Preset, Severity } from '#engine';
import { isWithin } from '../workspace/files.ts';
import type { LinterSettings } from './messages.ts';

/** What the editor's user chose, in the section `asynclint` of the editor's settings. */
export interface Settings {
  /** Whether anything is linted at all. */
  readonly enable: boolean;
  /** Wins over config files. */
  readonly choices: Choices;
  readonly codeLens: boolean;
  /** Which files are linted unasked. */
  readonly scope: 'open' | 'workspace';
  /** Milliseconds that one request to the compiler may take before it is started anew. */
  readonly patience?: number;
}

/** What was chosen for the whole and for single workspace folders; they may differ where the editor has settings for each. */
export class Preferences {
  readonly #options: unknown;
  readonly #cwd: string;
  #general: Settings;
  #byFolder: ReadonlyMap<string, Settings> = new Map();

  /** @param options came with the start; what the editor tells later wins. */
  constructor(options: unknown, cwd: string) {
    this.#options = options;
    this.#cwd = cwd;
    this.#general = readSettings(options);
  }

  get general(): Settings {
    return this.#general;
  }

  /** What holds for a file: the settings of the deepest workspace folder that it lies in. */
  of(file: string): Settings {
    const folders = [...this.#byFolder].filter(([folder]) => isWithin(file, folder));
    const [deepest] = folders.sort(([a], [b]) => b.length - a.length);
    return deepest?.[1] ?? this.#general;
  }

  /** Takes what the editor tells: values that may be anything. */
  take(general: unknown, byFolder: ReadonlyMap<string, unknown> = new Map()): void {
    const read = (told: unknown): Settings => {
      return readSettings({ ...Object(this.#options), ...given(told) });
    };
    this.#general = read(general);
    this.#byFolder = new Map([...byFolder].map(([folder, told]) => [folder, read(told)]));
  }

  /** What the linter has to know of all that. */
  linterSettings(): LinterSettings {
    const { choices, patience } = this.#general;
    const usual = JSON.stringify(choices);
    const folders = [...this.#byFolder]
      .map(([folder, one]) => ({ folder, choices: one.choices }))
      .filter((one) => JSON.stringify(one.choices) !== usual);
    return {
      cwd: this.#cwd,
      choices,
      folders,
      ...(patience !== undefined && { patience }),
    };
  }
}

/** One property of a value that may be anything. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Takes what it knows of values that come from outside. */
function readSettings(value: unknown): Settings {
  const preset = property(value, 'preset');
  const rules = Object.entries({ ...Object(property(value, 'rules')) }).filter(isRuleChoice);
  const patience = property(value, 'patience');
  return {
    enable: property(value, 'enable') !== false,
    choices: {
      ...(isPreset(preset) && { preset }),
      ...(rules.length > 0 && { rules: Object.fromEntries(rules) }),
    },
    codeLens: property(value, 'codeLens') === true,
    scope: property(value, 'scope') === 'workspace' ? 'workspace' : 'open',
    ...(typeof patience === 'number' && patience > 0 && { patience }),
  };
}

/** Editors tell `null` for what nobody chose. */
function given(told: unknown): Readonly<Record<string, unknown>> {
  const entries = Object.entries({ ...Object(told) });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

function isPreset(value: unknown): value is Preset {
  return value === 'recommended' || value === 'strict' || value === 'all';
}

function isRuleChoice(entry: [string, unknown]): entry is [string, Severity | 'off'] {
  return ['error', 'warning', 'information', 'off'].includes(String(entry[1]));
}
