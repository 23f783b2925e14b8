/** What is handed to `Promise.all` and its like. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isStaticCall } from '../shape/statics.ts';
import { isLogical, type MethodCall, unwrap } from '../shape/syntax.ts';
import { castRound } from './asyncify.ts';

/** `Promise.all([…])` and its like, with the list written out. */
export interface Combination {
  readonly call: MethodCall;
  readonly list: ast.ArrayLiteralExpression;
}

/** The members of `Promise` that take many. */
export const COMBINATORS: readonly string[] = ['all', 'allSettled', 'any', 'race'];

/** Whether a node is `Promise.all(…)` or its like, by the tree alone. */
export function isCombinator(node: ast.Node): node is MethodCall {
  return isStaticCall(node, ...COMBINATORS);
}

/** Whether a call is what `Promise.all(…)` or its like is given. */
export function isGathered({ parent }: ast.CallExpression): boolean {
  return isCombinator(parent);
}

/** The combination that a call makes, if its list stands in it. */
export function combinationOf(call: ast.CallExpression): Combination | undefined {
  if (!isCombinator(call)) return undefined;
  const [argument, ...more] = call.arguments;
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

/** Puts `Promise.all(…)` round a list, after a word such as `await `; where there may be no list, an empty one stands in. */
export function gatheredEdits(
  list: ast.Expression,
  mayBeMissing: boolean,
  word = '',
): readonly Edit[] {
  const at = castRound(list);
  const isOpen = mayBeMissing && (ast.isBinaryExpression(at) || ast.isConditionalExpression(at));
  const [before, after] = isOpen ? ['(', ')'] : ['', ''];
  return [
    edit.before(at, `${word}Promise.all(${before}`),
    edit.after(at, `${after}${mayBeMissing ? ' ?? []' : ''})`),
  ];
}
