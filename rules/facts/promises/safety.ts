/** Promises that may be left alone, by contract or because the user says so. */
import * as ast from '#ast';
import { CALLBACK_RUNNERS, SAFE_CALLS, SAFE_METHODS, SAFE_MODULES } from '#catalog';
import type { ProjectSettings } from '#engine/settings.ts';
import type { Program, TsSymbol, Type } from '#program';
import type { Calls } from '../names/calls.ts';
import { isModuleNamed, isRelative, moduleOfPath } from '../names/modules.ts';
import type { Promises } from './promises.ts';

/** Tells which promises nobody has to wait for. */
export class Safety {
  readonly #query: Program['query'];
  readonly #calls: Calls;
  readonly #promises: Promises;
  readonly #settings: ProjectSettings;

  constructor(program: Program, calls: Calls, promises: Promises, settings: ProjectSettings) {
    this.#query = program.query;
    this.#calls = calls;
    this.#promises = promises;
    this.#settings = settings;
  }

  /** Whether the promise of a call is somebody else's business: a test runner's, or one that the user names. */
  isSafeCall(node: ast.Expression, names: readonly string[]): boolean {
    if (!ast.isCallExpression(node)) return false;
    const callee = this.#calls.of(node);
    if (callee === undefined) return false;
    if (SAFE_MODULES.has(callee.module) || SAFE_METHODS.has(callee.name)) return true;
    if (SAFE_CALLS.has(`${callee.module}#${callee.name}`)) return true;
    return this.isNamed(node, [...this.#settings.safeCalls, ...names]);
  }

  /** The callback that a call is over with, such as React's `act`; nothing for other calls. */
  runsAtOnce(node: ast.Expression): ast.Expression | undefined {
    const [callback] = ast.isCallExpression(node) ? node.arguments : [];
    if (callback === undefined || !ast.isCallExpression(node)) return undefined;
    const callee = this.#calls.of(node);
    if (callee === undefined) return undefined;
    return CALLBACK_RUNNERS.has(`${callee.module}#${callee.name}`) ? callback : undefined;
  }

  /** Whether a call is of one of the functions that the user names. */
  isNamed(call: ast.CallExpression, names: readonly string[]): boolean {
    const callee = names.length === 0 ? undefined : this.#calls.of(call);
    return names.some((name) => callee && means(name, callee.module, callee.name));
  }

  /** Whether an expression's type, or one that it extends, is among those that the user names; a list if all in it are. */
  isSafePromise(node: ast.Expression, names: readonly string[]): boolean {
    const type = names.length === 0 ? undefined : this.#query.typeAt(node);
    if (type === undefined) return false;
    const listed = this.#promises.lists(type).flat();
    return this.#areSafe(listed, names) || this.#isSafe(type, names);
  }

  /** Of types that are no promises nothing has to be said. */
  #areSafe(types: readonly Type[], names: readonly string[]): boolean {
    const promises = types.filter((type) => this.#promises.thenable(type) !== 'never');
    return promises.length > 0 && promises.every((type) => this.#isSafe(type, names));
  }

  #isSafe(type: Type, names: readonly string[]): boolean {
    if (this.#isTypeNamed(type, names)) return true;
    if (type.isUnionType()) return this.#areSafe(this.#query.parts(type), names);
    if (!type.isIntersectionType()) return false;
    return this.#query.parts(type).some((part) => this.#isSafe(part, names));
  }

  #isTypeNamed(type: Type, names: readonly string[]): boolean {
    const symbols = [this.#query.aliasOf(type), this.#query.symbolOf(type)];
    if (symbols.some((symbol) => symbol && this.#isSymbol(symbol, names))) return true;
    const generic = this.#query.generic(type);
    if (!generic.isObjectType() || !generic.isClassOrInterface()) return false;
    return this.#query.bases(generic).some((base) => this.#isTypeNamed(base, names));
  }

  #isSymbol(symbol: TsSymbol, names: readonly string[]): boolean {
    const [declaration] = this.#query.declarations(symbol);
    const module = declaration && moduleOfPath(declaration.path);
    return module !== undefined && names.some((name) => means(name, module, symbol.name));
  }
}

/** Whether `module#name`, or a bare name of the project's own, means this one. */
function means(wanted: string, module: string, name: string): boolean {
  const hash = wanted.lastIndexOf('#');
  if (hash !== -1 && wanted.slice(hash + 1) === name) {
    return isModuleNamed(wanted.slice(0, hash), module);
  }
  const isOwn = isRelative(module) || /^[A-Za-z]:/.test(module);
  return isOwn && (wanted === name || wanted === name.split('.').at(-1));
}
