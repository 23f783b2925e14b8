/**
 * Promises that a loop goes through one by one. All are under way before the loop waits for the first, so that those
 * further down have no handler yet, unless they were given one where they were made or before the loop.
 */
import * as ast from '#ast';
import type { Type } from '#program';
import type { Scopes } from '../names/scopes.ts';
import type { Promises } from '../promises/promises.ts';
import {
  collect,
  contains,
  enclosingFunction,
  type FunctionNode,
  isAsync,
  isFunctionExpression,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';

/** A loop over a list of promises that are under way. */
export interface PromiseLoop {
  /** Awaits in the body of what the loop takes from the list; none for `for await`. */
  readonly awaits: readonly ast.AwaitExpression[];
}

/** `heard`: none rejects unheard. `unknown`: out of sight, where somebody may have seen to it. */
type Made = readonly Maker[] | 'heard' | 'unknown';

/** An expression that makes a promise, or a function that makes one of each item. */
type Maker = ast.Expression;

/** What has to be asked about values and single promises. */
interface Values {
  readonly calls: { readonly scopes: Scopes };
  readonly promises: Promises;
  typeOf(node: ast.Node): Type | undefined;
  neverRejects(node: ast.Expression): boolean;
  hearsItself(fn: FunctionNode): boolean;
}

/** Methods whose result holds nothing but what the receiver holds. */
const PARTS = new Set([
  'slice',
  'filter',
  'reverse',
  'toReversed',
  'toSorted',
  'values',
  'entries',
]);

/** Uses of a collection that leave its promises alone. */
const FILLS = new Set(['push', 'unshift', 'add']);

/** The loop, if it waits for promises one by one while the others have no handler. */
export function promiseLoop(loop: ast.ForOfStatement, values: Values): PromiseLoop | undefined {
  const { scopes } = values.calls;
  const isAwaiting = loop.awaitModifier !== undefined;
  const awaits = isAwaiting ? [] : awaitsOfItem(loop, scopes);
  const [first] = awaits;
  if (!isAwaiting && first === undefined) return undefined;
  const started = startedIn(loop.expression, first?.expression, values);
  if (started === undefined) return undefined;
  const made = new Makers(loop, scopes).of(loop.expression);
  if (made === 'heard') return undefined;
  if (made === 'unknown' && !(isAwaiting && started === 'list')) return undefined;
  const isHeard = made !== 'unknown' && made.length > 0 && made.every((one) => hears(one, values));
  return isHeard ? undefined : { awaits };
}

/**
 * What holds the promises of a loop: only lists and sets have all of theirs before the loop begins; classes that extend
 * `Promise` may begin when awaited.
 */
function startedIn(
  held: ast.Expression,
  item: ast.Expression | undefined,
  values: Values,
): 'list' | 'set' | undefined {
  const { promises } = values;
  const type = values.typeOf(held);
  const elements = type && (promises.elements(type) ?? promises.members(type));
  if (type === undefined || elements === undefined) return undefined;
  const taken = item === undefined ? elements : [values.typeOf(item)];
  if (!taken.some((one) => one !== undefined && promises.isPlain(one))) return undefined;
  return promises.elements(type) === undefined ? 'set' : 'list';
}

function awaitsOfItem(loop: ast.ForOfStatement, scopes: Scopes): readonly ast.AwaitExpression[] {
  if (!/\bawait\b/.test(loop.statement.getText())) return [];
  return collect(loop.statement, ast.isAwaitExpression).filter(({ expression }) => {
    const at = unwrap(expression);
    const declaration = ast.isIdentifier(at) ? scopes.declarationOf(at) : undefined;
    return declaration !== undefined && contains(loop.initializer, declaration);
  });
}

function hears(maker: Maker, hearing: Values): boolean {
  if (!isFunctionExpression(maker)) return hearing.neverRejects(maker);
  if (isAsync(maker)) return hearing.hearsItself(maker);
  if (!ast.isBlock(maker.body)) return hearing.neverRejects(maker.body);
  const returns = collect(maker.body, ast.isReturnStatement);
  return returns.every(
    ({ expression }) => expression === undefined || hearing.neverRejects(expression),
  );
}

/** Looks for what made the promises. */
class Makers {
  readonly #loop: ast.ForOfStatement;
  readonly #scopes: Scopes;

  constructor(loop: ast.ForOfStatement, scopes: Scopes) {
    this.#loop = loop;
    this.#scopes = scopes;
  }

  of(collection: ast.Expression): Made {
    const at = unwrap(collection);
    if (ast.isArrayLiteralExpression(at)) return this.#all(at.elements);
    if (ast.isObjectLiteralExpression(at)) {
      return at.properties.flatMap((one) =>
        ast.isPropertyAssignment(one) ? [unwrap(one.initializer)] : [],
      );
    }
    if (ast.isIdentifier(at)) return this.#named(at);
    if (ast.isNewExpression(at)) return this.#filled(at);
    if (!ast.isCallExpression(at)) return 'unknown';
    if (isMethodCall(at, 'map')) return at.arguments.slice(0, 1).map(unwrap);
    if (!isMethodCall(at)) return [];
    const { expression, name } = at.expression;
    const [given] = at.arguments;
    if (expression.getText() === 'Object' && given !== undefined) return this.of(given);
    return PARTS.has(name.text) ? this.of(expression) : [];
  }

  /** `new Set(xs)` holds what `xs` holds. */
  #filled({ expression, arguments: all }: ast.NewExpression): Made {
    const given = all?.[0];
    return given !== undefined && expression.getText() === 'Set' ? this.of(given) : 'unknown';
  }

  #all(elements: readonly ast.Expression[]): Made {
    const makers: Maker[] = [];
    for (const element of elements) {
      if (!ast.isSpreadElement(element)) makers.push(unwrap(element));
      else {
        const more = this.of(element.expression);
        if (typeof more === 'string') return more;
        makers.push(...more);
      }
    }
    return makers;
  }

  /** A variable of the same function, which nothing but the loop looks at. */
  #named(name: ast.Identifier): Made {
    const binding = this.#scopes.of(name);
    const declaration = binding?.declaration;
    if (binding === undefined || declaration === undefined) return 'unknown';
    if (!ast.isVariableDeclaration(declaration) || declaration.initializer === undefined) {
      return 'unknown';
    }
    if (enclosingFunction(declaration) !== enclosingFunction(this.#loop)) return 'unknown';
    const made = this.of(declaration.initializer);
    if (typeof made === 'string') return made;
    const makers = [...made];
    for (const use of collect(binding.scope, ast.isIdentifier, { intoFunctions: true })) {
      if (
        use.text !== name.text ||
        use === declaration.name ||
        use.pos >= this.#loop.expression.pos
      )
        continue;
      if (this.#scopes.of(use) !== binding) continue;
      const added = addedBy(use);
      if (added === undefined) return 'heard';
      makers.push(...added);
    }
    return makers;
  }
}

/** What a use of a collection adds to it; nothing where the use may be the one that hears the promises. */
function addedBy({ parent }: ast.Identifier): readonly Maker[] | undefined {
  if (ast.isElementAccessExpression(parent)) {
    const assignment = parent.parent;
    const isTarget = ast.isBinaryExpression(assignment) && assignment.left === parent;
    return isTarget ? [unwrap(assignment.right)] : undefined;
  }
  if (!ast.isPropertyAccessExpression(parent)) return undefined;
  if (parent.name.text === 'length') return [];
  const call = parent.parent;
  if (!FILLS.has(parent.name.text) || !ast.isCallExpression(call)) return undefined;
  return call.arguments.map(unwrap);
}
