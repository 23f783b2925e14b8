/**
 * What a `try` block starts and does not wait for. Its `catch` is there for something: where anything else in the block may
 * throw, or is waited for, nobody can say that it was meant for the promise.
 */
import * as ast from '#ast';
import type { Calls } from '../names/calls.ts';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import { isStaticCall } from '../shape/statics.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isAsync,
  isFunction,
  isGenerator,
  isMethodCall,
  outcomesOf,
  unwrap,
} from '../shape/syntax.ts';
import { isPlainCall } from './plain-calls.ts';

/** A promise that a `try` block lets go of. */
export interface Attempt {
  readonly promise: ast.Expression;
  /** `returned` to the caller, `kept` in a field or a list, or `void`. */
  readonly how: 'returned' | 'kept' | 'void';
}

/** What has to be known of callees. */
interface Known {
  readonly calls: Calls;
  functionAt(callee: ast.Expression): FunctionNode | undefined;
}

/** The promises, if all that a block does is to start them; nothing where it may fail in other ways. */
export function attemptsIn(block: ast.Block, scopes: Scopes): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const returns = mayReturnPromises(block);
  for (const attempt of lettingGo(block, scopes)) {
    if (attempt.how !== 'returned' || returns) attempts.push(attempt);
  }
  const parts = new Set(attempts.flatMap(({ promise }) => callsOf(promise)));
  return failsOtherwise(block, parts, scopes) ? [] : attempts;
}

/** In async functions another rule looks at what is returned. */
function mayReturnPromises(block: ast.Block): boolean {
  const fn = enclosingFunction(block);
  return fn !== undefined && !isAsync(fn) && !isGenerator(fn);
}

function lettingGo(node: ast.Node, scopes: Scopes): readonly Attempt[] {
  if (ast.isReturnStatement(node) && node.expression !== undefined) {
    return outcomesOf(node.expression).flatMap((one) => attempt(one, 'returned'));
  }
  if (ast.isExpressionStatement(node)) return ofStatement(unwrap(node.expression), scopes);
  if (isFunction(node)) return [];
  const found: Attempt[] = [];
  node.forEachChild((child) => {
    found.push(...lettingGo(child, scopes));
    return undefined;
  });
  return found;
}

function ofStatement(node: ast.Expression, scopes: Scopes): readonly Attempt[] {
  if (ast.isVoidExpression(node)) return attempt(node.expression, 'void');
  // What becomes of local variables is the matter of rules that follow them.
  if (isAssignment(node)) {
    return ast.isPropertyAccessExpression(node.left) ? attempt(node.right, 'kept') : [];
  }
  const [item, ...more] = isMethodCall(node, 'push') ? node.arguments : [];
  if (item === undefined || more.length > 0 || !isMethodCall(node)) return [];
  return isLookedAt(node.expression.expression, scopes) ? attempt(item, 'kept') : [];
}

/** Whether a list is used for more than to push to it. */
function isLookedAt(list: ast.Expression, scopes: Scopes): boolean {
  const scope = ast.isIdentifier(list) ? scopes.of(list)?.scope : undefined;
  if (scope === undefined || !ast.isIdentifier(list)) return true;
  return usesOf(list.text, scope).some((use) => {
    const { parent } = use;
    const isDeclared = ast.isVariableDeclaration(parent) && parent.name === use;
    return !isDeclared && !isMethodCall(parent.parent, 'push');
  });
}

function attempt(node: ast.Expression, how: Attempt['how']): readonly Attempt[] {
  const promise = unwrap(node);
  const isStarted = ast.isCallExpression(promise)
    ? !isStaticCall(promise, 'resolve', 'reject')
    : mayReject(promise);
  return isStarted ? [{ promise, how }] : [];
}

/** `new Promise(…)` with an executor that is given a way to reject. */
function mayReject(node: ast.Expression): boolean {
  const executor = ast.isNewExpression(node) ? node.arguments?.[0] : undefined;
  return executor !== undefined && isFunction(executor) && executor.parameters.length > 1;
}

/** Whether a call surely gives a promise, whatever goes wrong: async functions of the project, `fetch`, `import(…)`. */
export function neverThrows(call: ast.CallExpression, facts: Known): boolean {
  if (call.expression.kind === ast.SyntaxKind.ImportKeyword) return true;
  const fn = facts.functionAt(call.expression);
  if (fn !== undefined) return isAsync(fn);
  const origin = facts.calls.origin(call.expression);
  return origin?.module === 'global' && /^(?:globalThis\.|window\.)?fetch$/.test(origin.name);
}

/** The calls that a promise is made by: `f(x)` and `then` of `f(x).then(g)`, and those of a builder before them. */
function callsOf(promise: ast.Expression): readonly ast.Node[] {
  const found: ast.Node[] = [];
  let at = unwrap(promise);
  for (;;) {
    if (ast.isCallExpression(at) || ast.isNewExpression(at)) found.push(at);
    else if (!ast.isPropertyAccessExpression(at)) return found;
    at = unwrap(at.expression);
  }
}

/** Whether a block waits for something, throws, or makes calls beside those that are known. */
function failsOtherwise(node: ast.Node, known: ReadonlySet<ast.Node>, scopes: Scopes): boolean {
  if (isFunction(node) || known.has(node)) {
    return !isFunction(node) && hasChild(node, (child) => failsOtherwise(child, known, scopes));
  }
  if (ast.isTryStatement(node) && node.catchClause !== undefined) return true;
  if (ast.isAwaitExpression(node) || ast.isYieldExpression(node)) return true;
  if (ast.isThrowStatement(node) || ast.isNewExpression(node)) return true;
  if (ast.isTaggedTemplateExpression(node)) return true;
  if (ast.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ast.isCallExpression(node) && !isHarmless(node, scopes)) return true;
  return hasChild(node, (child) => failsOtherwise(child, known, scopes));
}

/** Calls that nobody puts into `try` for fear of them: `console.log`, `String`, `list.push`. */
function isHarmless(call: ast.CallExpression, scopes: Scopes): boolean {
  if (isMethodCall(call, 'parse')) return false;
  return isMethodCall(call, 'push') || isPlainCall(call, scopes);
}

function hasChild(node: ast.Node, test: (child: ast.Node) => boolean): boolean {
  return node.forEachChild((child) => test(child) || undefined) ?? false;
}
