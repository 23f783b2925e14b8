/**
 * The control-flow graph of one function or module: what is run, step by step, and where each step may lead. Of the many
 * expressions only those are steps that can do something: calls, awaits, yields, assignments, functions made. A step
 * throws when it is one of the things that people know to throw: calls, `new`, tagged templates, awaits, yields,
 * iteration, disposal, `throw`; that reading a member of nothing throws as well is left out, lest every path lead
 * everywhere. A `finally` block is drawn once for each way through it, so that paths are never mixed up.
 */
import type * as ast from '#ast';

/**
 * What a step is: something evaluated, a question with two answers, a resource given back at the end of its block, a
 * meeting point of loops, or the ends: `start`, `end` (returned or run through) and `thrown`.
 */
export type StepKind =
  | 'start'
  | 'evaluate'
  | 'branch'
  | 'return'
  | 'dispose'
  | 'join'
  | 'end'
  | 'thrown';

/** How a step was left. `closed` is a generator that its consumer ends at a `yield`. */
export type Outcome = 'next' | 'yes' | 'no' | 'throw' | 'closed';

/** A way from one step to another. */
export interface Edge {
  readonly from: Step;
  readonly to: Step;
  readonly on: Outcome;
}

/** One thing that is run. */
export interface Step {
  readonly kind: StepKind;
  /** What is run; nothing for the ends. */
  readonly node: ast.Node | undefined;
  readonly next: readonly Edge[];
  readonly previous: readonly Edge[];
}

/** All steps of one function or module. */
export class Graph {
  readonly start: Step;
  readonly end: Step;
  readonly thrown: Step;
  readonly steps: readonly Step[];
  readonly #byNode = new Map<ast.Node, Step[]>();

  constructor(steps: readonly Step[], ends: { start: Step; end: Step; thrown: Step }) {
    this.steps = steps;
    this.start = ends.start;
    this.end = ends.end;
    this.thrown = ends.thrown;
    for (const step of steps) {
      if (step.node === undefined) continue;
      const known = this.#byNode.get(step.node);
      if (known === undefined) this.#byNode.set(step.node, [step]);
      else known.push(step);
    }
  }

  /** The steps that run a node: several, where it stands in a `finally` block that is come to in several ways. */
  at(node: ast.Node): readonly Step[] {
    return this.#byNode.get(node) ?? [];
  }
}
