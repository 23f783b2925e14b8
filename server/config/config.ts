import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { parse } from 'jsonc-parser';
import {
  type Choices,
  DEFAULT_PROJECT_SETTINGS,
  type OptionValue,
  type ProjectSettings,
  type RuleChoice,
  type Severity,
} from '#engine';
import { type Base, baseOf } from './extended.ts';

/** Names that a config has; in `package.json` it is the key `asynclint`. */
const NAMES = ['asynclint.jsonc', 'asynclint.json', 'package.json'] as const;

const NOTHING: Choices = {};

/** Choices for the files that some patterns name. */
interface Override {
  readonly covers: (file: string) => boolean;
  readonly choices: Choices;
}

/** What config files say of the files of one project. */
export interface Config {
  /** The files that were read: the config itself and those that it extends. */
  readonly files: readonly string[];
  readonly project: ProjectSettings;
  /** Whether a file is not to be linted. */
  ignores(file: string): boolean;
  /** What was chosen for a file; the same object for files that are treated the same. */
  choicesOf(file: string): Choices;
}

/**
 * Finds and reads config files. Mistakes in them are passed over here, as if the mistaken entry were not
 * there: `checkConfig` tells them, and the command line runs nothing until they are gone.
 */
export class Configs {
  readonly #only: string | undefined;
  readonly #chosenFor: (file: string) => Choices;
  readonly #byFolder = new Map<string, Config>();
  readonly #byFile = new Map<string | undefined, Config>();

  /** @param chosenFor wins over what config files say of a file; the same object for files treated the same. @param only is read in place of all others. */
  constructor(chosenFor: (file: string) => Choices = () => NOTHING, only?: string) {
    this.#chosenFor = chosenFor;
    this.#only = only;
  }

  /** What holds for a project: the nearest config at or above its folder. */
  of(folder: string): Config {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const file = this.#only ?? nearestConfigFile(folder);
    const config = this.#byFile.get(file) ?? configOf(file, this.#chosenFor);
    this.#byFile.set(file, config);
    this.#byFolder.set(folder, config);
    return config;
  }

  /** Forgets what was read. */
  forget(): void {
    this.#byFolder.clear();
    this.#byFile.clear();
  }
}

/** Whether a file may be a config, by its name. */
export function isConfigFile(name: string): boolean {
  return NAMES.some((known) => name.endsWith(`/${known}`));
}

/** The content of a config file: of `package.json` its key, of all others everything. */
export function configKeyOf(file: string): readonly string[] {
  return file.endsWith('package.json') ? ['asynclint'] : [];
}

/** The config file that governs a folder: the nearest at or above it. */
export function nearestConfigFile(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const found = configIn(current);
    if (found !== undefined) return found;
    if (dirname(current) === current) return undefined;
  }
}

function configIn(folder: string): string | undefined {
  return NAMES.map((name) => join(folder, name)).find(holdsConfig);
}

function holdsConfig(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  if (configKeyOf(file).length === 0) return true;
  const text = readFileSync(file, 'utf8');
  return text.includes('"asynclint"') && contentOf(file) !== undefined;
}

function configOf(file: string | undefined, chosenFor: (file: string) => Choices): Config {
  const layers = file === undefined ? [] : layersOf({ file, folder: dirname(file) }, new Set());
  const overrides = layers.flatMap(overridesOf);
  const ignored = layers.map(({ content, folder }) => matcher(folder, names(content['ignore'])));
  const standing = layers.map(({ content }) => choicesIn(content));
  const known = new Map<Choices, Map<string, Choices>>();
  return {
    files: layers.map((layer) => layer.file),
    project: layers.reduce(withSettings, DEFAULT_PROJECT_SETTINGS),
    ignores: (path) => ignored.some((covers) => covers(path)),
    choicesOf: (path) => {
      const covering = overrides.filter(({ covers }) => covers(path));
      const key = covering.map((override) => overrides.indexOf(override)).join();
      const chosen = chosenFor(path);
      const alike = known.get(chosen) ?? new Map<string, Choices>();
      known.set(chosen, alike);
      const choices =
        alike.get(key) ?? joined([...standing, ...covering.map((each) => each.choices), chosen]);
      alike.set(key, choices);
      return choices;
    },
  };
}

