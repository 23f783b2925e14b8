/**
 * What running code reads and writes, followed through calls of project functions. A function's own variables and new
 * objects do not count; what is not known makes the whole unknown. Effects of functions are remembered, parameters standing
 * for the caller's objects; functions that call each other in a circle are worked out from within, the circle counted once.
 */
import * as ast from '#ast';
import type { KnownEffect } from '#catalog';
import { type Program, SymbolFlags } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Scopes } from '../names/scopes.ts';
import { type FunctionNode, hasModifier, isFunction } from '../shape/syntax.ts';
import { CallEffects } from './call-effects.ts';
import { EffectWalk } from './effect-walk.ts';
import { Freshness } from './freshness.ts';
import { Gathering, type Summary } from './gathering.ts';
import { guessOf } from './guesses.ts';
import { Outlook } from './outlook.ts';
import type { Effect, Effects, Reason } from './places.ts';
import { isOutsideEach, isScarce, Reach } from './reach.ts';
import { Roots } from './roots.ts';
import { type CallLike, type ClassNode, type Target, Targets } from './targets.ts';

/** How deep calls are followed. */
const DEEPEST = 24;

/** How many functions are looked into for one answer; only circles of calls need many. */
const MOST_FUNCTIONS = 1500;

/** Stands for a function outside of all: what was cut short holds for this chain of calls only, and is not remembered. */
const CUT_SHORT = -1;

/** Works out effects, and remembers those of functions. */
export class EffectAnalysis {
  readonly scopes: Scopes;
  readonly targets: Targets;
  readonly #program: Program;
  readonly #freshness: Freshness;
  readonly #roots: Roots;
  readonly #calls: CallEffects;
  readonly #reach: Reach;
  readonly #reachEach: Reach;
  readonly #scarce: Reach;
  readonly #outlook: Outlook;
  readonly #callNames: Calls;
  readonly #byName: boolean;
  readonly #summaries = new Map<ast.Node, Summary>();
  /** Functions at work, and how deep in the chain of calls each is. */
  readonly #active = new Map<ast.Node, number>();
  #looked = 0;
  /** The outermost function at work that something since then has called again. */
  #circle = Number.POSITIVE_INFINITY;

