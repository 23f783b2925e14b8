/** How long a loop spins, as code that a timer can be given. */
import * as ast from '#ast';
import type { Calls } from '../names/calls.ts';
import { usesOf } from '../names/names.ts';
import { contains, statementsOf, unwrap } from '../shape/syntax.ts';
import { isMillisecondClock, type Spin } from './spinning.ts';

/** A time to wait, and what the loop needed for that and nothing else does. */
export interface Pause {
  /** Milliseconds, as code. */
  readonly time: string;
  /** The declaration of the end or the start, right before the loop, if only the loop uses it. */
  readonly declaration: ast.Statement | undefined;
}

/** How long a loop of a plain shape spins: `while (Date.now() < end) {}`, `while (Date.now() - start < ms) {}`. */
export function pauseOf({ loop, watches, isEmpty }: Spin, calls: Calls): Pause | undefined {
  if (watches !== 'clock' || !isEmpty || ast.isDoStatement(loop)) return undefined;
  if (ast.isForStatement(loop) && (loop.initializer || loop.incrementor)) return undefined;
  const condition = ast.isForStatement(loop) ? loop.condition : loop.expression;
  const order = condition && orderOf(unwrap(condition));
  if (order === undefined) return undefined;
  return untilEnd(order, loop, calls) ?? sinceStart(order, loop, calls);
}

/** The smaller and the larger side of a comparison. */
function orderOf(
  condition: ast.Expression,
): { readonly less: ast.Expression; readonly more: ast.Expression } | undefined {
  if (!ast.isBinaryExpression(condition)) return undefined;
  const { left, right, operatorToken } = condition;
  switch (operatorToken.kind) {
    case ast.SyntaxKind.LessThanToken:
    case ast.SyntaxKind.LessThanEqualsToken:
      return { less: unwrap(left), more: unwrap(right) };
    case ast.SyntaxKind.GreaterThanToken:
    case ast.SyntaxKind.GreaterThanEqualsToken:
      return { less: unwrap(right), more: unwrap(left) };
    default:
      return undefined;
  }
}

type Order = NonNullable<ReturnType<typeof orderOf>>;

/** `Date.now() < end`, where `end` may be `Date.now() + ms`, worked out right before. */
function untilEnd({ less, more }: Order, loop: ast.Statement, calls: Calls): Pause | undefined {
  if (!isMillisecondClock(less, calls)) return undefined;
  const before = declarationBefore(more, loop, calls);
  const summed = before && addedTo(unwrap(before.value), calls);
  if (before && summed) return paused(summed, before, loop, calls);
  return { time: `Math.max(0, ${operand(more)} - ${less.getText()})`, declaration: undefined };
}

/** `Date.now() - start < ms`, where `start` may be `Date.now()`, read right before. */
function sinceStart({ less, more }: Order, loop: ast.Statement, calls: Calls): Pause | undefined {
  if (!ast.isBinaryExpression(less)) return undefined;
  if (less.operatorToken.kind !== ast.SyntaxKind.MinusToken) return undefined;
  if (!isMillisecondClock(less.left, calls)) return undefined;
  const before = declarationBefore(less.right, loop, calls);
  if (before !== undefined && isMillisecondClock(before.value, calls)) {
    return paused(more, before, loop, calls);
  }
  return { time: `Math.max(0, ${operand(more)} - (${less.getText()}))`, declaration: undefined };
}

interface Before {
  readonly statement: ast.VariableStatement;
  readonly name: ast.Identifier;
  readonly value: ast.Expression;
}

/** `const end = …` right before the loop. */
function declarationBefore(
  use: ast.Expression,
  loop: ast.Statement,
  calls: Calls,
): Before | undefined {
  const name = unwrap(use);
  if (!ast.isIdentifier(name)) return undefined;
  const list = statementsOf(loop.parent);
  const previous = list?.[list.indexOf(loop) - 1];
  if (previous === undefined || !ast.isVariableStatement(previous)) return undefined;
  const [declaration, ...others] = previous.declarationList.declarations;
  if (declaration?.initializer === undefined || others.length > 0) return undefined;
  if (calls.scopes.declarationOf(name) !== declaration || !ast.isIdentifier(declaration.name)) {
    return undefined;
  }
  return { statement: previous, name: declaration.name, value: declaration.initializer };
}

/** `ms` in `Date.now() + ms` and in `ms + Date.now()`. */
function addedTo(value: ast.Expression, calls: Calls): ast.Expression | undefined {
  if (!ast.isBinaryExpression(value)) return undefined;
  if (value.operatorToken.kind !== ast.SyntaxKind.PlusToken) return undefined;
  if (isMillisecondClock(value.left, calls)) return value.right;
  return isMillisecondClock(value.right, calls) ? value.left : undefined;
}

/** The declaration goes when only the loop uses it; otherwise the time must be one that can be said twice. */
function paused(
  time: ast.Expression,
  { name, statement }: Before,
  loop: ast.Statement,
  { scopes }: Calls,
): Pause | undefined {
  const uses = usesOf(name.text, loop.getSourceFile()).filter((use) => {
    return scopes.declarationOf(use) === name.parent;
  });
  const isOnlyHere = uses.every((use) => use === name || contains(loop, use));
  if (isOnlyHere) return { time: time.getText(), declaration: statement };
  const isPlain = ast.isNumericLiteral(unwrap(time)) || ast.isIdentifier(unwrap(time));
  return isPlain ? { time: time.getText(), declaration: undefined } : undefined;
}

/** Code as the left side of a minus. */
function operand(node: ast.Expression): string {
  const isTight = !ast.isBinaryExpression(node) && !ast.isConditionalExpression(node);
  return isTight ? node.getText() : `(${node.getText()})`;
}
