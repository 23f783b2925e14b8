/** Functions that hand back the function they are given, with a memory: to call the result is to call what was given. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  react: ['cache'],
  'next/cache': ['unstable_cache'],
  'es-toolkit': ['memoize'],
  'fast-memoize': ['default'],
  lodash: ['memoize'],
  'lodash-es': ['memoize'],
  'lodash.memoize': ['default'],
  mem: ['default'],
  memoize: ['default'],
  'memoize-one': ['default'],
  memoizee: ['default'],
  moize: ['default'],
  'p-memoize': ['default'],
  underscore: ['memoize'],
};

/** Whether a function of a package hands back the function that is its first argument, remembering what it gave. */
export function isWrapper(module: string, name: string): boolean {
  const names = Object.hasOwn(WRAPPERS, module) ? WRAPPERS[module] : undefined;
  return names?.includes(name) === true;
}
