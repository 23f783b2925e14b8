import type { Preset } from '#engine';

/** What the editor's user chose, in the section `asynclint` of the editor's settings. */
export interface Settings {
  /** Wins over nothing: it is in force where no config file says otherwise. */
  readonly preset?: Preset;
  /** Milliseconds that one request to the compiler may take before it is started anew. */
  readonly patience?: number;
}

/** Takes what it knows of values that come from outside. */
export function readSettings(value: unknown): Settings {
  const preset = property(value, 'preset');
  const patience = property(value, 'patience');
  return {
    ...(isPreset(preset) && { preset }),
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
