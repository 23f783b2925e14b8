/**
 * What makes a collection grow with use: a query without a limit hands out as many rows as there are, a request as many
 * values as its sender likes, and what is there for other programs to call is given as many as these like. Followed
 * through variables, members and functions of the project, and to their callers.
 */
import * as ast from '#ast';
import { isHandmade } from '#catalog';
import type { CallSites } from '../chains/call-sites.ts';
import type { Target, Targets } from '../effects/targets.ts';
import type { Origins } from '../names/origins.ts';
import {
  collect,
  type FunctionNode,
  isFunction,
  isLogical,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';
import { CUTTING } from '../sizes/collection-calls.ts';
import { additionsTo, assignmentsTo, type Repeater } from '../sizes/growth.ts';
import type { Sizes } from '../sizes/sizes.ts';
import { isTurnedAway } from '../sizes/turned-away.ts';
import { isQuery, keysWanted } from './queries.ts';
import { isOfRequest } from './requests.ts';

/** Where as many values come from as there happen to be. */
export interface GrowthSource {
  readonly kind: 'rows' | 'request' | 'caller';
  /** The query, what stands for a part of the request, or the parameter that other programs give. */
  readonly node: ast.Node;
}

/** Functions whose calls are being followed, into them and out of them. */
interface Way {
  readonly entered: ReadonlyMap<FunctionNode, ast.CallExpression>;
  readonly steps: number;
}

/** So far, and no further. */
const MOST_STEPS = 24;
const MOST_CALLS = 4;

/** Methods that hand on values of their receiver, or one for each. */
const PASSING =
  'filter map flatMap slice sort toSorted reverse toReversed concat flat keys values entries toArray';

/** Functions that do the same for their first argument. */
const PASSING_ON =
  'from keys values entries all allSettled uniq uniqBy unique compact sortBy orderBy filter map flatMap flatten without difference union';

const METHODS = new Set(PASSING.split(' '));
const FUNCTIONS = new Set(PASSING_ON.split(' '));

/** Members of a query's result that hold its rows. */
const ROWS = new Set('rows docs items Items hits recordset data results'.split(' '));

/** Finds what makes collections grow. */
export class Sources {
  readonly #origins: Origins;
  readonly #sizes: Sizes;
  readonly #targets: Targets;
  readonly #callSites: CallSites;

  constructor(
    { origins, sizes }: { readonly origins: Origins; readonly sizes: Sizes },
    targets: Targets,
    callSites: CallSites,
  ) {
    this.#origins = origins;
    this.#sizes = sizes;
    this.#targets = targets;
    this.#callSites = callSites;
  }

  /** The query or the request that decides how many values a collection holds. */
  of(items: ast.Expression): GrowthSource | undefined {
    return this.#of(items, { entered: new Map(), steps: 0 });
  }

  #of(node: ast.Expression, from: Way): GrowthSource | undefined {
    const way = { ...from, steps: from.steps + 1 };
    const at = unwrap(node);
    if (way.steps > MOST_STEPS) return undefined;
    if (isList(at) && (isHandmade(at.getText()) || isTurnedAway(at))) return undefined;
    if (isOfRequest(at, this.#origins)) return { kind: 'request', node: at };
    if (ast.isAwaitExpression(at)) return this.#of(at.expression, way);
    if (ast.isConditionalExpression(at)) return this.#any([at.whenTrue, at.whenFalse], way);
    if (isLogical(at)) return this.#any([at.left, at.right], way);
    if (ast.isArrayLiteralExpression(at)) {
      return this.#any(
        at.elements.filter(ast.isSpreadElement).map(({ expression }) => expression),
        way,
      );
    }
    if (ast.isNewExpression(at)) return this.#any(at.arguments?.slice(0, 1) ?? [], way);
    if (ast.isCallExpression(at)) return this.#called(at, way);
    if (ast.isIdentifier(at)) return this.#named(at, way);
    return ast.isPropertyAccessExpression(at) ? this.#member(at, way) : undefined;
  }

  #any(nodes: readonly ast.Expression[], way: Way): GrowthSource | undefined {
    for (const node of nodes) {
      const source = this.#of(node, way);
      if (source !== undefined) return source;
    }
    return undefined;
  }

  #called(call: ast.CallExpression, way: Way): GrowthSource | undefined {
    const callee = unwrap(call.expression);
    const name = ast.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (CUTTING.test(name)) return undefined;
    const target = this.#targets.of(callee);
    const isRead = target.kind === 'known' && target.effect.reads === 'database';
    if (!isRead && isMethodCall(call) && METHODS.has(name)) {
      return this.#any([call.expression.expression, ...call.arguments.filter(isList)], way);
    }
    if (!isRead && FUNCTIONS.has(name)) return this.#any(call.arguments.slice(0, 1), way);
    const keys = keysWanted(call);
    if (keys.length > 0) return this.#any(keys, way);
    const returned = target.kind === 'function' ? this.#returned(target.fn, call, way) : undefined;
    return returned ?? this.#rows(call, target);
  }

  #rows(call: ast.CallExpression, target: Target): GrowthSource | undefined {
    const isOpen = isQuery(call, target) && this.#sizes.of(call).kind === 'input';
    return isOpen ? { kind: 'rows', node: call } : undefined;
  }

  #returned(fn: FunctionNode, call: ast.CallExpression, way: Way): GrowthSource | undefined {
    const { body } = fn;
    if (body === undefined || way.entered.has(fn) || way.entered.size >= MOST_CALLS)
      return undefined;
    const entered = new Map(way.entered).set(fn, call);
    const returns = ast.isBlock(body)
      ? collect(body, ast.isReturnStatement).flatMap(({ expression }) => expression ?? [])
      : [body];
    return this.#any(returns, { ...way, entered });
  }

  #named(name: ast.Identifier, way: Way): GrowthSource | undefined {
    const declaration = this.#origins.localOf(name);
    if (declaration === undefined) return undefined;
    if (ast.isVariableDeclaration(declaration)) return this.#variable(declaration, way);
    if (ast.isParameterDeclaration(declaration)) return this.#passed(declaration, undefined, way);
    return ast.isBindingElement(declaration) ? this.#takenOut(declaration, way) : undefined;
  }

  #variable(declaration: ast.VariableDeclaration, way: Way): GrowthSource | undefined {
    const { initializer } = declaration;
    const given = [...(initializer ? [initializer] : []), ...assignmentsTo(declaration)];
    const fillers = additionsTo(declaration).flatMap(({ values, repeaters = [] }) => [
      ...values.filter(ast.isSpreadElement).map(({ expression }) => expression),
      ...repeaters.flatMap((one) => itemsOf(one) ?? []),
    ]);
    return this.#any([...given, ...fillers], way);
  }

  /** `const { rows } = await pool.query(…)`, `const [users, posts] = await Promise.all([…])`, `({ ids }) => …`. */
  #takenOut(element: ast.BindingElement, way: Way): GrowthSource | undefined {
    const { parent: pattern } = element;
    const holder = pattern.parent;
    const key = (element.propertyName ?? element.name)?.getText() ?? '';
    if (ast.isParameterDeclaration(holder)) return this.#passed(holder, key, way);
    if (!ast.isVariableDeclaration(holder) || holder.initializer === undefined) return undefined;
    if (!ast.isArrayBindingPattern(pattern)) {
      return ROWS.has(key)
        ? this.#of(holder.initializer, way)
        : this.#ofField(holder.initializer, key, way);
    }
    const index = pattern.elements.indexOf(element);
    const list = listIn(holder.initializer);
    const value = list?.elements[index];
    if (value !== undefined) return this.#of(value, way);
    return index === 0 && list === undefined ? this.#of(holder.initializer, way) : undefined;
  }

  #member(at: ast.PropertyAccessExpression, way: Way): GrowthSource | undefined {
    if (ROWS.has(at.name.text)) {
      const source = this.#of(at.expression, way);
      if (source !== undefined) return source;
    }
    return this.#ofField(at.expression, at.name.text, way);
  }

  /** What callers put into a field of an object that they hand over. */
  #ofField(object: ast.Expression, key: string, way: Way): GrowthSource | undefined {
    const at = unwrap(object);
    const declaration = ast.isIdentifier(at) ? this.#origins.localOf(at) : undefined;
    if (declaration === undefined || !ast.isParameterDeclaration(declaration)) return undefined;
    return this.#passed(declaration, key, way);
  }

  /** What is handed to a parameter, or to a field of it: by the call that led here, else by any. */
  #passed(
    parameter: ast.ParameterDeclaration,
    key: string | undefined,
    way: Way,
  ): GrowthSource | undefined {
    const fn = parameter.parent;
    if (!isFunction(fn) || parameter.dotDotDotToken) return undefined;
    const index = fn.parameters.indexOf(parameter);
    const led = way.entered.get(fn);
    if (led === undefined && way.entered.size >= MOST_CALLS) return undefined;
    for (const call of led ? [led] : this.#callSites.of(fn)) {
      const entered = new Map(way.entered);
      if (led === undefined) entered.set(fn, call);
      else entered.delete(fn);
      const given = argumentAt(call, index, key);
      if (given === undefined || this.#sizes.of(given).kind !== 'input') continue;
      const source = this.#of(given, { ...way, entered });
      if (source !== undefined) return source;
    }
    const isForOthers = way.entered.size === 0 && this.#callSites.isForOthers(fn);
    return isForOthers ? { kind: 'caller', node: parameter } : undefined;
  }
}

