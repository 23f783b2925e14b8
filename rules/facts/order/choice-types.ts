/** Values beside those that are waited for, as `Promise.all` would type them: `known` of `known ?? (await f())`. */
import * as ast from '#ast';
import { type Program, TypeFlags } from '#program';
import type { Promises } from '../promises/promises.ts';
import { unwrap } from '../shape/syntax.ts';

/** Types that a list makes wider, or waits for. */
const CHANGED =
  TypeFlags.Any |
  TypeFlags.Unknown |
  TypeFlags.TypeParameter |
  TypeFlags.IndexedAccess |
  TypeFlags.Conditional |
  TypeFlags.Substitution |
  TypeFlags.StringLiteral |
  TypeFlags.NumberLiteral |
  TypeFlags.BigIntLiteral |
  TypeFlags.BooleanLiteral;

/**
 * Whether a value has the same type in a list of promises as beside an `await`. `0` or `'none'` may have a wider one there, `[]`
 * stays beside an array rather than becoming one with it; promises, and what may be one, would be waited for.
 */
export function keepsType(value: ast.Expression, { query }: Program, promises: Promises): boolean {
  const at = unwrap(value);
  if (at.kind === ast.SyntaxKind.NullKeyword || isUndefined(at)) return true;
  if (!ast.isIdentifier(at) && !ast.isPropertyAccessExpression(at)) return false;
  const type = query.typeAt(at);
  if (type === undefined || promises.thenable(type) !== 'never') return false;
  return query.parts(type).every(({ flags }) => (flags & CHANGED) === 0);
}

function isUndefined(node: ast.Expression): boolean {
  return ast.isIdentifier(node) && node.text === 'undefined';
}
