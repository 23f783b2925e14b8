/** Whether code reaches the outside world, however long the way: unlike with effects, one yes is enough. */
import type * as ast from '#ast';
import type { Resource } from '#catalog';
import { walk } from '../shape/syntax.ts';
import { type CallLike, calleeOf, isCallLike, type Target, type Targets } from './targets.ts';

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
  readonly #expect: (node: ast.Node) => void;
  readonly #known = new Map<ast.Node, Answer>();
  readonly #calls = new WeakMap<ast.Node, readonly CallLike[]>();

  constructor(targets: Targets, expect: (node: ast.Node) => void) {
    this.#targets = targets;
    this.#expect = expect;
  }

  /** Whether running code, functions written within it too, reaches files, network, a database or another program. */
  of(node: ast.Node): Answer {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const answer = this.#search(node);
    this.#known.set(node, answer);
    return answer;
  }

  #search(start: ast.Node): Answer {
    const seen = new Set<ast.Node>([start]);
    let unknown = false;
    for (const node of seen) {
      if (seen.size > MOST_FUNCTIONS) return 'unknown';
      this.#expect(node);
      for (const call of this.#callsIn(node)) {
        const target = this.#targets.of(calleeOf(call));
        if (isOutside(target)) return 'yes';
        if (target.kind === 'function') seen.add(target.fn);
        else if (target.kind === 'class') seen.add(target.node);
        else if (target.kind === 'unknown') unknown = true;
      }
    }
    return unknown ? 'unknown' : 'no';
  }

  /** The search begins anew whenever an answer is missing, the walk through the code does not. */
  #callsIn(node: ast.Node): readonly CallLike[] {
    const known = this.#calls.get(node);
    if (known !== undefined) return known;
    const calls: CallLike[] = [];
    const look = (at: ast.Node): void => void (isCallLike(at) && calls.push(at));
    walk(node, look, { intoFunctions: true });
    this.#calls.set(node, calls);
    return calls;
  }
}

/** Whether what is called is known to reach the outside itself. */
export function isOutside(target: Target): boolean {
  if (target.kind !== 'known') return false;
  return OUTSIDE.has(target.effect.reads) || OUTSIDE.has(target.effect.writes);
}
