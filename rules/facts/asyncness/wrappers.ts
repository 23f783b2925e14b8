/** Promises that are put round code which is done before anybody could wait: `new Promise((resolve) => resolve(f()))`. */
import * as ast from '#ast';
import { usesOf } from '../names/names.ts';
import { resolvedValue, settlersOf } from '../promises/settling.ts';
import { isNewPromise, isStaticCall } from '../shape/statics.ts';
import {
  enclosingFunction,
  isAsync,
  isFunctionExpression,
  isGenerator,
  isMethodCall,
  statementsOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';

/** A promise round code that waits for nothing. */
export interface Wrapper {
  readonly node: ast.NewExpression | ast.CallExpression;
  /** What in it makes the promise: `Promise`, `then`. */
  readonly mark: ast.Node;
  /** Functions that run one after the other, to the end, until the promise has its value; none where it is given one. */
  readonly functions: readonly (ast.ArrowFunction | ast.FunctionExpression)[];
  /** The expression whose value is all that the promise is about. */
  readonly value: ast.Expression | undefined;
}

/** The wrapper that an expression is, by the tree alone. */
export function wrapperAt(node: ast.NewExpression | ast.CallExpression): Wrapper | undefined {
  const [argument, ...more] = node.arguments ?? [];
  const fn = argument && unwrap(argument);
  if (fn === undefined || more.length > 0) return undefined;
  if (isStaticCall(node, 'resolve')) {
    return { node, mark: node.expression.name, functions: [], value: argument };
  }
  if (!isFunctionExpression(fn)) return undefined;
  if (isAsync(fn) || isGenerator(fn)) return undefined;
  return ast.isNewExpression(node) ? ofExecutor(node, fn) : ofReaction(node, fn);
}

/** `new Promise((resolve) => …)` that settles in its own code, or in that of a timer which it sets. */
function ofExecutor(
  node: ast.NewExpression,
  fn: ast.ArrowFunction | ast.FunctionExpression,
): Wrapper | undefined {
  if (!isNewPromise(node)) return undefined;
  const names = settlersOf(fn).filter((name) => name !== undefined);
  const uses = names.flatMap((name) => usesOf(name, fn.body));
  const inside = new Set([fn]);
  for (const use of uses) {
    const settles = ast.isCallExpression(use.parent) && use.parent.expression === use;
    const within = enclosingFunction(use);
    if (!settles || within === undefined || !isFunctionExpression(within)) return undefined;
    if (within !== fn && !isOfTimer(within, fn)) return undefined;
    inside.add(within);
  }
  if (uses.length === 0) return undefined;
  return { node, mark: node.expression, functions: [...inside], value: resolvedValue(fn) };
}

/** `Promise.resolve().then(() => …)`. */
function ofReaction(
  node: ast.CallExpression,
  fn: ast.ArrowFunction | ast.FunctionExpression,
): Wrapper | undefined {
  if (!isMethodCall(node, 'then')) return undefined;
  const start = unwrap(node.expression.expression);
  if (!isStaticCall(start, 'resolve')) return undefined;
  const isPlain = fn.parameters.length === 0 && start.arguments.length === 0;
  return {
    node,
    mark: node.expression.name,
    functions: [fn],
    value: isPlain ? returnedValue(fn) : undefined,
  };
}

/** `setImmediate(() => …)` and its like: a later turn of the same thread. */
function isOfTimer(
  callback: ast.ArrowFunction | ast.FunctionExpression,
  fn: ast.ArrowFunction | ast.FunctionExpression,
): boolean {
  const call = wrapped(callback).parent;
  if (!ast.isCallExpression(call) || enclosingFunction(call) !== fn) return false;
  return /^(setImmediate|setTimeout|queueMicrotask|process\.nextTick)$/.test(
    call.expression.getText(),
  );
}

function returnedValue({
  body,
}: ast.ArrowFunction | ast.FunctionExpression): ast.Expression | undefined {
  if (!ast.isBlock(body)) return body;
  const [only, ...more] = statementsOf(body) ?? [];
  if (only === undefined || more.length > 0 || !ast.isReturnStatement(only)) return undefined;
  return only.expression;
}
