/** Edits that make code wait: `await` put in, functions made async. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import {
  type FunctionNode,
  isAssignment,
  isAsync,
  isComma,
  statementsOf,
  wrapped,
} from '../shape/syntax.ts';

/**
 * Puts `await` before an expression, with parentheses where the place or the operand needs them. With `through`, what
 * is awaited is a call of that with the expression: `await Promise.all(…)`.
 */
export function awaitEdits(promise: ast.Expression, through?: string): readonly Edit[] {
  const expression = castRound(promise);
  const operand = through !== undefined || needsParentheses(expression);
  const whole = bindsTighter(expression);
  const before = `${whole ? openingAt(expression) : ''}await ${through ?? ''}${operand ? '(' : ''}`;
  const after = `${operand ? ')' : ''}${whole ? ')' : ''}`;
  const start = edit.before(expression, before);
  return after === '' ? [start] : [start, edit.after(expression, after)];
}

/** The outermost cast or `satisfies` that says which promise an expression is: it is no longer true of what is awaited. */
export function castRound(expression: ast.Expression): ast.Expression {
  let outermost = expression;
  for (let at: ast.Node = expression; at !== wrapped(expression); at = at.parent) {
    const { parent } = at;
    const isCast =
      ast.isAsExpression(parent) ||
      ast.isSatisfiesExpression(parent) ||
      ast.isTypeAssertion(parent);
    if (isCast && /Promise/.test(parent.type.getText())) outermost = parent;
  }
  return outermost;
}

/** An opening parenthesis; where the statement before lacks its semicolon that comes first, lest it become a call. */
export function openingAt(expression: ast.Node): string {
  const start = expression.getStart();
  let at: ast.Node = expression;
  while (at.parent !== undefined && !ast.isExpressionStatement(at)) at = at.parent;
  if (at.parent === undefined || at.getStart() !== start) return '(';
  const before = statementsOf(at.parent)?.findLast((statement) => statement.end <= start);
  return before === undefined || isClosed(before) ? '(' : ';(';
}

/** Whether a statement ends by itself, whatever comes after it. */
function isClosed(statement: ast.Statement): boolean {
  const end = statement.getText().at(-1);
  if (end !== '}') return end === ';';
  return !ast.isExpressionStatement(statement) && !ast.isVariableStatement(statement);
}

/** Operands that `await` would bind tighter than: `a ? b : c`, `a || b`, arrows, assignments, `yield`. */
function needsParentheses(expression: ast.Expression): boolean {
  return (
    ast.isBinaryExpression(expression) ||
    ast.isConditionalExpression(expression) ||
    ast.isArrowFunction(expression) ||
    ast.isYieldExpression(expression) ||
    ast.isAsExpression(expression) ||
    ast.isSatisfiesExpression(expression)
  );
}

/** Places that bind tighter than `await`, `x.y`, `x()`, `x!`, or where it is easily misread: `!x`, `...x`, `x ?? y`, `x ? y : z`. */
function bindsTighter(expression: ast.Expression): boolean {
  const { parent } = expression;
  if (ast.isPropertyAccessExpression(parent) || ast.isElementAccessExpression(parent)) {
    return parent.expression === expression;
  }
  if (ast.isCallExpression(parent) || ast.isNewExpression(parent)) {
    return parent.expression === expression;
  }
  if (ast.isTaggedTemplateExpression(parent)) return parent.tag === expression;
  if (ast.isConditionalExpression(parent)) return parent.condition === expression;
  if (ast.isBinaryExpression(parent)) return !isAssignment(parent) && !isComma(parent);
  if (ast.isSpreadAssignment(parent) || ast.isSpreadElement(parent)) return true;
  return ast.isNonNullExpression(parent) || ast.isPrefixUnaryExpression(parent);
}

/** Makes a function async, its return type wrapped. Nothing when it is async already. */
export function asyncEdits(fn: FunctionNode): readonly Edit[] {
  if (isAsync(fn)) return [];
  const edits = [edit.range(fn, asyncAt(fn), asyncAt(fn), 'async ')];
  if (fn.type === undefined || isPromiseType(fn.type)) return edits;
  return [...edits, edit.replace(fn.type, `Promise<${fn.type.getText()}>`)];
}

/** Where `async` goes: before `function`, a method's name or an arrow's parameters, after other modifiers. */
function asyncAt(fn: FunctionNode): number {
  const modifiers = fn.modifiers ?? [];
  const last = modifiers.at(-1);
  if (last === undefined) return fn.getStart();
  return ast.skipTrivia(fn.getSourceFile().text, last.end);
}

/** Whether a type is written `Promise<…>`. */
export function isPromiseType(type: ast.TypeNode): boolean {
  return ast.isTypeReferenceNode(type) && type.typeName.getText() === 'Promise';
}

/** Whether an expression's value is what its whole statement is about: `f();` */
export function isStatementExpression(node: ast.Expression): boolean {
  return ast.isExpressionStatement(wrapped(node).parent);
}
