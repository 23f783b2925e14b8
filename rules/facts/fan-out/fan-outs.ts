/** Where one piece of work is started for each value of a collection, all at once. */
import * as ast from '#ast';
import { LIMITERS } from '#catalog/limiters.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { isOutside, isOutsideEach, isScarce } from '../effects/reach.ts';
import { isOnOuterTransaction, sharesSession } from '../effects/sessions.ts';
import type { Target } from '../effects/targets.ts';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import { isCombinator } from '../promises/combining.ts';
import { isSilentCallback } from '../shape/contexts.ts';
import {
  isFunctionExpression,
  isLogical,
  isMethodCall,
  type MethodCall,
  unwrap,
} from '../shape/syntax.ts';
import { exactly, product, type Size, UNKNOWN } from '../sizes/bounds.ts';
import { type Addition, additionsTo, isDrained, type Repeater } from '../sizes/growth.ts';
import type { Sizes } from '../sizes/sizes.ts';

/** One piece of work for each value. */
export interface FanOut {
  /** `xs.map(f)`, or the statement that pushes what was started to a list. */
  readonly node: ast.Node;
  /** The collection; of nested loops the outermost. */
  readonly items: ast.Expression;
  /** What is started: a function that is called with each value, or an expression that is evaluated for each. */
  readonly work: ast.Expression;
  readonly kind: 'called' | 'evaluated';
  /** How many are started. */
  readonly size: Size;
}

/** What is started: something known, or code. */
type Started = Target | { readonly kind: 'code'; readonly node: ast.Node };

/** Methods that hand on the values of their receiver. */
const PASSING = ['filter', 'concat', 'flat', 'slice', 'reverse', 'sort', 'values'] as const;

/** Finds what fills a list of promises. */
export class FanOuts {
  readonly #calls: Calls;
  readonly #origins: Origins;
  readonly #sizes: Sizes;
  readonly #effects: EffectAnalysis;

  constructor(calls: Calls, origins: Origins, sizes: Sizes, effects: EffectAnalysis) {
    this.#calls = calls;
    this.#origins = origins;
    this.#sizes = sizes;
    this.#effects = effects;
  }

  /** Whether a node is `Promise.all(…)` or its like, where `Promise` is the built-in. */
  isCombinator(node: ast.Node): node is MethodCall {
    return isCombinator(node) && this.#origins.lookUp('Promise', node) === undefined;
  }

  /** Whether what is started surely reaches files, the network, a database or another program. */
  reachesIo(fanOut: FanOut): boolean {
    return this.reach(fanOut) === 'yes';
  }

  /** Whether it does so once for each value: a client may make one query of all. */
  reachesIoEach(fanOut: Pick<FanOut, 'work' | 'kind'>): boolean {
    const started = this.#started(fanOut);
    if (started.kind !== 'code') return isOutsideEach(started);
    return this.#effects.reachesIoEach(started.node);
  }

  /** Whether what is started surely takes connections, open files or processes, of which there are only so many. */
  takesScarce(fanOut: FanOut): boolean {
    const started = this.#started(fanOut);
    return started.kind === 'code' ? this.#effects.takesScarce(started.node) : isScarce(started);
  }

  /** Whether all that is started may use one transaction or the like, which does one thing at a time anyway. */
  mayShareSession(fanOut: FanOut): boolean {
    const { scopes } = this.#effects;
    if (sharesSession(fanOut.work, scopes)) return true;
    const through = this.reachesIo(fanOut) ? this.reachedThrough(fanOut) : undefined;
    return through !== undefined && isOnOuterTransaction(through, fanOut.work, scopes);
  }

  /** Whether the list gets nothing of what is started, so that nothing waits for it. */
  givesNothing({ work, kind }: FanOut): boolean {
    return kind === 'called' && isSilentCallback(unwrap(work));
  }

  /** Whether what is started reaches files, the network, a database or another program. */
  reach(fanOut: FanOut): 'yes' | 'no' | 'unknown' {
    const started = this.#started(fanOut);
    if (started.kind === 'code') return this.#effects.reachesIo(started.node);
    if (started.kind === 'known') return isOutside(started) ? 'yes' : 'no';
    return 'unknown';
  }

  /** The call by which what is started reaches the outside. */
  reachedThrough(fanOut: FanOut): ast.Expression | undefined {
    const started = this.#started(fanOut);
    if (started.kind === 'code') return this.#effects.reachedThrough(started.node);
    return started.kind === 'known' && isOutside(started) ? fanOut.work : undefined;
  }

