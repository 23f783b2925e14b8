/** Carries what is known from step to step, with the way things run or against it, until nothing new is learnt. */
import type * as ast from '#ast';
import { presenceQuestion } from '../shape/comparisons.ts';
import { unwrap } from '../shape/syntax.ts';
import type { Edge, Graph, Step } from './graph.ts';

/** Whether things run from step to step, or are looked at from their end. */
export type Direction = 'forward' | 'backward';

/** What is carried. States are compared by identity: numbers, strings, `true`. */
export interface Flow<State> {
  readonly direction: Direction;
  /** Where it begins. */
  readonly from: Iterable<Edge>;
  readonly begin: State;
  /** What is known beyond an edge, of what was known before it; nothing where this ends. */
  pass(state: State, edge: Edge): State | undefined;
  /** What is known where ways meet. */
  join(one: State, other: State): State;
}

/** What is known at each step that is come to. */
export function solve<State>(flow: Flow<State>): ReadonlyMap<Step, State> {
  const isForward = flow.direction === 'forward';
  const known = new Map<Step, State>();
  const work: Step[] = [];
  const arrive = (edges: Iterable<Edge>, state: State): void => {
    for (const edge of edges) {
      const beyond = flow.pass(state, edge);
      if (beyond === undefined) continue;
      const step = isForward ? edge.to : edge.from;
      const before = known.get(step);
      const now = before === undefined ? beyond : flow.join(before, beyond);
      if (now === before) continue;
      known.set(step, now);
      work.push(step);
    }
  };
  arrive(flow.from, flow.begin);
  for (let step = work.pop(); step !== undefined; step = work.pop()) {
    const state = known.get(step);
    if (state !== undefined) arrive(isForward ? step.next : step.previous, state);
  }
  return known;
}

/** The steps that can be come to over some edges, and from there over all those that may be `walked`. */
export function reached(
  from: Iterable<Edge>,
  walked: (edge: Edge) => boolean,
  direction: Direction = 'forward',
): ReadonlySet<Step> {
  const pass = (state: true, edge: Edge) => (walked(edge) ? state : undefined);
  return new Set(solve<true>({ direction, from, begin: true, pass, join: () => true }).keys());
}

/** The steps from which an end of the function, or one of some steps, can be come to over edges that may be `walked`. */
export function leadingOut(
  { end, thrown }: Graph,
  walked: (edge: Edge) => boolean,
  others: Iterable<Step> = [],
): ReadonlySet<Step> {
  const ends = [end, thrown, ...others].flatMap(({ previous }) => previous);
  return reached(ends, walked, 'backward');
}

/** Whether a way is only for where one of some variables holds nothing: after `if (!p)`, after `if (p == null)`. */
export function isForNothing({ from, on }: Edge, names: ReadonlySet<ast.Node>): boolean {
  const { node } = from;
  if (node === undefined) return false;
  if (names.has(node)) return on === 'no';
  const question = presenceQuestion(node);
  if (question === undefined || !names.has(unwrap(question.asked))) return false;
  return on === (question.holdsWithout ? 'yes' : 'no');
}