/** What a call gives for a parameter, or for a field of it. */
function argumentAt(
  call: ast.CallExpression,
  index: number,
  key: string | undefined,
): ast.Expression | undefined {
  if (call.arguments.slice(0, index + 1).some(ast.isSpreadElement)) return undefined;
  const given = call.arguments[index];
  if (given === undefined || key === undefined) return given;
  const at = unwrap(given);
  if (!ast.isObjectLiteralExpression(at)) return undefined;
  for (const property of at.properties) {
    if (!('name' in property) || property.name?.getText() !== key) continue;
    if (ast.isPropertyAssignment(property)) return property.initializer;
    if (ast.isShorthandPropertyAssignment(property) && ast.isIdentifier(property.name)) {
      return property.name;
    }
  }
  return undefined;
}

/** What a loop, or a method that calls a function for each element, goes through. */
function itemsOf(repeater: Repeater): ast.Expression | undefined {
  if (ast.isForOfStatement(repeater)) return repeater.expression;
  return isMethodCall(repeater) ? repeater.expression.expression : undefined;
}

/** The list of `await Promise.all([…])`. */
function listIn(node: ast.Expression): ast.ArrayLiteralExpression | undefined {
  let at = unwrap(node);
  if (ast.isAwaitExpression(at)) at = unwrap(at.expression);
  const [first] = isMethodCall(at, 'all') ? at.arguments : [];
  const list = first ? unwrap(first) : at;
  return ast.isArrayLiteralExpression(list) ? list : undefined;
}

function isList(node: ast.Expression): boolean {
  const at = unwrap(node);
  return ast.isIdentifier(at) || ast.isPropertyAccessExpression(at);
}
