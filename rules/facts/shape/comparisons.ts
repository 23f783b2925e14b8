/** Comparisons, and what is compared with nothing to learn whether something is there. */
import * as ast from '#ast';
import { unwrap } from './syntax.ts';

/** Whether something is compared for being the same. */
export function isComparison(node: ast.Node): node is ast.BinaryExpression {
  if (!ast.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ast.SyntaxKind.EqualsEqualsToken ||
    kind === ast.SyntaxKind.EqualsEqualsEqualsToken ||
    isUnequal(node)
  );
}

/** Whether an expression is written as `null`, `undefined` or `void 0`. */
function isNothing(node: ast.Expression): boolean {
  const at = unwrap(node);
  if (at.kind === ast.SyntaxKind.NullKeyword || ast.isVoidExpression(at)) return true;
  return ast.isIdentifier(at) && at.text === 'undefined';
}

/** What `p == null`, `p !== undefined` and their like ask about, and whether they hold where it is missing. */
export interface PresenceQuestion {
  readonly asked: ast.Expression;
  readonly holdsWithout: boolean;
}

/** The question that a comparison with nothing asks; nothing for other expressions. */
export function presenceQuestion(node: ast.Node): PresenceQuestion | undefined {
  if (!isComparison(node)) return undefined;
  const { left, right } = node;
  if (!isNothing(left) && !isNothing(right)) return undefined;
  return { asked: isNothing(right) ? left : right, holdsWithout: !isUnequal(node) };
}

/** Whether a comparison is `!=` or `!==`. */
export function isUnequal({ operatorToken: { kind } }: ast.BinaryExpression): boolean {
  return (
    kind === ast.SyntaxKind.ExclamationEqualsToken ||
    kind === ast.SyntaxKind.ExclamationEqualsEqualsToken
  );
}
