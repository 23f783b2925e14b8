/** Whether code handles its own rejections, so that whoever starts it may forget about it. */
import * as ast from '#ast';
import type { Callee } from '../names/calls.ts';
import { calleeName } from '../shape/slots.ts';
import { isNewPromise, isStaticCall } from '../shape/statics.ts';
import {
  collect,
  type FunctionNode,
  isAwaitUsing,
  isFunction,
  isFunctionExpression,
  isGenerator,
  isMethodCall,
  type MethodCall,
  unwrap,
} from '../shape/syntax.ts';
import type { Promiseness } from './promises.ts';
import { onlyResolves } from './settling.ts';

/** What has to be asked of the compiler. */
interface Types {
  callee(call: ast.CallExpression): Callee | undefined;
  functionAt(callee: ast.Expression): FunctionNode | undefined;
  isCallable(node: ast.Expression): boolean;
  promiseness(node: ast.Node): Promiseness;
  /** Tells whose promise is somebody else's business. */
  readonly safety: { isSafeCall(node: ast.Expression, names: readonly string[]): boolean };
  /** Wants what has to be asked to know the functions at some callees. */
  expectFunctionsAt(callees: readonly ast.Expression[]): void;
}

/** How far calls are followed into functions that handle what they start. */
const DEPTH = 3;

/** `p.catch(f)` and `p.then(_, f)`, also with `.finally(…)` after it, where `f` can be called. */
export function handlesRejection(node: ast.Expression, types: Types): boolean {
  const handler = rejectionHandler(node);
  if (handler === undefined || alwaysRejects(handler)) return false;
  return ast.isSpreadElement(handler) || types.isCallable(handler);
}

/** `(error) => { …; throw error; }` and `() => Promise.reject(…)`: the promise that they make rejects, too. */
function alwaysRejects(handler: ast.Expression): boolean {
  const fn = unwrap(handler);
  if (!isFunctionExpression(fn)) return false;
  const { body } = fn;
  if (!ast.isBlock(body)) return isStaticCall(unwrap(body), 'reject');
  const [last, ...others] = [...body.statements].reverse();
  if (last === undefined || others.some((one) => collect(one, ast.isReturnStatement).length > 0)) {
    return false;
  }
  if (!ast.isReturnStatement(last)) return ast.isThrowStatement(last);
  return last.expression !== undefined && isStaticCall(unwrap(last.expression), 'reject');
}

/** What is given to a promise to handle its rejection: `f` of `p.catch(f)` and `p.then(_, f)`, or a spread that may hold it. */
export function rejectionHandler(node: ast.Expression): ast.Expression | undefined {
  const at = unwrap(node);
  const method = ast.isCallExpression(at) ? methodOf(unwrap(at.expression)) : undefined;
  if (!ast.isCallExpression(at) || method === undefined) return undefined;
  if (method.name === 'finally') return rejectionHandler(method.owner);
  const place = REACTIONS.get(method.name);
  if (place === undefined) return undefined;
  return at.arguments.slice(0, place).find(ast.isSpreadElement) ?? at.arguments[place];
}

/** Where the methods of a promise take the handler of its rejection. */
const REACTIONS: ReadonlyMap<string, number> = new Map([
  ['catch', 0],
  ['then', 1],
]);

/** `p.then` and `p['then']`. */
function methodOf(
  callee: ast.Expression,
): { readonly owner: ast.Expression; readonly name: string } | undefined {
  if (ast.isPropertyAccessExpression(callee)) {
    return { owner: callee.expression, name: callee.name.text };
  }
  if (!ast.isElementAccessExpression(callee)) return undefined;
  const { expression, argumentExpression } = callee;
  if (!ast.isStringLiteral(argumentExpression)) return undefined;
  return { owner: expression, name: argumentExpression.text };
}

/**
 * Whether a promise, or each in a list, surely has nothing to tell: it has a handler, or never rejects: timers, functions
 * that hear themselves, tests that a runner hears.
 */
export function neverRejects(node: ast.Expression, types: Types, depth = DEPTH): boolean {
  if (handlesRejection(node, types)) return true;
  const at = unwrap(node);
  if (isNewPromise(at)) return onlyResolves(at);
  if (!ast.isCallExpression(at) || depth === 0) return false;
  if (isSettledCall(at) || isTimer(at, types)) return true;
  if (isStaticCall(at, 'all', 'race')) return isQuietList(at.arguments[0], types, depth);
  const fn = isMethodCall(at, 'map') ? mapperOf(at, types) : types.functionAt(at.expression);
  if (fn === undefined) return types.safety.isSafeCall(at, []);
  return !isGenerator(fn) && hearsItself(fn, types, depth - 1);
}

/** `[f(), g()]` and `xs.map(f)`, where none rejects. */
function isQuietList(list: ast.Expression | undefined, types: Types, depth: number): boolean {
  const at = list && unwrap(list);
  if (at === undefined || !ast.isArrayLiteralExpression(at)) {
    return at !== undefined && isMethodCall(at, 'map') && neverRejects(at, types, depth);
  }
  return at.elements.every((one) => isPlain(unwrap(one)) || neverRejects(one, types, depth));
}

/** `f` of `xs.map(f)`; the `map` of what is itself a promise passes on how that fails. */
function mapperOf({ arguments: [mapper], expression }: MethodCall, types: Types) {
  const at = mapper && unwrap(mapper);
  const fn = at && (isFunctionExpression(at) ? at : types.functionAt(at));
  return fn && types.promiseness(expression.expression) === 'never' ? fn : undefined;
}

