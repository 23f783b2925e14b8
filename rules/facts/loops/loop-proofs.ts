/**
 * Whether the turns of a loop could overlap. They may when each only reads, and what it hands on goes into a collection
 * that nobody looks at before the loop is over, or into a property of its own item. Everything that is not known, that is
 * written outside, or that takes place in a transaction keeps its order.
 */
import * as ast from '#ast';
import { describePlace, mayMeet } from '../effects/commuting.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { guessOf } from '../effects/guesses.ts';
import type { Effect, Effects, Place, Reason, Resource } from '../effects/places.ts';
import { calleeOf } from '../effects/targets.ts';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import { surroundingsOf } from '../shape/surroundings.ts';
import { contains, isFunction, isMethodCall, unwrap, walk, wrapped } from '../shape/syntax.ts';
import type { Loop } from '../sizes/growth.ts';
import { type Collecting, collectingAt } from './collecting.ts';
import { partsOf } from './loop-parts.ts';
import { sourceOf } from './loop-sources.ts';

/** A loop whose turns could overlap. */
export interface OverlappingLoop {
  readonly loop: Loop;
  /** The `await` that waits for something outside. */
  readonly await: ast.AwaitExpression;
  readonly effects: Effects;
  /** Statements that hand a turn's result on. */
  readonly collecting: readonly Collecting[];
}

/** What takes time without the program's doing, and may be asked for twice at the same time. */
const SLOW: ReadonlySet<Resource> = new Set(['filesystem', 'network', 'database']);

/** What one use of does not disturb another. */
const FREE: ReadonlySet<Resource> = new Set(['log', 'time', 'random']);

/** Proves that turns are independent. */
export class LoopProofs {
  readonly #effects: EffectAnalysis;
  readonly #scopes: Scopes;

  constructor(effects: EffectAnalysis) {
    this.#effects = effects;
    this.#scopes = effects.scopes;
  }

  /** The proof, or nothing where some turn may bear on another. */
  of(loop: Loop): OverlappingLoop | undefined {
    const proof = this.argue(loop);
    return 'why' in proof ? undefined : proof;
  }

  /** The proof, or why there is none. */
  argue(loop: Loop): OverlappingLoop | Reason {
    const { awaits } = partsOf(loop);
    const named = awaits.find(isNamedWrite);
    if (awaits.length === 0) return { why: 'it waits for nothing itself', node: loop };
    if (named !== undefined) return { why: 'by its name, what it waits for writes', node: named };
    const filled = this.#filledElsewhere(loop);
    if (filled !== undefined) return { why: FILLED, node: filled };
    const effects = this.#effects.of(loop.statement);
    const reason = effects.unknown ?? effects.order ?? keptAround(loop, effects);
    if (reason !== undefined) return reason;
    const collecting = this.#collecting(loop);
    const own = new Set(collecting.map(({ declaration }) => declaration));
    const harm = effects.writes.find((one) => !this.#isHarmless(one, effects, loop, own));
    if (harm !== undefined) {
      return { why: `a turn writes ${describePlace(harm.place)}`, node: harm.node };
    }
    if (isPrinting(effects, loop)) return { why: 'it prints one line after the other', node: loop };
    const slow = awaits.find((one) => isUsed(one) && this.#isSlow(one.expression));
    if (slow !== undefined) return { loop, await: slow, effects, collecting };
    return { why: 'no value that it waits for comes from outside', node: loop };
  }

  #isHarmless(
    { place }: Effect,
    { reads }: Effects,
    loop: Loop,
    collections: ReadonlySet<ast.Node>,
  ): boolean {
    if (place.kind === 'resource') return FREE.has(place.resource);
    if (place.kind === 'variable' || place.root.kind !== 'variable') return false;
    const { declaration } = place.root;
    if (collections.has(declaration)) return true;
    if (!this.#isOfItem(declaration, loop)) return false;
    return !reads.some((read) => mayBeSeen(place, read.place));
  }

  /** Whether a variable holds the item, or all items when the body reaches them by its own item only. */
  #isOfItem(declaration: ast.Node, loop: Loop): boolean {
    const item = itemOf(loop);
    if (item === undefined || !ast.isForOfStatement(loop)) return false;
    if (declaration === item) return true;
    const items = unwrap(loop.expression);
    if (!ast.isIdentifier(items) || this.#scopes.declarationOf(items) !== declaration) return false;
    return usesOf(items.text, loop.statement).length === 0;
  }

  /** Where another function adds to what a loop goes through, which may be while the loop waits. */
  #filledElsewhere(loop: Loop): ast.Node | undefined {
    const items = sourceOf(loop)?.items;
    const name = items && iteratedBy(items);
    const binding = name && this.#scopes.of(name);
    if (binding === undefined) return undefined;
    if (functionAround(binding.declaration) === functionAround(loop)) return undefined;
    return usesOf(binding.name, binding.scope).find((use) => {
      return changesInPlace(use) && this.#scopes.declarationOf(use) === binding.declaration;
    });
  }

  #isSlow(expression: ast.Expression): boolean {
    const { reads } = this.#effects.of(expression);
    return reads.some(({ place }) => place.kind === 'resource' && SLOW.has(place.resource));
  }

