/**
 * Whether there is any hope to know what code does, by whom it calls alone. Most code calls something that nobody knows
 * sooner or later: to find that out first spares following its effects, and brings all questions in few batches.
 */
import * as ast from '#ast';
import { together } from '#program';
import { isFunction } from '../shape/syntax.ts';
import type { Reason } from './places.ts';
import { type CallLike, calleeOf, isCallLike, type Target, type Targets } from './targets.ts';

/** How many functions are looked through for one answer; beyond that there is hope. */
const MOST_FUNCTIONS = 200;

/** Whom one piece of code surely calls. */
interface Calling {
  /** A call of something that nobody knows. */
  readonly unknown: Reason | undefined;
  /** A call of a parameter: it depends on the caller. */
  readonly given: Reason | undefined;
  readonly functions: readonly ast.Node[];
}

interface Called {
  readonly call: CallLike;
  readonly target: Target;
}

/** Goes through calls of calls, level by level. */
export class Outlook {
  readonly #targets: Targets;
  readonly #isGuessed: (call: CallLike) => boolean;
  readonly #direct = new Map<ast.Node, readonly CallLike[]>();
  readonly #calling = new Map<ast.Node, Calling>();
  readonly #hopeful = new Set<ast.Node>();
  readonly #hopeless = new Map<ast.Node, Reason>();

  /** `isGuessed` says of calls that nobody knows whether their name may stand in for that. */
  constructor(targets: Targets, isGuessed: (call: CallLike) => boolean) {
    this.#targets = targets;
    this.#isGuessed = isGuessed;
  }

  /** The call because of which nobody can know what some code does; nothing while there is hope. */
  of(start: ast.Node): Reason | undefined {
    const reason = this.#hopeless.get(start);
    if (reason !== undefined || this.#hopeful.has(start)) return reason;
    const seen = new Set<ast.Node>([start]);
    for (let level = [start]; level.length > 0 && seen.size <= MOST_FUNCTIONS; ) {
      const callings = together(level.map((node) => () => this.#callingIn(node)));
      const reasons = callings.map(({ unknown, given }) => {
        return unknown ?? (seen.size === 1 ? given : undefined);
      });
      const found = reasons.find((one) => one !== undefined);
      if (found !== undefined) {
        this.#hopeless.set(start, found);
        return found;
      }
      const called = new Set(callings.flatMap(({ functions }) => functions));
      level = [...called].filter((node) => !seen.has(node) && !this.#hopeful.has(node));
      for (const node of level) seen.add(node);
    }
    for (const node of seen) this.#hopeful.add(node);
    return undefined;
  }

  #callingIn(node: ast.Node): Calling {
    const reason = this.#hopeless.get(node);
    if (reason !== undefined) return { unknown: reason, given: undefined, functions: [] };
    const known = this.#calling.get(node);
    if (known !== undefined) return known;
    this.#targets.expect(node);
    const targets = this.#directCalls(node).map((call) => {
      return { call, target: this.#targets.of(calleeOf(call)) };
    });
    const given = targets.find(({ target }) => target.kind === 'parameter');
    const calling: Calling = {
      unknown: this.#unknownAmong(targets),
      given: given && { why: 'its caller says what it calls', node: given.call },
      functions: targets.flatMap(({ target }) => (target.kind === 'function' ? [target.fn] : [])),
    };
    this.#calling.set(node, calling);
    return calling;
  }

  #unknownAmong(targets: readonly Called[]): Reason | undefined {
    for (const { call, target } of targets) {
      if (target.kind === 'unknown' && !this.#isGuessed(call))
        return { why: target.why, node: call };
    }
    return undefined;
  }

  /** Calls that take place when code runs: those in functions within, types and decorators do not, or not then. */
  #directCalls(node: ast.Node): readonly CallLike[] {
    const known = this.#direct.get(node);
    if (known !== undefined) return known;
    const calls: CallLike[] = [];
    const look = (at: ast.Node): undefined => {
      if (isFunction(at) || ast.isTypeNode(at) || ast.isDecorator(at)) return;
      if (isCallLike(at) && calleeOf(at).kind !== ast.SyntaxKind.SuperKeyword) calls.push(at);
      at.forEachChild(look);
      return undefined;
    };
    if (isFunction(node)) node.forEachChild(look);
    else look(node);
    this.#direct.set(node, calls);
    return calls;
  }
}
