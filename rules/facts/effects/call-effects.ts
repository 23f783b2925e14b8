/** What a call reads and writes: its parts, then what it runs, with the caller's objects put in for parameters. */
import * as ast from '#ast';
import type { KnownEffect, Resource } from '#catalog';
import type { Scopes } from '../names/scopes.ts';
import { type FunctionNode, isFunction, isFunctionExpression, unwrap } from '../shape/syntax.ts';
import type { EffectWalk } from './effect-walk.ts';
import type { Callback, Summary } from './gathering.ts';
import { argumentsOf, touchOf } from './known-calls.ts';
import type { Effect, Root } from './places.ts';
import type { Roots } from './roots.ts';
import { handsSessionOn, isSessionReceiver } from './sessions.ts';
import {
  type CallLike,
  type ClassNode,
  calleeOf,
  isCallLike,
  type Target,
  type Targets,
} from './targets.ts';

/** What calls need to know of the rest. */
export interface CallKnowledge {
  readonly scopes: Scopes;
  readonly roots: Roots;
  readonly targets: Targets;
  summaryOf(fn: FunctionNode | ClassNode): Summary;
  /** What a call that nobody knows might do, by its name; nothing when names do not count. */
  guess(call: CallLike): KnownEffect | undefined;
}

/** Resources whose users may hold a session. */
const SHARED: ReadonlySet<Resource | undefined> = new Set(['network', 'database', 'process']);

/** Array methods that call their callback with the elements. */
const EACH = /^(?:every|filter|find\w*|flatMap|forEach|map|some)$/;

const OTHER: Root = { kind: 'other' };

/** Adds the effects of calls to a walk. */
export class CallEffects {
  readonly #know: CallKnowledge;

  constructor(know: CallKnowledge) {
    this.#know = know;
  }

  /** Adds what evaluating a call does. */
  add(call: CallLike, walk: EffectWalk): void {
    const callee = calleeOf(call);
    const receiver = ast.isPropertyAccessExpression(callee) ? callee.expression : undefined;
    walk.visit(receiver ?? callee);
    const given = argumentsOf(call);
    for (const one of given) walk.visit(one);
    if (walk.found.stopped) return;
    if (callee.kind === ast.SyntaxKind.SuperKeyword) this.#super(call, walk);
    else this.#run(this.#know.targets.of(callee), call, walk);
    if (handsSessionOn(given, this.#know.scopes)) this.#session(call, walk);
  }

  /** Adds what a getter or setter of `this` does. */
  accessor(fn: FunctionNode, walk: EffectWalk): void {
    this.#merge(this.#know.summaryOf(fn), { fn, given: [], self: { kind: 'this' } }, fn, walk);
  }

  #run(target: Target, call: CallLike, walk: EffectWalk): void {
    if (target.kind === 'known') this.#known(target.effect, target.module, call, walk);
    else if (target.kind === 'parameter') walk.found.callback(target.declaration, call, true);
    else if (target.kind === 'function') this.#own(target.fn, call, walk);
    else if (target.kind === 'class') this.#own(target.node, call, walk);
    else {
      const guess = this.#know.guess(call);
      if (guess === undefined) walk.found.unknown(target.why, call);
      else this.#known(guess, 'guess', call, walk);
    }
  }

  /** A function or class of the project runs; its name may stand in where its body is not known to the end. */
  #own(run: FunctionNode | ClassNode, call: CallLike, walk: EffectWalk): void {
    const fn = isFunction(run) ? run : constructorOf(run);
    const self = this.#selfOf(calleeOf(call), run);
    const summary = this.#know.summaryOf(run);
    const guess = summary.unknown && this.#know.guess(call);
    const seen = guess ? { ...summary, unknown: undefined } : summary;
    this.#merge(seen, { fn, given: argumentsOf(call), self }, call, walk);
    if (guess !== undefined) this.#known(guess, 'guess', call, walk);
  }