/** One config file's content, and where its patterns start. */
interface Layer {
  readonly file: string;
  readonly folder: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A config after those that it extends; one that extends itself is read once. */
function layersOf({ file, folder }: Base, seen: Set<string>): readonly Layer[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const content = { ...Object(existsSync(file) ? contentOf(file) : {}) };
  const bases = extendedBy(content).flatMap((name) => extended(name, file, folder) ?? []);
  return [...bases.flatMap((base) => layersOf(base, seen)), { file, folder, content }];
}

/** Names of the configs that one extends, as they are written. */
function extendedBy(content: Readonly<Record<string, unknown>>): readonly string[] {
  const { extends: bases } = content;
  return typeof bases === 'string' ? [bases] : names(bases);
}

/** The config that a name in a config's `extends` means; nothing when there is none. */
export function extended(name: string, by: string, folder = dirname(by)): Base | undefined {
  return baseOf(name, { own: dirname(by), patterns: folder }, configIn);
}

/** Whether a config builds on another one, by way of as many as there are. */
export function buildsOn(file: string, other: string, seen = new Set<string>()): boolean {
  if (file === other) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return extendedBy({ ...Object(contentOf(file)) }).some((name) => {
    const base = extended(name, file);
    return base !== undefined && buildsOn(base.file, other, seen);
  });
}

function contentOf(file: string): unknown {
  const content: unknown = parse(readFileSync(file, 'utf8'), [], { allowTrailingComma: true });
  const [key] = configKeyOf(file);
  return key === undefined ? content : Object(content)[key];
}

function overridesOf({ content, folder }: Layer): readonly Override[] {
  const { overrides } = content;
  if (!Array.isArray(overrides)) return [];
  return overrides.map((override: unknown) => {
    const { files, ...rest } = { ...Object(override) };
    return { covers: matcher(folder, names(files)), choices: choicesIn(rest) };
  });
}

function choicesIn(content: Readonly<Record<string, unknown>>): Choices {
  const { preset } = content;
  const rules: Record<string, RuleChoice> = {};
  for (const [id, choice] of Object.entries({ ...Object(content['rules']) })) {
    if (isChoice(choice)) rules[id] = choice;
  }
  const known = preset === 'recommended' || preset === 'strict' || preset === 'all';
  return known ? { preset, rules } : { rules };
}

function isChoice(value: unknown): value is RuleChoice {
  if (Array.isArray(value)) {
    return isSeverity(value[0]) && Object.values({ ...Object(value[1]) }).every(isOptionValue);
  }
  return isSeverity(value);
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return value === 'error' || value === 'warning' || value === 'information' || value === 'off';
}

function isOptionValue(value: unknown): value is OptionValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
}

/** Later choices win, rule by rule; a bare severity keeps the options chosen before. */
function joined(choices: readonly Choices[]): Choices {
  const rules: Record<string, RuleChoice> = {};
  for (const [id, choice] of choices.flatMap((each) => Object.entries(each.rules ?? {}))) {
    const before = rules[id];
    rules[id] = isSeverity(choice) && Array.isArray(before) ? [choice, before[1]] : choice;
  }
  const preset = choices.flatMap((each) => each.preset ?? []).at(-1);
  return preset === undefined ? { rules } : { preset, rules };
}

function withSettings(before: ProjectSettings, { content }: Layer): ProjectSettings {
  const settings = { ...Object(content['settings']) };
  const list = (name: 'limiters' | 'blocking' | 'safeCalls'): readonly string[] =>
    settings[name] === undefined ? before[name] : names(settings[name]);
  const { fanOut } = settings;
  return {
    limiters: list('limiters'),
    blocking: list('blocking'),
    safeCalls: list('safeCalls'),
    fanOut: typeof fanOut === 'number' ? fanOut : before.fanOut,
  };
}

function matcher(folder: string, patterns: readonly string[]): (file: string) => boolean {
  if (patterns.length === 0) return () => false;
  const rules: Ignore = ignore().add([...patterns]);
  return (file) => {
    const name = relative(folder, file);
    return name !== '' && ignore.isPathValid(name) && rules.ignores(name);
  };
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
