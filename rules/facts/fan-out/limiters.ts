/**
 * What holds work back: limiting libraries, known by their module; the project's own, known by their shape; those that
 * the user named. A name that speaks of limits counts as well, since whoever finds a limiter only keeps silent.
 */
import * as ast from '#ast';
import { LIMITERS } from '#catalog/limiters.ts';
import type { ProjectSettings } from '#engine/settings.ts';
import { type Program, together } from '#program';
import type { Callee, Calls } from '../names/calls.ts';
import { moduleOfPath } from '../names/modules.ts';
import type { Origins } from '../names/origins.ts';
import { returnedBy } from '../promises/list-items.ts';
import {
  collect,
  type FunctionNode,
  isFunction,
  isFunctionExpression,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';
import { LIMITING } from './bounded-maps.ts';

/** Names of things that hold back what they are given. */
const HOLDS =
  /limit|throttl|queue|sema(?:phore)?s?$|mutex|bottleneck|concurren|pool$|gate$|^lock|lock$/i;

/** Methods that wait for room. */
const WAITS =
  /^(?:acquire\w*|lock|wait|take|enter|obtain|reserve|schedule|enqueue|add|push|runExclusive|removeTokens|consume|use)$/;

/** How far calls are followed into functions of the project. */
const DEPTH = 3;

/** Tells whether work is held back. */
export class Limiters {
  readonly #query: Program['query'];
  readonly #calls: Calls;
  readonly #origins: Origins;
  readonly #named: ReadonlySet<string>;

  constructor(program: Program, calls: Calls, origins: Origins, settings: ProjectSettings) {
    this.#query = program.query;
    this.#calls = calls;
    this.#origins = origins;
    this.#named = new Set(settings.limiters);
  }

  /** Whether all that a callback does waits for room first. */
  holdsBack(callback: ast.Expression): boolean {
    return this.holderOf(callback) !== undefined;
  }

  /** The call that makes what a callback does wait for room. */
  holderOf(callback: ast.Expression): ast.CallExpression | undefined {
    return this.#holderOf(callback, DEPTH);
  }

  /** Whether a call hands work to a limiter, or waits until one has room. */
  isLimiter(call: ast.CallExpression): boolean {
    if (this.isNamedLimiter(call) || this.#isOfLibrary(call)) return true;
    return givesWork(call) && this.#hasShape(call);
  }

  /** Whether a call's own text says so, which asks the compiler nothing. */
  isNamedLimiter(call: ast.CallExpression): boolean {
    const path = unwrap(call.expression).getText().split(/\??\./);
    const last = path.at(-1) ?? '';
    if (this.#named.has(last)) return true;
    if (WAITS.test(last) && HOLDS.test(path.at(-2) ?? '') && isWaitedFor(call)) return true;
    return givesWork(call) && path.slice(-2).some((name) => HOLDS.test(name));
  }

  #holderOf(callback: ast.Expression, depth: number): ast.CallExpression | undefined {
    const at = unwrap(callback);
    if (ast.isCallExpression(at)) return this.isLimiter(at) ? at : undefined;
    if (isFunctionExpression(at)) return this.#holderIn(at, depth) ?? this.#innerHolder(at, depth);
    const source = this.#origins.sourceOf(at);
    if (source !== at) return this.#holderOf(source, depth);
    const declaration = depth > 0 ? this.#origins.declarationOf(at) : undefined;
    return declaration && isFunction(declaration) ? this.#holderIn(declaration, depth) : undefined;
  }

  #holderIn({ body }: FunctionNode, depth: number): ast.CallExpression | undefined {
    if (body === undefined) return undefined;
    const calls = collect(body, ast.isCallExpression);
    const named = calls.find((call) => this.isNamedLimiter(call));
    if (named !== undefined) return named;
    const isLimiter = together(calls.map((call) => () => this.isLimiter(call)));
    const limiter = calls.find((_, index) => isLimiter[index]);
    if (limiter !== undefined || depth <= 0) return limiter;
    const deeper = calls.map((call) => () => this.#holderOf(call.expression, depth - 1));
    return together(deeper).find((holder) => holder !== undefined);
  }

  /** Where a callback gives a list for each item of a list, what makes the work of the inner one wait. */
  #innerHolder(callback: ast.Expression, depth: number): ast.CallExpression | undefined {
    const inner = (returnedBy(callback) ?? []).flatMap(workOf);
    const holders = together(inner.map((one) => () => this.#holderOf(one, depth)));
    return holders.find((holder) => holder !== undefined);
  }

  #isOfLibrary(call: ast.CallExpression): boolean {
    const callee = unwrap(call.expression);
    const receiver = ast.isPropertyAccessExpression(callee) ? callee.expression : callee;
    const source = this.#origins.sourceOf(receiver);
    if (ast.isCallExpression(source) || ast.isNewExpression(source)) {
      if (this.#isLimiting(this.#calls.imported(source.expression))) return true;
    }
    return this.#isLimiting(this.#calls.of(call)) || this.#isTyped(receiver);
  }

  /** A parameter or a member whose type a library declares. */
  #isTyped(receiver: ast.Expression): boolean {
    const type = this.#query.typeAt(receiver);
    const symbol = type && this.#query.symbolOf(type);
    const [declaration] = symbol ? this.#query.declarations(symbol) : [];
    const module = declaration && moduleOfPath(declaration.path);
    const library = module && Object.hasOwn(LIMITERS, module) ? LIMITERS[module] : undefined;
    return library !== undefined && library.only === undefined;
  }

  #isLimiting(callee: Callee | undefined): boolean {
    if (callee === undefined) return false;
    if (this.#named.has(`${callee.module}#${callee.name}`)) return true;
    const library = Object.hasOwn(LIMITERS, callee.module) ? LIMITERS[callee.module] : undefined;
    return library !== undefined && (library.only?.includes(callee.name) ?? true);
  }

  /** A function of the project that takes a limit and work to do. */
  #hasShape(call: ast.CallExpression): boolean {
    const declaration = this.#origins.declarationOf(call.expression);
    if (declaration === undefined || !isFunction(declaration)) return false;
    return declaration.parameters.some(({ name }) => LIMITING.test(name.getText()));
  }
}

/** Whether what a call hands out is awaited or returned: pushing to an array named `queue` is neither. */
function isWaitedFor(call: ast.CallExpression): boolean {
  const { parent } = call;
  return ast.isAwaitExpression(parent) || ast.isReturnStatement(parent) || isFunction(parent);
}

/** Whether a call is given a function. */
function givesWork(call: ast.CallExpression): boolean {
  return call.arguments.some((argument) => isFunctionExpression(unwrap(argument)));
}

/** What `map` calls for each item. */
function workOf(call: ast.Expression): readonly ast.Expression[] {
  return isMethodCall(call, 'map', 'flatMap') ? call.arguments.slice(0, 1) : [];
}
