/**
 * What known functions read and write. A function is named by its module and its dotted name there, members by the type
 * that declares them (`Pool.query`). What is not listed is unknown, and what is unknown is never moved.
 */
import { CORE_EFFECTS } from './effects/core.ts';
import { DATABASE_EFFECTS } from './effects/databases.ts';
import { MACHINE_EFFECTS } from './effects/machine.ts';
import { SERVICE_EFFECTS } from './effects/services.ts';
import { VALUE_EFFECTS } from './effects/values.ts';

/** What lies outside of the program's own memory, by class. */
export type Resource =
  | 'filesystem'
  | 'network'
  | 'database'
  | 'process'
  | 'dom'
  | 'output'
  | 'log'
  | 'time'
  | 'random'
  | 'lock'
  | 'session';

/** What a known function does, beside reading its receiver and its arguments. */
export interface KnownEffect {
  readonly reads?: Resource;
  readonly writes?: Resource;
  /** The object that it changes. */
  readonly changes?: 'receiver' | 'first argument';
  /**
   * It calls the function that it is given (`true`: the first argument is one; `maybe`: where there is one), before
   * the promise that it returns is settled.
   */
  readonly calls?: true | 'maybe';
  /** What it gives to the functions that it calls only puts a query together. */
  readonly gives?: 'builders';
  /** It is about when it happens; continues `it …`: `waits for some time`. */
  readonly order?: string;
  /**
   * What decides between reading and writing: the SQL, the method in `init`, the command object, the timer's callback,
   * or for members of query builders whether all that is built stands in one chain.
   */
  readonly look?: 'sql' | 'method' | 'command' | 'timer' | 'chain';
  /** Whether what it returns is new, so that nobody else holds it: yes when left out, and `deep` for all within it. */
  readonly fresh?: false | 'deep';
}

/** Names separated by blanks, `*` for any letters, and what they do. */
export type EffectRow = readonly [names: string, effect: KnownEffect];

/** Rows by module: `fs/promises`, an npm package, `@scope/*`, `global`. The first row that fits counts. */
export type EffectTable = Readonly<Record<string, readonly EffectRow[]>>;

type Lookup = (name: string) => KnownEffect | undefined;

const lookups = new Map<string, Lookup>();
for (const table of [
  CORE_EFFECTS,
  VALUE_EFFECTS,
  DATABASE_EFFECTS,
  SERVICE_EFFECTS,
  MACHINE_EFFECTS,
]) {
  for (const [module, rows] of Object.entries(table)) lookups.set(module, lookupIn(rows));
}

/** What a function does, or nothing when it is not known. */
export function effectOf(module: string, name: string): KnownEffect | undefined {
  if (module === 'global')
    return lookups.get('global')?.(name.replace(/^(\w+)Constructor\./, '$1.'));
  if (module.startsWith('lodash.')) return effectOf('lodash', module.slice('lodash.'.length));
  const exact = lookups.get(module);
  if (exact !== undefined) return exact(name);
  const [scope = '', sub = '', ...deeper] = module.split('/');
  const scoped = scope.startsWith('@');
  const found = lookups.get(scoped ? `${scope}/${sub}` : scope) ?? lookups.get(`${scope}/*`);
  const own = (scoped ? deeper : [sub, ...deeper]).at(-1);
  return found?.(name === 'default' && own ? own : name) ?? clientEffect(name);
}

/** Clients that are generated into the project itself: Prisma's `UserDelegate.findMany`. */
function clientEffect(name: string): KnownEffect | undefined {
  return /\w+Delegate\./.test(name) ? lookups.get('@prisma/client')?.(name) : undefined;
}

/** Names without a dot fit members of any type; the first row that fits counts. */
function lookupIn(rows: readonly EffectRow[]): Lookup {
  const tests = rows.map(([names, effect]) => ({ fits: testOf(names), effect }));
  const known = new Map<string, KnownEffect | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, tests.find(({ fits }) => fits(name))?.effect);
    return known.get(name);
  };
}

function testOf(names: string): (name: string) => boolean {
  const all = names.split(/\s+/).filter((one) => one !== '');
  const exact = new Set(all.filter((one) => !one.includes('*')));
  const patterns = all.filter((one) => one.includes('*')).map(patternOf);
  return (name) => {
    const last = name.slice(name.lastIndexOf('.') + 1);
    return exact.has(name) || exact.has(last) || patterns.some((fits) => fits(name, last));
  };
}

function patternOf(pattern: string): (name: string, last: string) => boolean {
  const escaped = pattern.replace(/[.$]/g, '\\$&').replaceAll('*', '.*');
  const test = new RegExp(`^${escaped}$`);
  return (name, last) => test.test(pattern.includes('.') ? name : last);
}
