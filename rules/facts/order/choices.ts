/** Values of which only some are waited for: `c ? await f() : undefined`, `known ?? (await f())`. */
import * as ast from '#ast';
import { isLogical } from '../shape/syntax.ts';

/** A value that is waited for, or one of several of which some are. */
export interface Choice {
  readonly awaits: readonly ast.AwaitExpression[];
  /** What decides which it is, in the order of the code. */
  readonly deciding: readonly ast.Expression[];
  /** What it is where nothing is waited for: `undefined`, `known`. */
  readonly others: readonly ast.Expression[];
}

/** The choices that a value is made by, if it is waited for in any of them. */
export function choiceOf(value: ast.Expression): Choice | undefined {
  const choice = outcome(value);
  return choice.awaits.length > 0 ? choice : undefined;
}

/** An `await` with the parentheses round it, as there are in `known ?? (await f())`. */
export function bracketed(node: ast.AwaitExpression): ast.Node {
  let at: ast.Node = node;
  while (ast.isParenthesizedExpression(at.parent)) at = at.parent;
  return at;
}

function outcome(value: ast.Expression): Choice {
  let at = value;
  while (ast.isParenthesizedExpression(at)) at = at.expression;
  if (ast.isAwaitExpression(at)) return { awaits: [at], deciding: [], others: [] };
  if (ast.isConditionalExpression(at)) {
    return joined([at.condition], [], outcome(at.whenTrue), outcome(at.whenFalse));
  }
  if (!isLogical(at)) return { awaits: [], deciding: [], others: [at] };
  const isAnd = at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken;
  return joined([at.left], isAnd ? [] : [at.left], outcome(at.right));
}

function joined(
  deciding: readonly ast.Expression[],
  others: readonly ast.Expression[],
  ...outcomes: readonly Choice[]
): Choice {
  return {
    awaits: outcomes.flatMap((one) => one.awaits),
    deciding: [...deciding, ...outcomes.flatMap((one) => one.deciding)],
    others: [...others, ...outcomes.flatMap((one) => one.others)],
  };
}
