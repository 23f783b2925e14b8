/** Options of other linters' rules, as ours have them. */
import type { OptionValue } from '#engine';

/** What options come to for one of our rules. */
interface Translated {
  /** They leave nothing of it to be reported. */
  readonly off?: boolean;
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Names of options that have no counterpart. */
  readonly lost?: readonly string[];
}

type Translate = (options: Readonly<Record<string, unknown>>, ours: string) => Translated;

const BY_RULE: Readonly<Record<string, Translate>> = {
  '@typescript-eslint/no-floating-promises': floating,
  '@typescript-eslint/no-misused-promises': misused,
  'n/no-sync': ({ allowAtRootLevel, ...rest }) => ({ lost: Object.keys(rest) }),
};

/** Options of a rule by its canonical name, for one of our rules. */
export function translatedOptions(
  name: string,
  [first, ...more]: readonly unknown[],
  ours: string,
): Translated {
  if (name === '@typescript-eslint/return-await') {
    if (first === 'never') return { off: true };
    return first === 'always' ? { lost: ['always'] } : {};
  }
  if (first === undefined) return {};
  const options = typeof first === 'object' ? { ...Object(first) } : {};
  const translated = BY_RULE[name]?.(options, ours);
  const words = [...(typeof first === 'object' ? [] : [first]), ...more];
  return translated ?? { lost: [...Object.keys(options), ...words.map(String)] };
}

function floating(given: Readonly<Record<string, unknown>>): Translated {
  const { ignoreVoid, ignoreIIFE, checkThenables, ...rest } = given;
  const { allowForKnownSafeCalls, allowForKnownSafePromises, ...lost } = rest;
  const calls = specifiers(allowForKnownSafeCalls);
  const types = specifiers(allowForKnownSafePromises);
  return {
    options: {
      ...(ignoreVoid === false && { void: 'report' }),
      ...(ignoreIIFE === true && { iife: 'allow' }),
      ...(checkThenables === true && { thenables: true }),
      ...(calls.length > 0 && { safeCalls: calls }),
      ...(types.length > 0 && { safePromises: types }),
    },
    lost: Object.keys(lost),
  };
}

/** Places as typescript-eslint calls them and as we do. */
const PLACES: Readonly<Record<string, string>> = {
  arguments: 'arguments',
  attributes: 'attributes',
  inheritedMethods: 'overrides',
  properties: 'properties',
  returns: 'returns',
  variables: 'variables',
};

function misused(given: Readonly<Record<string, unknown>>, ours: string): Translated {
  const { checksConditionals, checksVoidReturn } = given;
  if (ours !== 'dropped-async-callback') return { off: checksConditionals === false };
  if (typeof checksVoidReturn !== 'object') return { off: checksVoidReturn === false };
  const places = Object.entries({ ...checksVoidReturn }).flatMap(([place, value]) => {
    const name = PLACES[place];
    return name !== undefined && typeof value === 'boolean' ? [[name, value] as const] : [];
  });
  return { options: Object.fromEntries(places) };
}

/** Functions and types, bare or with the package that they come from. */
function specifiers(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    const { from, name, package: origin, path } = { ...Object(one) };
    const names = Array.isArray(name) ? name : [name];
    const module = from === 'package' ? origin : from === 'file' ? path : undefined;
    return names.map((each) => (module === undefined ? `${each}` : `${module}#${each}`));
  });
}
