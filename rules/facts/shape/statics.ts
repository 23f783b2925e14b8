/** What is written with the name `Promise`, by the tree alone. */
import * as ast from '#ast';
import { isMethodCall, type MethodCall } from './syntax.ts';

/** `Promise.resolve(…)` and its like: a call of one of these members, or of any when none is named. */
export function isStaticCall(node: ast.Node, ...names: readonly string[]): node is MethodCall {
  return isMethodCall(node, ...names) && isPromiseItself(node.expression.expression);
}

/** `new Promise(…)`. */
export function isNewPromise(node: ast.Node): node is ast.NewExpression {
  return ast.isNewExpression(node) && isPromiseItself(node.expression);
}

function isPromiseItself(node: ast.Expression): boolean {
  return ast.isIdentifier(node) && node.text === 'Promise';
}
