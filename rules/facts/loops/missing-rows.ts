/** Rows that a loop creates where a read of its own finds none: a later item may have to find what an earlier one created. */
import * as ast from '#ast';
import { presenceQuestion } from '../shape/comparisons.ts';
import {
  collect,
  contains,
  isAssignment,
  isLogical,
  isMethodCall,
  isNegation,
  leaves,
  type MethodCall,
  statementsOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import type { Repetition } from './repetition.ts';

/** Methods that create a row. */
const CREATES = /^(?:create|insert)(?:One)?$/;

/** Whether a loop creates the row that a read in it looks for, where there is none. */
export function createsMissing(read: MethodCall, { loop }: Repetition): boolean {
  if (loop === undefined) return false;
  const table = tableOf(read);
  return collect(loop.statement, isMethodCall)
    .filter((call) => CREATES.test(call.expression.name.text) && tableOf(call) === table)
    .some((call) => isForMissing(call, read, loop.statement));
}

/** `prisma.user` of `prisma.user.create(…)`. */
function tableOf({ expression }: MethodCall): string {
  return expression.expression.getText();
}

/** Whether code comes to a call only where a read has found nothing. */
function isForMissing(call: ast.Node, read: MethodCall, body: ast.Node): boolean {
  for (let at = call; at !== body && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isIfStatement(parent) && at !== parent.expression) {
      if (findsRow(parent.expression, read) === (at === parent.elseStatement)) return true;
    } else if (ast.isConditionalExpression(parent) && at !== parent.condition) {
      if (findsRow(parent.condition, read) === (at === parent.whenFalse)) return true;
    } else if (isLogical(parent) && at === parent.right && isOtherwise(parent)) {
      if (contains(parent.left, read) || isRow(parent.left, read)) return true;
    }
    if (statementsOf(parent)?.some((one) => one.end <= at.pos && isLeftWith(one, read)))
      return true;
  }
  return false;
}

/** `if (row) continue;` */
function isLeftWith(statement: ast.Statement, read: MethodCall): boolean {
  if (!ast.isIfStatement(statement) || !leaves(statement.thenStatement)) return false;
  return findsRow(statement.expression, read) === true;
}

/** Whether a condition holds where a row was found, or where none was; nothing when it asks something else. */
function findsRow(condition: ast.Expression, read: MethodCall): boolean | undefined {
  const at = unwrap(condition);
  if (isRow(at, read)) return true;
  if (isNegation(at)) {
    const holds = findsRow(at.operand, read);
    return holds === undefined ? undefined : !holds;
  }
  const question = presenceQuestion(at);
  return question && isRow(question.asked, read) ? !question.holdsWithout : undefined;
}

/** `row`, or `await read()` itself. */
function isRow(node: ast.Expression, read: MethodCall): boolean {
  const at = unwrap(node);
  if (ast.isIdentifier(at)) return at.text === nameFor(read);
  return ast.isAwaitExpression(at) && contains(at, read);
}

/** The name that is given to what a read finds. */
function nameFor(read: MethodCall): string | undefined {
  let at = wrapped(read);
  while (ast.isAwaitExpression(at.parent) || isChained(at)) at = wrapped(at.parent);
  const { parent } = at;
  if (ast.isVariableDeclaration(parent) && ast.isIdentifier(parent.name)) return parent.name.text;
  const target = isAssignment(parent) ? unwrap(parent.left) : undefined;
  return target && ast.isIdentifier(target) ? target.text : undefined;
}

/** `read().lean()` */
function isChained({ parent }: ast.Node): boolean {
  return ast.isPropertyAccessExpression(parent) || isMethodCall(parent);
}

/** `??`, `||` */
function isOtherwise({ operatorToken: { kind } }: ast.BinaryExpression): boolean {
  return kind !== ast.SyntaxKind.AmpersandAmpersandToken;
}
