/** Whether what code looks at is the same before and after a wait, whatever others do meanwhile. */
import type * as ast from '#ast';
import type { Effect } from '../effects/places.ts';
import type { Scopes } from '../names/scopes.ts';
import { enclosingFunction } from '../shape/syntax.ts';

/** Members that tell how far something is, and change while others wait. */
const VOLATILE =
  /abort|cancel|clos(?:e|ing)|destroy|dispos|^current$|done|finish|^ended|stopp|mounted|signal|readyState|connected|running|loading|pending|headersSent|writable|^size$/i;

/** Members of enums and other constants. */
const CONSTANT = /^[A-Z][A-Z\d_]*$/;

/** Whether what is read is the same before and after a wait. */
export function isSteady(
  { place, node }: Effect,
  statement: ast.Statement,
  scopes: Scopes,
): boolean {
  if (place.kind === 'resource') return place.resource !== 'time' && place.resource !== 'random';
  if (place.kind === 'variable') {
    return place.imported || isOwn(place.declaration, place.name, node, statement, scopes);
  }
  const { root, name } = place;
  if (CONSTANT.test(name) || node.getText().startsWith('process.env')) return true;
  if (root.kind !== 'variable' || VOLATILE.test(name) || name === '*') return false;
  return enclosingFunction(root.declaration) !== undefined;
}

/** A variable that never changes, or that only this call of the function can change. */
function isOwn(
  declaration: ast.Node,
  name: string,
  node: ast.Node,
  statement: ast.Statement,
  scopes: Scopes,
): boolean {
  const binding = scopes.lookup(name, node);
  if (binding === undefined || binding.declaration !== declaration) return false;
  if (scopes.isConstant(binding)) return true;
  const own = enclosingFunction(statement);
  return [declaration, ...scopes.writes(binding)].every((one) => enclosingFunction(one) === own);
}