  constructor(
    program: Program,
    calls: Calls,
    targets = new Targets(program, calls),
    byName = false,
  ) {
    this.#callNames = calls;
    this.scopes = calls.scopes;
    this.targets = targets;
    this.#program = program;
    this.#byName = byName;
    this.#freshness = new Freshness(calls.scopes, targets);
    this.#roots = new Roots(calls.scopes, this.#freshness);
    this.#reach = new Reach(targets);
    this.#reachEach = new Reach(targets, isOutsideEach);
    this.#scarce = new Reach(targets, isScarce);
    this.#outlook = new Outlook(targets, (call) => this.#guess(call) !== undefined);
    this.#calls = new CallEffects({
      scopes: calls.scopes,
      roots: this.#roots,
      targets,
      summaryOf: (fn) => this.#summaryOf(fn),
      guess: (call) => this.#guess(call),
    });
  }

  /** The same analysis, in which names such as `loadUser` and `saveUser` stand for what nobody knows. */
  byName(): EffectAnalysis {
    return new EffectAnalysis(this.#program, this.#callNames, this.targets, true);
  }

  /** The effects of evaluating an expression, of running a statement, or of calling a function. */
  of(node: ast.Node): Effects {
    const unknown = this.#outlook.of(node);
    if (unknown !== undefined) return { reads: [], writes: [], order: undefined, unknown };
    this.#looked = 0;
    this.#circle = Number.POSITIVE_INFINITY;
    const summary = isFunction(node) ? this.#summaryOf(node) : this.#gathered(node);
    const called = [...summary.callbacks.values()].find(({ sure }) => sure);
    if (called === undefined || summary.unknown) return summary;
    return { ...summary, unknown: { why: 'its caller says what it calls', node: called.node } };
  }

  /** Whether a property among those that are read is worked out by a getter. Asks for all of them: only where it matters. */
  runsAccessor({ reads }: Effects): boolean {
    const names = reads.flatMap(({ place, node }) =>
      place.kind === 'property' && ast.isPropertyAccessExpression(node) ? [node.name] : [],
    );
    this.#program.query.expectSymbols(names);
    return names.some((name) => {
      const symbol = this.#program.query.symbolAt(name);
      return symbol !== undefined && (symbol.flags & SymbolFlags.Accessor) !== 0;
    });
  }

  /** The call because of which there is no hope to know what some code does: it has no body and is not listed. */
  outlookOn(node: ast.Node): Reason | undefined {
    return this.#outlook.of(node);
  }

  /** Whether running code reaches files, network, a database or another program. */
  reachesIo(node: ast.Node): 'yes' | 'no' | 'unknown' {
    return this.#reach.of(node);
  }

  /** Whether code that runs many times at once surely reaches the outside each time: a client may make one query of all. */
  reachesIoEach(node: ast.Node): boolean {
    return this.#reachEach.of(node) === 'yes';
  }

  /** Whether running code surely takes connections, open files or processes, of which there are only so many. */
  takesScarce(node: ast.Node): boolean {
    return this.#scarce.of(node) === 'yes';
  }

  /** The call by which code reaches the outside, where it surely does. */
  reachedThrough(node: ast.Node): CallLike | undefined {
    return this.#reach.of(node) === 'yes' ? this.#reach.through(node) : undefined;
  }

  #guess(call: CallLike): KnownEffect | undefined {
    return this.#byName ? guessOf(call) : undefined;
  }

  #summaryOf(fn: FunctionNode | ClassNode): Summary {
    const known = this.#summaries.get(fn);
    if (known !== undefined) return known;
    const depth = this.#active.get(fn);
    if (depth !== undefined) {
      this.#circle = Math.min(this.#circle, depth);
      return withinCircle(fn);
    }
    this.#looked++;
    if (this.#active.size >= DEEPEST || this.#looked > MOST_FUNCTIONS) {
      this.#circle = CUT_SHORT;
      return tooDeep(fn);
    }
    return this.#worked(fn);
  }

  #worked(fn: FunctionNode | ClassNode): Summary {
    const depth = this.#active.size;
    const outer = this.#circle;
    this.#circle = Number.POSITIVE_INFINITY;
    this.#active.set(fn, depth);
    try {
      const gathered = this.#gathered(fn);
      const summary = this.#circle === depth ? this.#ofAnyObject(gathered) : gathered;
      if (this.#circle >= depth || depth === 0) this.#summaries.set(fn, summary);
      return summary;
    } finally {
      this.#active.delete(fn);
      this.#circle = Math.min(outer, this.#circle < depth ? this.#circle : outer);
    }
  }

  /**
   * A function that calls itself may do so with other objects than its caller gave it. What a function round it has
   * made for itself stays what it is: a call of that one makes another.
   */
  #ofAnyObject(summary: Summary): Summary {
    const anywhere = (effect: Effect): Effect => {
      const { place } = effect;
      if (place.kind !== 'property' || place.root.kind !== 'variable') return effect;
      if (this.#freshness.ofVariable(place.root.declaration, place.root.within)) return effect;
      return { ...effect, place: { ...place, root: { kind: 'other' } } };
    };
    const { reads, writes } = summary;
    return { ...summary, reads: reads.map(anywhere), writes: writes.map(anywhere) };
  }

  #gathered(node: ast.Node): Summary {
    this.targets.expect(node);
    const found = new Gathering(node, (variable, within) =>
      this.#freshness.ofVariable(variable, within),
    );
    const at = new EffectWalk(
      {
        scopes: this.scopes,
        roots: this.#roots,
        targets: this.targets,
        call: (call, from) => this.#calls.add(call, from),
        accessor: (fn, from) => this.#calls.accessor(fn, from),
      },
      found,
    );
    if (isFunction(node)) at.body(node);
    else if (ast.isClassDeclaration(node) || ast.isClassExpression(node)) this.#made(node, at);
    else at.visit(node);
    return found.summary;
  }

  /** Making an object: its fields, then its constructor, or its base's when it has none. */
  #made(node: ClassNode, at: EffectWalk): void {
    for (const member of node.members) {
      const isField = ast.isPropertyDeclaration(member);
      if (isField && !hasModifier(member, ast.SyntaxKind.StaticKeyword)) at.visit(member);
    }
    const own = node.members.find((one) => ast.isConstructorDeclaration(one) && one.body);
    if (own !== undefined && isFunction(own)) at.body(own);
    else if (!this.#isKnownBase(this.targets.baseOf(node))) {
      at.found.unknown('its base class is unknown', node);
    }
  }

  #isKnownBase(base: Target | undefined): boolean {
    if (base?.kind === 'class') return this.#summaryOf(base.node).unknown === undefined;
    return base === undefined || base.kind === 'known';
  }
}

function tooDeep(fn: ast.Node): Summary {
  const found = new Gathering(fn, () => false);
  found.unknown('the chain of calls is too long to follow', fn);
  return found.summary;
}

/** A function that is at work already adds nothing that is not added anyway, but may call what it is given. */
function withinCircle(fn: FunctionNode | ClassNode): Summary {
  const found = new Gathering(fn, () => false);
  const parameters = isFunction(fn) ? fn.parameters : [];
  for (const parameter of parameters) found.callback(parameter, parameter, false);
  return found.summary;
}
