/** Loops over as much as the input holds within loops over as much: the time grows with the square. */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { collect, contains, enclosingFunction, isMethodCall, unwrap } from '../shape/syntax.ts';
import type { Sizes } from '../sizes/sizes.ts';

/** A loop, and the loop round it. */
export interface NestedLoops {
  readonly inner: ast.ForOfStatement;
  readonly outer: ast.ForOfStatement;
}

/** What has to be asked. */
interface Sources {
  readonly sizes: Sizes;
  readonly scopes: Scopes;
}

/**
 * The loops that a loop is the inner of, where both go through all of the input for each item of the input: through the
 * same, or through another whose items are compared with the outer's.
 */
export function nestedLoopsAt(
  inner: ast.ForOfStatement,
  { sizes, scopes }: Sources,
): NestedLoops | undefined {
  const outer = loopRound(inner);
  if (outer === undefined || isLeft(inner) || waitsNow(outer)) return undefined;
  if (!isSimple(inner.expression) || !isSimple(outer.expression)) return undefined;
  if (isMadeIn(inner.expression, outer, scopes)) return undefined;
  const isSame = inner.expression.getText() === outer.expression.getText();
  if (
    !isSame &&
    !collect(inner.statement, isComparison).some((one) => joins(one, inner, outer, scopes))
  ) {
    return undefined;
  }
  for (const { expression } of [outer, inner]) {
    if (sizes.of(expression).kind !== 'input') return undefined;
  }
  return { inner, outer };
}

/** The nearest `for…of` round a loop in the same function. */
function loopRound(inner: ast.ForOfStatement): ast.ForOfStatement | undefined {
  const fn = enclosingFunction(inner);
  for (let at = inner.parent; at !== undefined && at !== fn; at = at.parent) {
    if (ast.isForOfStatement(at) && at.awaitModifier === undefined) return at;
  }
  return undefined;
}

/** Whether a loop waits, which lets others run, or ends before its time. */
function isLeft(loop: ast.ForOfStatement): boolean {
  return waitsNow(loop) || collect(loop.statement, isExit).length > 0;
}

/** Whether a loop waits in some of its turns: then it does not go through all in one go. */
function waitsNow({ statement }: ast.ForOfStatement): boolean {
  return collect(statement, isPause).length > 0;
}

function isPause(node: ast.Node): node is ast.Node {
  return ast.isAwaitExpression(node) || ast.isYieldExpression(node);
}

function isExit(node: ast.Node): node is ast.Node {
  return ast.isReturnStatement(node) || ast.isBreakStatement(node);
}

/** `users`, `this.users`, `users.values()`. */
function isSimple(collection: ast.Expression): boolean {
  const at = unwrap(collection);
  if (isMethodCall(at, 'values', 'entries', 'keys')) return isSimple(at.expression.expression);
  if (ast.isPropertyAccessExpression(at)) return isSimple(at.expression);
  return ast.isIdentifier(at) || at.kind === ast.SyntaxKind.ThisKeyword;
}

/** Whether a value is a part of what a loop gives, or is made anew in it. */
function isMadeIn(value: ast.Expression, loop: ast.ForOfStatement, scopes: Scopes): boolean {
  return collect(value, ast.isIdentifier).some((name) => {
    if (ast.isPropertyAccessExpression(name.parent) && name.parent.name === name) return false;
    const declaration = scopes.declarationOf(name);
    return declaration !== undefined && contains(loop, declaration);
  });
}

function isComparison(node: ast.Node): node is ast.BinaryExpression {
  return ast.isBinaryExpression(node) && EQUALITIES.has(node.operatorToken.kind);
}

const EQUALITIES = new Set([
  ast.SyntaxKind.EqualsEqualsEqualsToken,
  ast.SyntaxKind.ExclamationEqualsEqualsToken,
  ast.SyntaxKind.EqualsEqualsToken,
  ast.SyntaxKind.ExclamationEqualsToken,
]);

/** `order.user === user.id`: one side is of the inner loop, the other of the outer. */
function joins(
  { left, right }: ast.BinaryExpression,
  inner: ast.ForOfStatement,
  outer: ast.ForOfStatement,
  scopes: Scopes,
): boolean {
  const isOf = (side: ast.Expression, loop: ast.ForOfStatement) => isMadeIn(side, loop, scopes);
  const isOuter = (side: ast.Expression) => isOf(side, outer) && !isOf(side, inner);
  return (isOf(left, inner) && isOuter(right)) || (isOf(right, inner) && isOuter(left));
}
