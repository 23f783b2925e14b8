/** What a destructuring pattern takes apart, as it is written. */
import * as ast from '#ast';
import { isMethodCall, unwrap } from '../shape/syntax.ts';

/** What a destructuring pattern takes apart. */
export function sourceOf(pattern: ast.Node): ast.Expression | undefined {
  const { parent } = pattern;
  return ast.isVariableDeclaration(parent) ? parent.initializer : undefined;
}

/** The expression whose value an `await` waits for; one that does not wait is itself. */
export function unwrapAwait(node: ast.Expression | undefined): ast.Expression | undefined {
  const at = node && unwrap(node);
  return at !== undefined && ast.isAwaitExpression(at) ? unwrap(at.expression) : at;
}

/** The elements of `[a, b]` and of `Promise.all([a, b])`. */
export function elementsOf(node: ast.Expression): readonly ast.Expression[] | undefined {
  if (ast.isArrayLiteralExpression(node)) return node.elements;
  const [first] = isMethodCall(node, 'all') ? node.arguments : [];
  const list = first && unwrap(first);
  return list !== undefined && ast.isArrayLiteralExpression(list) ? list.elements : undefined;
}
