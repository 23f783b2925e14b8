/**
 * Whether calling a function of the project blocks, however long the way to the call that does. Worked out when asked,
 * breadth first, so that the chain is the shortest and functions that call each other in a circle are looked at once.
 */
import * as ast from '#ast';
import { isQuickComputing } from '#catalog';
import type { Program } from '#program';
import { calleeOf, type Target, type Targets } from '../effects/targets.ts';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import type { Promises } from '../promises/promises.ts';
import { type FunctionNode, isAsync, isFunction, isGenerator, walk } from '../shape/syntax.ts';
import type { Blocking, BlockingCall } from './blocking.ts';
import { type Cost, costOf } from './costs.ts';
import { type Rarity, rarityOf } from './rarity.ts';
import type { Suspects } from './suspects.ts';
import { leavesOut } from './switches.ts';
import { isRunAtOnce, runnerOf } from './turns.ts';

type Call = ast.CallExpression | ast.NewExpression;

/** One call of a chain, and the function of the project that it runs. */
export interface Link {
  readonly call: Call;
  readonly fn: FunctionNode;
}

/** A way from a function to a call that blocks. */
export interface Chain {
  /** Calls of functions of the project, the function's own first; none when the function blocks itself. */
  readonly steps: readonly Link[];
  readonly end: BlockingCall;
  readonly cost: Exclude<Cost, 'none'>;
  /** `keyed`: some step of it is done once for each key of a cache. */
  readonly rarity: Extract<Rarity, 'always' | 'keyed'>;
}

/** What is known of a function: whether it blocks, and by which chain, or why nobody knows. */
export type Summary =
  | { readonly blocks: 'no' }
  | { readonly blocks: 'yes'; readonly chain: Chain }
  | { readonly blocks: 'unknown'; readonly why: string; readonly node: ast.Node };

/** Calls of calls of calls … that are followed. */
const DEEPEST = 12;

/** Functions that are looked into for one answer. */
const MOST_FUNCTIONS = 300;

/** What a function does itself. */
interface Deeds {
  readonly ends: readonly Pick<Chain, 'end' | 'cost' | 'rarity'>[];
  readonly steps: readonly (Link & Pick<Chain, 'rarity'>)[];
  /** The first call of which nobody knows what it runs. */
  readonly doubt: { readonly why: string; readonly node: ast.Node } | undefined;
}

/** What has to be asked. */
export interface Sources {
  readonly program: Program;
  readonly calls: Calls;
  readonly promises: Promises;
  readonly origins: Origins;
  readonly blocking: Blocking;
}

/** Works out summaries, and remembers them. */
export class Summaries {
  readonly #sources: Sources;
  readonly #targets: Targets;
  readonly #suspects: Suspects;
  readonly #known = new Map<FunctionNode, Summary>();
  readonly #deeds = new Map<FunctionNode, Deeds>();
  readonly #calls = new Map<FunctionNode, readonly Call[]>();

  constructor(sources: Sources, targets: Targets, suspects: Suspects) {
    this.#sources = sources;
    this.#targets = targets;
    this.#suspects = suspects;
  }

  /** The function of the project that a call runs to its end, if it may block by its name: neither async nor a generator. */
  stepOf(call: Call): Link | undefined {
    if (!this.#suspects.isSuspect(call)) return undefined;
    const fn = runBy(this.#targets.of(calleeOf(call)));
    if (fn === undefined || isAsync(fn) || isGenerator(fn)) return undefined;
    return this.#isLeftOut(call, fn) ? undefined : { call, fn };
  }

  /** Whether calling a function blocks. */
  of(fn: FunctionNode): Summary {
    const known = this.#known.get(fn);
    if (known !== undefined) return known;
    const summary = this.#search(fn);
    this.#known.set(fn, summary);
    return summary;
  }

  #search(start: FunctionNode): Summary {
    const seen = new Map<FunctionNode, Route | undefined>([[start, undefined]]);
    let doubt: Deeds['doubt'];
    let best: Chain | undefined;
    let level: readonly FunctionNode[] = [start];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > DEEPEST || seen.size > MOST_FUNCTIONS) {
        doubt ??= { why: 'the chain of calls is too long to follow', node: start };
        break;
      }
      this.#expect(level);
      const deeper: FunctionNode[] = [];
      for (const fn of level) {
        const deeds = this.#deedsOf(fn);
        doubt ??= deeds.doubt;
        for (const end of deeds.ends) best = better(best, chainTo(end, fn, seen));
        for (const step of deeds.steps) {
          if (seen.has(step.fn) || this.#known.get(step.fn)?.blocks === 'no') continue;
          seen.set(step.fn, { step, from: fn });
          deeper.push(step.fn);
        }
      }
      if (best !== undefined && isWorst(best)) break;
      level = deeper;
    }
    if (best !== undefined) return { blocks: 'yes', chain: best };
    if (doubt !== undefined) return { blocks: 'unknown', ...doubt };
    for (const fn of seen.keys()) this.#known.set(fn, { blocks: 'no' });
    return { blocks: 'no' };
  }

