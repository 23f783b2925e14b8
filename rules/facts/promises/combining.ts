/** What is handed to `Promise.all` and its like. */
import * as ast from '#ast';
import { isLogical, isMethodCall, type MethodCall, unwrap } from '../shape/syntax.ts';

/** `Promise.all([…])` and its like, with the list written out. */
export interface Combination {
  readonly call: MethodCall;
  readonly list: ast.ArrayLiteralExpression;
}

/** The members of `Promise` that take many. */
export const COMBINATORS: readonly string[] = ['all', 'allSettled', 'any', 'race'];

/** The combination that a call makes, if its list stands in it. */
export function combinationOf(call: ast.CallExpression): Combination | undefined {
  if (!isMethodCall(call, ...COMBINATORS)) return undefined;
  const { expression } = call.expression;
  const [argument, ...more] = call.arguments;
  if (!ast.isIdentifier(expression) || expression.text !== 'Promise') return undefined;
  const list = argument && unwrap(argument);
  if (list === undefined || more.length > 0 || !ast.isArrayLiteralExpression(list))
    return undefined;
  return { call, list };
}

/** The awaits that an element's value is the value of: `await a()`, both of `x ? await a() : await b()`. */
export function awaitsAs(element: ast.Expression): readonly ast.AwaitExpression[] {
  const at = unwrap(element);
  if (ast.isAwaitExpression(at)) return [at];
  if (ast.isConditionalExpression(at)) return [...awaitsAs(at.whenTrue), ...awaitsAs(at.whenFalse)];
  if (!isLogical(at)) return [];
  return at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken ? awaitsAs(at.right) : [];
}
