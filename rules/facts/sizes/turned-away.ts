/** Lists that are looked at before they are used: who brings too many is sent away. */
import * as ast from '#ast';
import { collect, enclosingFunction, leaves, unwrap } from '../shape/syntax.ts';

/** Whether an earlier `if (list.length > most) return;` bounds a list, with any way to leave and any bound. */
export function isTurnedAway(list: ast.Expression): boolean {
  const body = enclosingFunction(list)?.body;
  if (body === undefined) return false;
  const length = `${plain(list)}.length`;
  if (!plain(body).includes(length)) return false;
  return collect(body, ast.isIfStatement).some(
    ({ expression, thenStatement, end }) =>
      end <= list.pos && leaves(thenStatement) && isAtLeast(expression, length),
  );
}

/** `xs.length > most`, `xs.length >= 10`, `a || xs.length > most`. */
function isAtLeast(condition: ast.Expression, length: string): boolean {
  const at = unwrap(condition);
  if (!ast.isBinaryExpression(at)) return false;
  const { left, operatorToken, right } = at;
  switch (operatorToken.kind) {
    case ast.SyntaxKind.BarBarToken:
      return isAtLeast(left, length) || isAtLeast(right, length);
    case ast.SyntaxKind.GreaterThanToken:
    case ast.SyntaxKind.GreaterThanEqualsToken:
      // More than nothing is no bound: `if (xs.length > 0) return`.
      return plain(unwrap(left)) === length && right.getText() !== '0';
    default:
      return false;
  }
}

/** The code of a node as it is without `?.` and `!.`. */
function plain(node: ast.Node): string {
  return node.getText().replaceAll(/[?!]\./g, '.');
}