  /** Wants all that has to be asked to know what functions do. */
  #expect(fns: readonly FunctionNode[]): void {
    const { program } = this.#sources;
    const calls = fns.filter((fn) => !this.#deeds.has(fn)).flatMap((fn) => this.#callsIn(fn));
    program.query.expectSymbols(calls.flatMap((call) => this.#targets.asks(calleeOf(call)) ?? []));
  }

  #deedsOf(fn: FunctionNode): Deeds {
    const known = this.#deeds.get(fn);
    if (known !== undefined) return known;
    const ends: Deeds['ends'][number][] = [];
    const steps: Deeds['steps'][number][] = [];
    let doubt: Deeds['doubt'];
    for (const call of this.#callsIn(fn)) {
      const rarity = rarityOf(call, fn);
      if (rarity !== 'always' && rarity !== 'keyed') continue;
      if (!this.#isRunBy(call, fn)) continue;
      const end = this.#endAt(call);
      if (end !== undefined) {
        const { cost } = end;
        if (cost !== 'none') ends.push({ end: end.end, cost, rarity });
        continue;
      }
      const target = this.#suspects.isSuspect(call) && this.#targets.of(calleeOf(call));
      if (!target) continue;
      const step = runBy(target);
      if (step !== undefined) {
        const isStep = !isAsync(step) && !isGenerator(step);
        if (isStep && !this.#isLeftOut(call, step)) {
          steps.push({ call, fn: step, rarity });
        }
      } else if (target.kind !== 'known') {
        doubt ??= {
          why: target.kind === 'unknown' ? target.why : 'its caller says what it calls',
          node: call,
        };
      }
    }
    const deeds = { ends, steps, doubt };
    this.#deeds.set(fn, deeds);
    return deeds;
  }

  /** A call that the catalogue or the user knows; what only its name speaks against proves nothing. */
  #endAt(call: Call): { readonly end: BlockingCall; readonly cost: Cost } | undefined {
    const { blocking, origins } = this.#sources;
    const end = blocking.mayBlock(call) ? blocking.of(call) : undefined;
    if (end === undefined || end.known === 'sibling') return undefined;
    return { end, cost: isQuickComputing(end.api) ? 'none' : costOf(end, origins) };
  }

  /** Calls that may block, or may run something that does, and that a function makes as part of its own work. */
  #callsIn(fn: FunctionNode): readonly Call[] {
    const known = this.#calls.get(fn);
    if (known !== undefined) return known;
    const calls: Call[] = [];
    const look = (node: ast.Node): void => {
      if (!ast.isCallExpression(node) && !ast.isNewExpression(node)) return;
      if (!this.#sources.blocking.mayBlock(node) && !this.#suspects.isSuspect(node)) return;
      const turn = runnerOf(node);
      if (turn?.fn === fn && turn.callbacks.every(({ how }) => how !== 'reaction'))
        calls.push(node);
    };
    if (fn.body !== undefined) walk(fn.body, look, { intoFunctions: true });
    this.#calls.set(fn, calls);
    return calls;
  }

  /** Whether a call switches off all in a function that may block. */
  #isLeftOut(call: Call, fn: FunctionNode): boolean {
    return leavesOut(call, fn, (one) => this.#callsIn(one));
  }

  /** Whether the callbacks between a call and its function are surely called there and then. */
  #isRunBy(call: Call, fn: FunctionNode): boolean {
    const turn = runnerOf(call);
    return (
      turn?.fn === fn &&
      turn.callbacks.every((callback) => isRunAtOnce(callback, this.#sources) === 'yes')
    );
  }
}

/** How the search came to a function. */
interface Route {
  readonly step: Link & Pick<Chain, 'rarity'>;
  readonly from: FunctionNode;
}

/** The function that runs when something is called; for a class its own constructor. */
function runBy(target: Target): FunctionNode | undefined {
  if (target.kind === 'function') return target.fn;
  if (target.kind !== 'class') return undefined;
  const own = target.node.members.find((one) => ast.isConstructorDeclaration(one) && one.body);
  return own !== undefined && isFunction(own) ? own : undefined;
}

function chainTo(
  { end, cost, rarity }: Deeds['ends'][number],
  fn: FunctionNode,
  routes: ReadonlyMap<FunctionNode, Route | undefined>,
): Chain {
  const steps: Link[] = [];
  let isKeyed = rarity === 'keyed';
  for (let route = routes.get(fn); route !== undefined; route = routes.get(route.from)) {
    const { call, fn: called } = route.step;
    steps.unshift({ call, fn: called });
    isKeyed ||= route.step.rarity === 'keyed';
  }
  return { steps, end, cost, rarity: isKeyed ? 'keyed' : 'always' };
}

/** The chain that costs more, the first of equals: it is no longer than the other. */
function better(known: Chain | undefined, other: Chain): Chain {
  if (known === undefined) return other;
  return weightOf(other) > weightOf(known) ? other : known;
}

function weightOf({ cost, rarity }: Chain): number {
  return (cost === 'slow' ? 2 : 0) + (rarity === 'always' ? 1 : 0);
}

function isWorst(chain: Chain): boolean {
  return weightOf(chain) === 3;
}
