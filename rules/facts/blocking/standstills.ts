/** Long work that a function does in one go: calls that block, and calls that compute. */
import * as ast from '#ast';
import type { Targets } from '../effects/targets.ts';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import { collect, enclosingFunction, type FunctionNode } from '../shape/syntax.ts';
import { type Blocking, spokenCall } from './blocking.ts';
import type { Computing } from './computing.ts';
import { costOf } from './costs.ts';
import { sleepingCall } from './sleeping.ts';
import { type Loop, spinOf } from './spinning.ts';
import { callbackOf, turnOf } from './turns.ts';

/** One call that keeps everything else waiting for long. */
export interface Standstill {
  readonly call: ast.CallExpression | ast.NewExpression;
  readonly name: ast.Node;
  /** What the code calls it: `readFileSync`, `which.sync`. */
  readonly called: string;
  /** The async function to use instead, if there is one: `readFile`; `''` when it is called alike. */
  readonly twin: string | undefined;
  /** A sentence that explains it. */
  readonly why: string;
}

/** A call that computes for long. */
export interface LongComputing {
  readonly name: ast.Node;
  /** `reads a whole workbook`. */
  readonly does?: string;
  /** `the result is computed`, of what the catalogue of blocking APIs knows. */
  readonly until?: string;
}

/** What has to be asked. */
export interface Sources {
  readonly calls: Calls;
  readonly origins: Origins;
  readonly blocking: Blocking;
  readonly computing: Computing;
  readonly targets: Targets;
}

/** Functions that are looked into for one answer. */
const MOST_FUNCTIONS = 40;

/** Finds standstills. */
export class Standstills {
  readonly #calls: Calls;
  readonly #blocking: Blocking;
  readonly #computing: Computing;
  readonly #origins: Origins;
  readonly #targets: Targets;

  constructor({ calls, origins, blocking, computing, targets }: Sources) {
    this.#calls = calls;
    this.#blocking = blocking;
    this.#computing = computing;
    this.#origins = origins;
    this.#targets = targets;
  }

  /** A call that computes for long: what it does meanwhile, or until when it blocks; little data is no reason. */
  computingAt(call: ast.CallExpression | ast.NewExpression): LongComputing | undefined {
    if (!this.isCandidate(call)) return undefined;
    const computing = this.#computing.of(call);
    if (computing !== undefined) {
      return { name: computing.name, does: computing.api.does };
    }
    const blocking = this.#blocking.of(call);
    if (blocking === undefined || !blocking.api.computes) return undefined;
    if (costOf(blocking, this.#origins) !== 'slow') return undefined;
    return { name: blocking.name, until: blocking.api.until };
  }

  /** Those that an async function itself is the turn of, callbacks that run on the spot included. */
  inTurnOf(fn: FunctionNode): readonly Standstill[] {
    return this.#below(fn, (call) => turnOf(call)?.fn === fn);
  }

  /** Those in a function's own code. */
  directlyIn(fn: FunctionNode): readonly Standstill[] {
    return this.#below(fn, (call) => enclosingFunction(call) === fn);
  }

  /** Those that are over when an expression has its value. */
  before(value: ast.Expression): readonly Standstill[] {
    const runner = enclosingFunction(value);
    return collect(value, isCall)
      .filter((call) => this.isCandidate(call) && enclosingFunction(call) === runner)
      .flatMap((call) => this.#at(call) ?? []);
  }

  /**
   * Whether a function sleeps, spins or does anything that the catalogues know, quick as it may be, by itself or by
   * functions of the project that it calls.
   */
  hasAny(start: FunctionNode): boolean {
    const functions = new Set([start]);
    // What is added while the set is gone through is gone through as well.
    for (const fn of functions) {
      const { body } = fn;
      if (body === undefined) continue;
      if (collect(body, isLoop).some((loop) => spinOf(loop, this.#calls))) return true;
      const calls = collect(body, isCall, INTO).filter((call) => runnerOf(call) === fn);
      if (calls.some((call) => this.#isAny(call))) return true;
      for (const { expression } of calls) {
        const target = functions.size < MOST_FUNCTIONS && this.#targets.of(expression);
        if (target && target.kind === 'function') functions.add(target.fn);
      }
    }
    return false;
  }

  #isAny(call: ast.CallExpression | ast.NewExpression): boolean {
    if (ast.isCallExpression(call) && sleepingCall(call, this.#calls)) return true;
    return (this.#blocking.of(call) ?? this.#computing.of(call)) !== undefined;
  }

  #below({ body }: FunctionNode, isWithin: (call: ast.Node) => boolean): readonly Standstill[] {
    if (body === undefined) return [];
    return collect(body, isCall, INTO)
      .filter((call) => this.isCandidate(call) && isWithin(call))
      .flatMap((call) => this.#at(call) ?? []);
  }

  /** Whether a call could be one, by its name: cheap. */
  isCandidate(call: ast.CallExpression | ast.NewExpression): boolean {
    return this.#blocking.isCandidate(call) || this.#computing.isCandidate(call);
  }

  #at(call: ast.CallExpression | ast.NewExpression): Standstill | undefined {
    const blocking = this.#blocking.of(call);
    if (blocking !== undefined) {
      const { api, name } = blocking;
      if (costOf(blocking, this.#origins) !== 'slow') return undefined;
      if (ast.isCallExpression(call) && sleepingCall(call, this.#calls)) return undefined;
      const called = spokenCall(call, name);
      const twin = api.twin && 'name' in api.twin ? api.twin.name : api.twin && '';
      return { call, name, called, twin, why: `\`${called}\` blocks until ${api.until}.` };
    }
    const computing = this.#computing.of(call);
    if (computing === undefined) return undefined;
    const called = spokenCall(call, computing.name);
    const why = `\`${called}\` ${computing.api.does} in one go.`;
    return { call, name: computing.name, called, twin: undefined, why };
  }
}

function isLoop(node: ast.Node): node is Loop {
  return ast.isWhileStatement(node) || ast.isDoStatement(node) || ast.isForStatement(node);
}

const INTO = { intoFunctions: true };

function isCall(node: ast.Node): node is ast.CallExpression | ast.NewExpression {
  return ast.isCallExpression(node) || ast.isNewExpression(node);
}

/** The function that a node runs as part of, callbacks that run on the spot left out. */
function runnerOf(node: ast.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn !== undefined && callbackOf(fn) !== undefined) fn = enclosingFunction(fn);
  return fn;
}
