/** Whether code reaches the outside world, however long the way: unlike with effects, one yes is enough. */
import type * as ast from '#ast';
import { batchedReadOf, isMomentary, type Resource } from '#catalog';
import { together } from '#program';
import { type CallLike, calleeOf, type Target, type Targets } from './targets.ts';

type Answer = 'yes' | 'no' | 'unknown';

/** What is slow and limited, so that doing it many times at once matters. */
const OUTSIDE: ReadonlySet<Resource | undefined> = new Set([
  'filesystem',
  'network',
  'database',
  'process',
  'session',
]);

/** How many functions are looked through for one answer. */
const MOST_FUNCTIONS = 60;

/** Follows calls until one reaches the outside. */
export class Reach {
  readonly #targets: Targets;
  readonly #isReached: (target: Target) => boolean;
  readonly #known = new Map<ast.Node, Answer>();
  readonly #shown = new Map<ast.Node, CallLike>();

  constructor(targets: Targets, isReached = isOutside) {
    this.#targets = targets;
    this.#isReached = isReached;
  }

  /** Whether running code, functions written within it too, reaches files, network, a database or another program. */
  of(node: ast.Node): Answer {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const answer = this.#search(node);
    this.#known.set(node, answer);
    return answer;
  }

  /** The call by which code reaches the outside, once `of` has said that it does. */
  through(node: ast.Node): CallLike | undefined {
    return this.#shown.get(node);
  }

  /** Goes through all functions that are called by one level of calls before those of the next. */
  #search(start: ast.Node): Answer {
    const seen = new Set<ast.Node>([start]);
    let unknown = false;
    for (let level = [start]; level.length > 0; ) {
      const targets = together(level.map((node) => () => this.#targetsIn(node))).flat();
      if (targets.some(this.#isReached)) {
        this.#show(start, level);
        return 'yes';
      }
      if (seen.size > MOST_FUNCTIONS) return 'unknown';
      unknown ||= targets.some(({ kind }) => kind === 'unknown');
      const called = new Set(targets.flatMap((target) => runBy(target) ?? []));
      level = [...called].filter((node) => !seen.has(node));
      for (const node of level) seen.add(node);
    }
    return unknown ? 'unknown' : 'no';
  }

  #show(start: ast.Node, level: readonly ast.Node[]): void {
    const calls = level.flatMap((node) => this.#targets.callsIn(node));
    const call = calls.find((one) => this.#isReached(this.#targets.of(calleeOf(one))));
    if (call !== undefined) this.#shown.set(start, call);
  }

  #targetsIn(node: ast.Node): readonly Target[] {
    this.#targets.expect(node);
    return this.#targets.callsIn(node).map((call) => this.#targets.of(calleeOf(call)));
  }
}

function runBy(target: Target): ast.Node | undefined {
  if (target.kind === 'function') return target.fn;
  return target.kind === 'class' ? target.node : undefined;
}

/** Whether what is called is known to reach the outside itself. */
export function isOutside(target: Target): boolean {
  if (target.kind !== 'known') return false;
  return OUTSIDE.has(target.effect.reads) || OUTSIDE.has(target.effect.writes);
}

/** Whether each call reaches the outside by itself: a client may make one query of what it is asked for at the same time. */
export function isOutsideEach(target: Target): boolean {
  if (target.kind !== 'known' || !isOutside(target)) return false;
  return batchedReadOf(target.module, target.name)?.gathers !== true;
}

/** Whether what is called holds something while it is under way of which there is only so much: a connection, an open file. */
export function isScarce(target: Target): boolean {
  if (target.kind !== 'known' || !isOutsideEach(target)) return false;
  return !isMomentary(target.module, target.name);
}