  /** What `this` is in a function that is called: nothing for an object that is being made. */
  #selfOf(callee: ast.Expression, run: FunctionNode | ClassNode): Root | undefined {
    if (!isFunction(run)) return undefined;
    if (ast.isArrowFunction(run)) return { kind: 'this' };
    if (!ast.isPropertyAccessExpression(callee)) return OTHER;
    const { expression } = callee;
    if (expression.kind === ast.SyntaxKind.SuperKeyword) return { kind: 'this' };
    return this.#know.roots.of(expression);
  }

  #super(call: CallLike, walk: EffectWalk): void {
    for (let at: ast.Node = call; at.parent !== undefined; at = at.parent) {
      if (!ast.isClassDeclaration(at) && !ast.isClassExpression(at)) continue;
      const base = this.#know.targets.baseOf(at);
      if (base !== undefined) this.#run(base, call, walk);
      return;
    }
  }

  #known(effect: KnownEffect, module: string, call: CallLike, walk: EffectWalk): void {
    const { found } = walk;
    const callee = calleeOf(call);
    const receiver = ast.isPropertyAccessExpression(callee) ? callee.expression : undefined;
    const given = argumentsOf(call);
    const { reads, writes, order } = touchOf(call, effect, this.#know.scopes);
    if (order !== undefined) found.order(order, call);
    if (reads !== undefined) found.read({ kind: 'resource', resource: reads }, call);
    if (writes !== undefined) found.write({ kind: 'resource', resource: writes }, call);
    const shared = SHARED.has(reads) || SHARED.has(writes);
    if (shared && receiver && isSessionReceiver(receiver, this.#know.scopes)) {
      this.#session(call, walk);
    }
    if (receiver) walk.property(receiver, module === 'global' ? '[]' : '*', call, 'read');
    for (const one of given) walk.deep(one);
    const changed = effect.changes === 'receiver' ? receiver : given[0];
    if (effect.changes !== undefined && changed) {
      walk.property(changed, effect.changes === 'receiver' ? '[]' : '*', call, 'write');
    }
    given.forEach((one, index) => {
      this.#handedOn(one, callbackAt(effect, index), call, walk);
    });
  }

  /** A value is given to something that calls functions: surely, maybe, or never in time. */
  #handedOn(value: ast.Expression, called: Called, call: CallLike, walk: EffectWalk): void {
    const { found } = walk;
    const target = this.#functionAt(unwrap(value), called);
    if (target?.kind === 'function' && called === 'never') {
      found.unknown('something later calls its callback', value);
    } else if (target?.kind === 'function') this.#callback(target.fn, call, walk, called);
    else if (target?.kind === 'parameter' && called !== 'never') {
      found.callback(target.declaration, value, called === 'surely');
    } else if (target?.kind === 'known' && called !== 'never') {
      const { reads, writes, order } = target.effect;
      if (reads ?? writes ?? order) found.unknown('nobody knows how its callback is called', value);
    } else if (called === 'surely' && !isData(unwrap(value))) {
      found.unknown('nobody knows what it calls', value);
    }
  }

  /** What a value runs when it is called; nothing for what is plainly no function. */
  #functionAt(at: ast.Expression, called: Called): Target | undefined {
    if (isFunctionExpression(at)) return { kind: 'function', fn: at };
    if (ast.isPropertyAccessExpression(at) && called !== 'surely') return undefined;
    return this.#mayBeFunction(at) ? this.#know.targets.of(at) : undefined;
  }

  #mayBeFunction(at: ast.Expression): boolean {
    if (ast.isPropertyAccessExpression(at)) return true;
    if (!ast.isIdentifier(at)) return false;
    const binding = this.#know.scopes.of(at);
    if (binding === undefined) return /^[A-Z]|^is|^parse/.test(at.text);
    const { kind, declaration } = binding;
    if (kind === 'function' || kind === 'import' || kind === 'parameter') return true;
    if (!ast.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      return false;
    return isFunctionExpression(unwrap(declaration.initializer));
  }

  /** A callback is called with values of the callee's: settling a promise is no effect, calling an element is. */
  #callback(fn: FunctionNode, call: CallLike, walk: EffectWalk, called: Called): void {
    const summary = this.#know.summaryOf(fn);
    const settles = ast.isNewExpression(call) || called === 'to build';
    const foreign = [...summary.callbacks].filter(([parameter]) => parameter.parent === fn);
    if (!settles && foreign.some(([, { sure }]) => sure)) {
      walk.found.unknown('it calls what it is given', fn);
      return;
    }
    const own = new Map(summary.callbacks);
    for (const [parameter] of foreign) own.delete(parameter);
    const self: Root = ast.isArrowFunction(fn) ? { kind: 'this' } : OTHER;
    const at: Call = { fn, given: undefined, self, elements: call };
    this.#merge({ ...summary, callbacks: own }, at, call, walk);
  }

  #session(call: CallLike, walk: EffectWalk): void {
    walk.found.write({ kind: 'resource', resource: 'session' }, call);
  }

  #merge(summary: Summary, call: Call, node: ast.Node, walk: EffectWalk): void {
    const { found } = walk;
    if (summary.unknown) found.unknown(summary.unknown.why, summary.unknown.node);
    if (found.stopped) return;
    if (summary.order) found.order(summary.order.why, summary.order.node);
    for (const effect of summary.reads) this.#pass(effect, call, 'read', walk);
    for (const effect of summary.writes) this.#pass(effect, call, 'write', walk);
    for (const [parameter, callback] of summary.callbacks) {
      if (parameter.parent !== call.fn) found.callback(parameter, callback.node, callback.sure);
      else this.#argument(parameter, callback, call, node, walk);
    }
  }

  /** The callee calls its parameter: what the caller gives for it runs. */
  #argument(
    parameter: ast.Node,
    { sure }: Callback,
    call: Call,
    node: ast.Node,
    walk: EffectWalk,
  ): void {
    const given = argumentFor(parameter, call);
    if (given === undefined) return;
    if (given === 'unknown' || !isCallLike(node)) {
      if (sure) walk.found.unknown('nobody knows what it calls', node);
      return;
    }
    this.#handedOn(given, sure ? 'surely' : 'maybe', node, walk);
  }

  #pass({ place, node }: Effect, call: Call, access: 'read' | 'write', walk: EffectWalk): void {
    const { found } = walk;
    if (place.kind !== 'property') {
      found[access](place, node);
      return;
    }
    const root = this.#rootFor(place.root, call);
    if (root !== undefined) found[access]({ ...place, root }, node);
  }

  #rootFor(root: Root, call: Call): Root | undefined {
    if (root.kind === 'this') return call.self;
    if (root.kind === 'other' || root.declaration.parent !== call.fn) return root;
    const given = call.elements ? elementFor(root.declaration, call) : undefined;
    if (given !== undefined) return this.#know.roots.of(given.of, root.within || given.within);
    const argument = argumentFor(root.declaration, call);
    if (argument === 'unknown') return OTHER;
    return argument && this.#know.roots.of(argument, root.within);
  }
}

