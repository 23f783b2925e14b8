/** Edits that take an `await` away. What stood behind it moves up, and may mean something else in its new place. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isPostfix } from '../shape/syntax.ts';
import { isOptional } from './unrolling.ts';

/**
 * `await f()` → `f()`, `(await f()).x` → `f().x`, and `() => await {}` → `() => ({})`; nothing where a comment would be lost, or where what is awaited would
 * not be an expression any more, or part of another one.
 */
export function unawaitEdits(node: ast.AwaitExpression): readonly Edit[] | undefined {
  const { expression, parent } = node;
  const { text } = node.getSourceFile();
  const start = expression.getStart();
  const whole = ast.isParenthesizedExpression(parent) && isFree(expression, parent) ? parent : node;
  const from = whole.getStart();
  const lost = text.slice(from, start) + text.slice(expression.end, whole.end);
  if (/\/[/*]/.test(lost)) return undefined;
  const first = text[start] ?? '';
  if ('+-'.includes(first) && text[from - 1] === first) return undefined;
  if (first === '{' && whole === node && ast.isArrowFunction(parent)) {
    return [edit.range(node, from, start, '('), edit.after(expression, ')')];
  }
  if (/^(?:\{|(?:async\s+)?function\b|class\b|let\b)/.test(text.slice(start)) && isFirst(whole)) {
    return undefined;
  }
  // Where semicolons are left out, this would go on with the line above.
  if (whole === node && '([`/+-'.includes(first) && startsStatement(node)) return undefined;
  const gone = edit.range(node, from, start, '');
  return whole === node ? [gone] : [gone, edit.range(node, expression.end, whole.end, '')];
}

/** Whether an operand needs no parentheses where they stood for its `await`. */
function isFree(operand: ast.Expression, parentheses: ast.ParenthesizedExpression): boolean {
  if (!isPostfix(operand) || isOptional(operand)) return false;
  return ast.isIdentifier(operand) || !isConstructed(parentheses);
}

/** Whether an expression is, or begins, what `new` is given: `new (await f()).X()`. */
function isConstructed(node: ast.Expression): boolean {
  const { parent } = node;
  if (ast.isNewExpression(parent)) return parent.expression === node;
  const isLink = ast.isPropertyAccessExpression(parent) || ast.isElementAccessExpression(parent);
  return isLink && parent.expression === node && isConstructed(parent);
}

/** Whether nothing stands before an expression in its statement, or in the body of its arrow function. */
function isFirst(node: ast.Node): boolean {
  return startsStatement(node) || ast.isArrowFunction(outermost(node).parent);
}

function startsStatement(node: ast.Node): boolean {
  const { parent } = outermost(node);
  return ast.isExpressionStatement(parent) || ast.isExportAssignment(parent);
}

/** The largest expression that begins where a node does. */
function outermost(node: ast.Node): ast.Node {
  const start = node.getStart();
  let at = node;
  while (!ast.isExpressionStatement(at.parent) && at.parent.getStart() === start) at = at.parent;
  return at;
}
