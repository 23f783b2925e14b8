/** Whether code handles its own rejections, so that whoever starts it may forget about it. */
import * as ast from '#ast';
import type { Promiseness } from './promises.ts';
import { type FunctionNode, isFunction, isMethodCall, unwrap } from './syntax.ts';

/** What has to be asked of the compiler. */
interface Types {
  mayBeCallable(node: ast.Expression): boolean;
  promiseness(node: ast.Node): Promiseness;
}

/** `p.catch(f)` and `p.then(_, f)`, also with `.finally(…)` after it, where `f` can be called. */
export function handlesRejection(node: ast.Expression, types: Types): boolean {
  const at = unwrap(node);
  if (isMethodCall(at, 'finally')) return handlesRejection(at.expression.expression, types);
  if (!isMethodCall(at, 'catch', 'then')) return false;
  const handler = at.arguments[at.expression.name.text === 'catch' ? 0 : 1];
  return handler !== undefined && (ast.isSpreadElement(handler) || types.mayBeCallable(handler));
}

/**
 * Whether a function waits, throws and returns promises only inside of `try` blocks whose `catch` does not throw again,
 * or for promises that handle their own rejection. What `catch` and `finally` themselves wait for is not asked.
 */
export function hearsItself({ body }: FunctionNode, types: Types): boolean {
  if (body === undefined) return false;
  return ast.isBlock(body) ? !escapes(body, types) : !returnsUnheard(body, types);
}

/** Whether a rejection in this code, or one that it is handed, gets out of the function. */
function escapes(node: ast.Node, types: Types): boolean {
  if (isFunction(node)) return false;
  if (ast.isTryStatement(node) && node.catchClause !== undefined) {
    return throwsAgain(node.catchClause.block);
  }
  if (ast.isThrowStatement(node) || isWaitingStatement(node)) return true;
  if (ast.isAwaitExpression(node) && !handlesRejection(node.expression, types)) return true;
  if (ast.isReturnStatement(node) && node.expression !== undefined) {
    return returnsUnheard(node.expression, types);
  }
  return hasChild(node, (child) => escapes(child, types));
}

function returnsUnheard(value: ast.Expression, types: Types): boolean {
  const at = unwrap(value);
  if (ast.isAwaitExpression(at)) return escapes(at, types);
  if (handlesRejection(at, types)) return hasChild(at, (child) => escapes(child, types));
  const promiseness = types.promiseness(at);
  return promiseness === 'always' || promiseness === 'sometimes' || escapes(at, types);
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
  return (
    ast.isVariableDeclarationList(node) &&
    (node.flags & ast.NodeFlags.AwaitUsing) === ast.NodeFlags.AwaitUsing
  );
}

function hasChild(node: ast.Node, test: (child: ast.Node) => boolean): boolean {
  return node.forEachChild((child) => test(child) || undefined) ?? false;
}