/** How a function is called, as far as its effects need to know. */
interface Call {
  readonly fn: FunctionNode | undefined;
  /** `undefined` when something else than the code at hand calls it. */
  readonly given: readonly ast.Expression[] | undefined;
  readonly self: Root | undefined;
  /** The call of an array's method that calls it with the elements. */
  readonly elements?: CallLike;
}

type Called = 'surely' | 'maybe' | 'to build' | 'never';

function callbackAt({ calls, gives }: KnownEffect, index: number): Called {
  if (calls === undefined) return 'never';
  if (gives === 'builders') return 'to build';
  return calls === true && index === 0 ? 'surely' : 'maybe';
}

/** What a call gives for a parameter; nothing when it gives nothing. */
function argumentFor(parameter: ast.Node, call: Call): ast.Expression | 'unknown' | undefined {
  const index = call.fn?.parameters.findIndex((one) => one.pos === parameter.pos) ?? -1;
  const rest = index >= 0 && call.fn?.parameters[index]?.dotDotDotToken !== undefined;
  if (index < 0 || rest || call.given === undefined) return 'unknown';
  const before = call.given.slice(0, index + 1);
  return before.some(ast.isSpreadElement) ? 'unknown' : call.given[index];
}

function constructorOf(node: ClassNode): FunctionNode | undefined {
  return node.members.find(
    (member): member is ast.ConstructorDeclaration =>
      ast.isConstructorDeclaration(member) && member.body !== undefined,
  );
}

/** What an array's method gives for a parameter of its callback: an element, or what `reduce` began with. */
function elementFor(
  parameter: ast.Node,
  { fn, elements }: Call,
): { readonly of: ast.Expression; readonly within: boolean } | undefined {
  const callee = elements && calleeOf(elements);
  if (elements === undefined || !callee || !ast.isPropertyAccessExpression(callee))
    return undefined;
  const index = fn?.parameters.findIndex((one) => one.pos === parameter.pos) ?? -1;
  const [, start] = argumentsOf(elements);
  const folds = /^reduce/.test(callee.name.text);
  if (folds && index === 0) return start && { of: start, within: false };
  const isElement = folds ? index === 1 : EACH.test(callee.name.text) && index === 0;
  return isElement ? { of: callee.expression, within: true } : undefined;
}

/** Values that cannot be called. */
function isData(node: ast.Expression): boolean {
  return (
    ast.isLiteralExpression(node) ||
    ast.isTemplateExpression(node) ||
    ast.isObjectLiteralExpression(node) ||
    ast.isArrayLiteralExpression(node) ||
    node.kind === ast.SyntaxKind.NullKeyword ||
    node.kind === ast.SyntaxKind.UndefinedKeyword
  );
}