/** `Promise.allSettled(…)`, and `Promise.resolve(…)` of nothing or of a plain value. */
function isSettledCall(call: ast.CallExpression): boolean {
  if (isStaticCall(call, 'allSettled')) return true;
  const [value] = call.arguments;
  return isStaticCall(call, 'resolve') && (value === undefined || isPlain(unwrap(value)));
}

/** What is plainly no promise as it is written. */
function isPlain(value: ast.Expression): boolean {
  if (ast.isIdentifier(value)) return value.text === 'undefined';
  return (
    ast.isLiteralExpression(value) ||
    ast.isObjectLiteralExpression(value) ||
    ast.isArrayLiteralExpression(value) ||
    ast.isTemplateExpression(value) ||
    value.kind === ast.SyntaxKind.NullKeyword ||
    value.kind === ast.SyntaxKind.TrueKeyword ||
    value.kind === ast.SyntaxKind.FalseKeyword
  );
}

/** A time that passes whatever happens: `setTimeout(ms)` of `node:timers/promises` with no signal, and `delay(ms)`. */
function isTimer(call: ast.CallExpression, types: Types): boolean {
  const callee = unwrap(call.expression);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!ast.isIdentifier(name) || call.arguments.length > 2) return false;
  if (/^(sleep|delay|pause)(?![a-z])/i.test(name.text)) return true;
  return (
    /^(setTimeout|setImmediate)$/.test(name.text) &&
    types.callee(call)?.module === 'timers/promises'
  );
}

/**
 * Whether a function waits, throws and returns promises only inside of `try` blocks whose `catch` does not throw again,
 * or for promises that never reject. What `catch` and `finally` themselves wait for is not asked.
 */
export function hearsItself({ body }: FunctionNode, types: Types, depth = DEPTH): boolean {
  if (body === undefined) return false;
  types.expectFunctionsAt(waitedFor(body));
  const code = new Code(types, depth);
  return ast.isBlock(body) ? !code.escapes(body) : !code.returnsUnheard(body);
}

/** Whom a function calls and waits for, or hands on the promise of. */
function waitedFor(body: ast.Node): readonly ast.Expression[] {
  return collect(body, isHandedOn).flatMap(({ expression }) => {
    const call = expression && unwrap(expression);
    return call && ast.isCallExpression(call) ? [call.expression] : [];
  });
}

function isHandedOn(node: ast.Node): node is ast.AwaitExpression | ast.ReturnStatement {
  return ast.isAwaitExpression(node) || ast.isReturnStatement(node);
}

/** The code of one function, calls followed so far. */
class Code {
  readonly #types: Types;
  readonly #depth: number;

  constructor(types: Types, depth: number) {
    this.#types = types;
    this.#depth = depth;
  }

  /** Whether a rejection in this code, or one that it is handed, gets out of the function. */
  escapes(node: ast.Node): boolean {
    if (isFunction(node)) return false;
    if (ast.isTryStatement(node) && node.catchClause !== undefined) {
      return throwsAgain(node.catchClause.block);
    }
    if (ast.isThrowStatement(node) || isWaitingStatement(node)) return true;
    if (ast.isAwaitExpression(node) && !this.#isQuiet(node.expression)) return true;
    if (ast.isCallExpression(node) && throwsOnFailure(node, this.#types)) return true;
    if (ast.isReturnStatement(node) && node.expression !== undefined) {
      return this.returnsUnheard(node.expression);
    }
    return hasChild(node, (child) => this.escapes(child));
  }

  /** Whether a value that is returned is a promise that may reject. */
  returnsUnheard(value: ast.Expression): boolean {
    const at = unwrap(value);
    if (ast.isAwaitExpression(at)) return this.escapes(at);
    if (ast.isConditionalExpression(at)) {
      const ways = [at.whenTrue, at.whenFalse];
      return this.escapes(at.condition) || ways.some((way) => this.returnsUnheard(way));
    }
    if (this.#isQuiet(at)) return hasChild(at, (child) => this.escapes(child));
    const promiseness = this.#types.promiseness(at);
    return promiseness === 'always' || promiseness === 'sometimes' || this.escapes(at);
  }

  #isQuiet(node: ast.Expression): boolean {
    return neverRejects(node, this.#types, this.#depth);
  }
}

/** `readFileSync`, `execSync` and their like: they throw where a file is missing or a command fails. */
function throwsOnFailure(call: ast.CallExpression, types: Types): boolean {
  const name = calleeName(call);
  if (name === undefined || !name.endsWith('Sync')) return false;
  // A command that fails shows in what `spawnSync` returns, a missing file in what `existsSync` does.
  if (name === 'spawnSync' || name === 'existsSync') return false;
  const module = types.callee(call)?.module;
  return module === 'fs' || module === 'child_process';
}

function throwsAgain(node: ast.Node): boolean {
  if (isFunction(node)) return false;
  if (ast.isTryStatement(node) && node.catchClause !== undefined) {
    return throwsAgain(node.catchClause.block);
  }
  return ast.isThrowStatement(node) || hasChild(node, throwsAgain);
}

/** `for await` and `await using` wait without an `await` expression. */
function isWaitingStatement(node: ast.Node): boolean {
  if (ast.isForOfStatement(node)) return node.awaitModifier !== undefined;
  return isAwaitUsing(node);
}

function hasChild(node: ast.Node, test: (child: ast.Node) => boolean): boolean {
  return node.forEachChild((child) => test(child) || undefined) ?? false;
}
