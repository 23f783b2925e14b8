/**
 * Expressions that their author has put side by side into one list, saying that none needs another. What is not known is
 * taken at the author's word; what is known to disturb one another is not, nor what is called as if it did (`saveUser`
 * before `loadUsers`), nor guards, sessions and pauses.
 */
import * as ast from '#ast';
import { mayMeet } from '../effects/commuting.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { isGuard } from '../effects/guards.ts';
import { guessOf } from '../effects/guesses.ts';
import type { Effect, Effects, Resource, Root } from '../effects/places.ts';
import { handsSessionOn, isSessionReceiver } from '../effects/sessions.ts';
import { isCallLike } from '../effects/targets.ts';
import { collect, unwrap } from '../shape/syntax.ts';

/** Whether the first of two expressions has to be over before the second starts, whatever their list says. */
export function holdsBack(
  earlier: ast.Expression,
  later: ast.Expression,
  effects: EffectAnalysis,
): boolean {
  const calls = collect(earlier, ast.isCallExpression);
  if (calls.some((call) => isGuard(call) || pauses(call))) return true;
  if (
    [...calls, ...collect(later, ast.isCallExpression)].some((one) => usesSession(one, effects))
  ) {
    return true;
  }
  const [before, after] = [effects.of(earlier), effects.of(later)];
  if (before.unknown === undefined && after.unknown === undefined) {
    return (before.order ?? after.order) !== undefined || disturb(before, after);
  }
  const [first, second] = [saidOf(earlier), saidOf(later)];
  return first !== undefined && second !== undefined && first !== second;
}

/** Whether one is known to change what the other looks at. Two that only write are taken at the author's word. */
function disturb(before: Effects, after: Effects): boolean {
  return (
    before.writes.some((one) => after.reads.some((other) => changes(one, other))) ||
    after.writes.some((one) => before.reads.some((other) => changes(one, other))) ||
    before.writes.some((one) => after.writes.some((other) => isOwn(one) && changes(one, other)))
  );
}

/**
 * Whether a write surely changes what is read. That objects of the same shape may be the same object is no such knowledge,
 * nor is a query of which only its name could tell that it writes.
 */
function changes(write: Effect, read: Effect): boolean {
  const [one, other] = [write.place, read.place];
  if (!mayMeet(one, other)) return false;
  if (one.kind === 'property' && other.kind === 'property')
    return isSameObject(one.root, other.root);
  if (one.kind !== 'resource' || other.kind !== 'resource') return true;
  if (isOwn(write)) return true;
  return one.resource === other.resource && saidBy(write.node) === 'writes';
}

/** What lies within the process or the machine, and is the program's own. */
function isOwn({ place }: Effect): boolean {
  return place.kind !== 'resource' || !REMOTE.has(place.resource);
}

const REMOTE: ReadonlySet<Resource> = new Set(['network', 'database', 'process']);

function isSameObject(one: Root, other: Root): boolean {
  if (one.kind !== 'variable' || other.kind !== 'variable') {
    return one.kind === 'this' && other.kind === 'this';
  }
  return one.declaration === other.declaration;
}

/** What the name of the outermost call says that it does. */
function saidOf(element: ast.Expression): 'reads' | 'writes' | undefined {
  const at = unwrap(element);
  return ast.isSpreadElement(at) ? undefined : saidBy(at);
}

function saidBy(node: ast.Node): 'reads' | 'writes' | undefined {
  const said = isCallLike(node) ? guessOf(node) : undefined;
  if (said === undefined) return undefined;
  return said.writes === undefined ? 'reads' : 'writes';
}

/** Time that passes on purpose, or a step that what follows is to find done. */
function pauses({ expression }: ast.CallExpression): boolean {
  const callee = unwrap(expression);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return /^(?:sleep|delay|wait|pause|setTimeout|init|connect|setup|prepare|login|signIn|migrate|lock|acquire)(?![a-z])/.test(
    name,
  );
}

function usesSession(call: ast.CallExpression, { scopes }: EffectAnalysis): boolean {
  if (handsSessionOn(call.arguments, scopes)) return true;
  const callee = unwrap(call.expression);
  return ast.isPropertyAccessExpression(callee) && isSessionReceiver(callee.expression, scopes);
}