  /** What the loop's body hands on to collections that are used for nothing else before the loop is over. */
  #collecting(loop: Loop): readonly Collecting[] {
    const found: Collecting[] = [];
    walk(loop.statement, (node) => {
      const one = ast.isStatement(node) ? collectingAt(node, this.#scopes) : undefined;
      if (one !== undefined) found.push(one);
    });
    return found.filter((one) => this.#isPrivate(one, loop, found));
  }

  #isPrivate({ declaration, name }: Collecting, loop: Loop, all: readonly Collecting[]): boolean {
    const scope = this.#scopes.of(name)?.scope;
    if (scope === undefined || contains(loop.statement, declaration)) return false;
    if (!isMadeHere(declaration, loop) || isSeenInCatch(declaration, loop)) return false;
    const handing = new Set<ast.Node>(all.map((one) => one.name));
    return usesOf(name.text, scope)
      .filter((use) => use.parent !== declaration && !handing.has(use))
      .filter((use) => this.#scopes.declarationOf(use) === declaration)
      .every((use) => use.pos >= loop.end || isFilledBefore(use, loop));
  }
}

/** `await save(user)`: what is called a write is taken for one, which spares looking into it. */
function isNamedWrite({ expression }: ast.AwaitExpression): boolean {
  const call = unwrap(expression);
  return ast.isCallExpression(call) && guessOf(call)?.writes !== undefined;
}

/** Whether a turn may look at what another has written: the same item may come twice. */
function mayBeSeen(written: PropertyPlace, read: Place): boolean {
  if (read.kind !== 'property' || !mayMeet(read, written)) return false;
  const isSame =
    read.root.kind === 'variable' &&
    written.root.kind === 'variable' &&
    read.root.declaration === written.root.declaration;
  // What is handed on is read as a whole: `load(user.id)` looks at all of the id, not of the user.
  return !isSame || read.name === written.name || !read.root.within;
}

type PropertyPlace = Extract<Place, { kind: 'property' }>;

const FILLED = 'something else adds to what it goes through';

/** `xs` of `xs`, `xs.entries()`, `xs.keys()` and `xs.values()`. */
function iteratedBy(items: ast.Expression): ast.Identifier | undefined {
  const at = unwrap(items);
  if (isMethodCall(at, 'entries', 'keys', 'values')) return iteratedBy(at.expression.expression);
  return ast.isIdentifier(at) ? at : undefined;
}

/** `xs.push(x)`, and the other methods that change how many there are. */
function changesInPlace({ parent }: ast.Identifier): boolean {
  const call = parent.parent;
  return (
    ast.isPropertyAccessExpression(parent) &&
    isMethodCall(call, 'push', 'pop', 'shift', 'unshift', 'splice', 'add', 'set', 'delete', 'clear')
  );
}

/** A new collection of the same function as the loop. */
function isMadeHere(declaration: ast.Node, loop: Loop): boolean {
  if (!ast.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return false;
  const made = unwrap(declaration.initializer);
  const isNew =
    ast.isArrayLiteralExpression(made) ||
    ast.isObjectLiteralExpression(made) ||
    (ast.isNewExpression(made) && /^(?:Map|Set|Array)$/.test(calleeOf(made).getText()));
  return isNew && functionAround(declaration) === functionAround(loop);
}

/** After a failure a `catch` would see a part of the results, and not the same part. */
function isSeenInCatch(declaration: ast.Node, loop: Loop): boolean {
  for (let at: ast.Node = loop; at.parent !== undefined && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (!ast.isTryStatement(parent) || parent.tryBlock !== at) continue;
    if (!contains(parent.tryBlock, declaration)) return true;
  }
  return false;
}

/** `xs.push('first');` before the loop, in the same function. */
function isFilledBefore(name: ast.Identifier, loop: Loop): boolean {
  const access = name.parent;
  return (
    name.end <= loop.pos &&
    functionAround(name) === functionAround(loop) &&
    ast.isPropertyAccessExpression(access) &&
    ast.isCallExpression(access.parent) &&
    ast.isExpressionStatement(access.parent.parent)
  );
}

/** The variable that holds the item of a turn. */
function itemOf(loop: Loop): ast.Node | undefined {
  if (!ast.isForOfStatement(loop) || !ast.isVariableDeclarationList(loop.initializer)) {
    return undefined;
  }
  const [item] = loop.initializer.declarations;
  return item && ast.isIdentifier(item.name) ? item : undefined;
}

/** What is waited for and thrown away is done for something that nobody sees here. */
function isUsed(node: ast.AwaitExpression): boolean {
  return !ast.isExpressionStatement(wrapped(node).parent);
}

/** A loop that only prints is there for what it prints, in that order. */
function isPrinting({ writes }: Effects, loop: Loop): boolean {
  const isLog = ({ place }: Effect) => place.kind === 'resource' && place.resource === 'log';
  return writes.every(isLog) && writes.some(({ node }) => !isInCatch(node, loop));
}

function isInCatch(node: ast.Node, loop: Loop): boolean {
  for (let at = node; at !== loop && at.parent !== undefined; at = at.parent) {
    if (ast.isCatchClause(at)) return true;
  }
  return false;
}

/** What stands round a loop, or is shared by its turns, and keeps them in order. */
function keptAround(loop: Loop, { reads, writes }: Effects): Reason | undefined {
  const { keepsOrder } = surroundingsOf(loop);
  if (keepsOrder !== undefined) return { why: keepsOrder, node: loop };
  const session = [...reads, ...writes].find(
    ({ place }) => place.kind === 'resource' && place.resource === 'session',
  );
  return session && { why: 'all turns use one session', node: session.node };
}

function functionAround(node: ast.Node): ast.Node {
  let at = node;
  while (at.parent !== undefined && !isFunction(at)) at = at.parent;
  return at;
}