  #started({ work, kind }: Pick<FanOut, 'work' | 'kind'>): Started {
    if (kind === 'evaluated') return { kind: 'code', node: work };
    const target = this.#effects.targets.of(work);
    return target.kind === 'function' ? { kind: 'code', node: target.fn } : target;
  }

  /** Everything that is started to fill a list of promises, as far as it is written in sight. */
  into(list: ast.Expression): readonly FanOut[] {
    const at = unwrap(list);
    if (ast.isArrayLiteralExpression(at)) {
      return at.elements.filter(ast.isSpreadElement).flatMap((one) => this.into(one.expression));
    }
    if (ast.isConditionalExpression(at)) {
      return [...this.into(at.whenTrue), ...this.into(at.whenFalse)];
    }
    if (isLogical(at)) return [...this.into(at.left), ...this.into(at.right)];
    if (ast.isIdentifier(at)) return this.#stored(at);
    return ast.isCallExpression(at) ? this.#called(at) : [];
  }

  /** What `pMap(xs, f)` starts when nobody tells it how many at a time: all at once, as `Promise.all` does. */
  ofOpenMap(call: ast.CallExpression): FanOut | undefined {
    const { module = '', name } = this.#calls.imported(call.expression) ?? {};
    const maps = Object.hasOwn(LIMITERS, module) ? LIMITERS[module]?.maps : undefined;
    const takes = maps?.find((one) => one.name === name)?.takes;
    if (!takes?.includes('options') || call.arguments.some(ast.isSpreadElement)) return undefined;
    const items = call.arguments[takes.indexOf('items')];
    const work = call.arguments[takes.indexOf('work')];
    if (items === undefined || work === undefined) return undefined;
    if (mayLimit(call.arguments[takes.indexOf('options')])) return undefined;
    return this.#each(call, items, unwrap(work), this.#sizes.of(items));
  }

  #called(call: ast.CallExpression): readonly FanOut[] {
    const [first, second] = call.arguments;
    if (first && isMethodCall(call, 'from') && call.expression.expression.getText() === 'Array') {
      if (second === undefined) return this.into(first);
      return [this.#each(call, first, second, this.#sizes.of(call))];
    }
    if (!isMethodCall(call)) return [];
    const receiver = call.expression.expression;
    if (first && isMethodCall(call, 'map', 'flatMap')) {
      // What maps over promises that were started before starts little itself, but it is looked at as well.
      const own = this.#each(call, receiver, first, this.#sizes.of(receiver));
      return [...this.into(receiver), own];
    }
    if (!isMethodCall(call, ...PASSING)) return [];
    return [receiver, ...call.arguments].flatMap((one) => this.into(one));
  }

  #each(node: ast.Node, items: ast.Expression, work: ast.Expression, size: Size): FanOut {
    return { node, items, work, kind: 'called', size };
  }

  #stored(name: ast.Identifier): readonly FanOut[] {
    const declaration = this.#origins.localOf(name);
    if (declaration === undefined || !ast.isVariableDeclaration(declaration)) return [];
    // A list that is emptied on the way never holds all of what was added.
    if (isDrained(declaration)) return [];
    const { initializer } = declaration;
    const first = initializer === undefined ? [] : this.into(initializer);
    return [...first, ...additionsTo(declaration).flatMap((one) => this.#added(one))];
  }

  #added({ values, repeaters = [] }: Addition): readonly FanOut[] {
    const times = repeaters.map((one) => this.#times(one)).reduce(product, exactly(1));
    const outer = repeaters.at(-1);
    const items = outer && itemsOf(outer);
    return values.flatMap((work): readonly FanOut[] => {
      if (ast.isSpreadElement(work)) {
        const inner = this.into(work.expression);
        return inner.map((one) => ({ ...one, size: product(one.size, times) }));
      }
      // A function that is put into a list is not started by that.
      if (items === undefined || isFunctionExpression(unwrap(work))) return [];
      return [{ node: work, items, work, kind: 'evaluated', size: times }];
    });
  }

  #times(repeater: Repeater): Size {
    if (!ast.isCallExpression(repeater)) return this.#sizes.iterations(repeater);
    const items = itemsOf(repeater);
    return items === undefined ? UNKNOWN : this.#sizes.of(items);
  }
}

/** Whether options may say how many run at a time: all but those that are written without it. */
function mayLimit(options: ast.Expression | undefined): boolean {
  const at = options && unwrap(options);
  if (at === undefined) return false;
  if (!ast.isObjectLiteralExpression(at)) return true;
  const names = at.properties.map((one) => ('name' in one ? one.name?.getText() : undefined));
  return names.some((name) => name === undefined || name === 'concurrency');
}

/** What a loop goes through. */
function itemsOf(repeater: Repeater): ast.Expression | undefined {
  if (ast.isForOfStatement(repeater) || ast.isForInStatement(repeater)) return repeater.expression;
  if (isMethodCall(repeater)) return repeater.expression.expression;
  if (!ast.isForStatement(repeater) || repeater.condition === undefined) return undefined;
  const condition = unwrap(repeater.condition);
  const bound = ast.isBinaryExpression(condition) ? unwrap(condition.right) : undefined;
  if (bound === undefined || !ast.isPropertyAccessExpression(bound)) return undefined;
  return bound.name.text === 'length' ? bound.expression : undefined;
}
