/** Puts steps together while code is gone through in the order in which it runs. */
import type * as ast from '#ast';
import { type Edge, Graph, type Outcome, type Step, type StepKind } from './graph.ts';

/** A way out of a step that is not tied to another yet. */
export interface Loose {
  readonly from: GrowingStep;
  readonly on: Outcome;
}

/** Somewhere to jump to that comes later: the end of a loop, a `catch`, the end of the function. */
export interface Exit {
  /** How many cleanups stand round it; a jump from further inside passes through all others. */
  readonly depth: number;
  loose: Loose[];
}

/** Where `break` and `continue` lead. */
export interface Target {
  readonly labels: readonly string[];
  readonly breaks: Exit;
  /** Nothing for `switch`. */
  readonly continues: Exit | undefined;
  /** Whether `break` without a label means it. */
  readonly isPlain: boolean;
}

/** A step while the graph is being put together. */
export interface GrowingStep extends Step {
  readonly next: Edge[];
  readonly previous: Edge[];
}

/** The graph so far, and what has to be tied to whatever runs next. */
export class Wiring {
  /** Ways that lead to what runs next; none when it cannot be reached. */
  loose: Loose[];
  readonly returned: Exit;
  readonly targets: Target[] = [];
  /** For each optional chain that is being gone through, the ways that cut it short. */
  readonly chains: Loose[][] = [];
  readonly #steps: GrowingStep[] = [];
  readonly #start: GrowingStep;
  readonly #handlers: Exit[];
  readonly #cleanups: Map<Exit, Loose[]>[] = [];

  constructor() {
    this.#start = this.#add('start', undefined);
    this.loose = [{ from: this.#start, on: 'next' }];
    this.returned = this.exit();
    this.#handlers = [this.exit()];
  }

  /** Somewhere to jump to, for the code from here on. */
  exit(): Exit {
    return { depth: this.#cleanups.length, loose: [] };
  }

  /** What runs next. */
  step(kind: StepKind, node: ast.Node | undefined): GrowingStep {
    const step = this.#add(kind, node);
    this.link(step);
    this.loose = [{ from: step, on: 'next' }];
    return step;
  }

  /** A question that has just been evaluated. */
  branch(node: ast.Node): { readonly yes: Loose[]; readonly no: Loose[] } {
    const from = this.step('branch', node);
    return { yes: [{ from, on: 'yes' }], no: [{ from, on: 'no' }] };
  }

  /** Leads back to a step that is there already. */
  link(to: GrowingStep): void {
    for (const { from, on } of this.loose) {
      const edge: Edge = { from, to, on };
      from.next.push(edge);
      to.previous.push(edge);
    }
    this.loose = [];
  }

  /** Lets a step throw to the nearest handler. */
  fails(from: GrowingStep): void {
    const handler = this.#handlers.at(-1);
    if (handler !== undefined) this.#route({ from, on: 'throw' }, handler);
  }

  /** Lets a step lead to an exit as well. */
  alsoLeaves(from: GrowingStep, on: Outcome, exit: Exit): void {
    this.#route({ from, on }, exit);
  }

  /** Jumps: what comes next is reached in other ways, if at all. */
  leave(exit: Exit): void {
    for (const loose of this.loose) this.#route(loose, exit);
    this.loose = [];
  }

  /** Goes on at an exit, beside what runs into it. */
  enter(exit: Exit): void {
    this.loose = [...this.loose, ...exit.loose];
  }

  /** Goes through code whose throws lead to a handler; gives the handler. */
  handled(body: () => void): Exit {
    const handler = this.exit();
    this.#handlers.push(handler);
    body();
    this.#handlers.pop();
    return handler;
  }

  /** Goes through code with a cleanup after it, which is drawn anew for each way out. */
  cleaned(body: () => void, clean: () => void): void {
    const routes = new Map<Exit, Loose[]>();
    this.#cleanups.push(routes);
    body();
    this.#cleanups.pop();
    if (this.loose.length > 0) clean();
    const after = this.loose;
    for (const [exit, loose] of routes) {
      this.loose = loose;
      clean();
      this.leave(exit);
    }
    this.loose = after;
  }

  /** The graph of all that was gone through. */
  finish(): Graph {
    this.enter(this.returned);
    const end = this.step('end', undefined);
    this.loose = this.#handlers[0]?.loose ?? [];
    const thrown = this.step('thrown', undefined);
    return new Graph(this.#steps, { start: this.#start, end, thrown });
  }

  #route(loose: Loose, exit: Exit): void {
    const cleanup = this.#cleanups.length > exit.depth ? this.#cleanups.at(-1) : undefined;
    if (cleanup === undefined) {
      exit.loose.push(loose);
      return;
    }
    const route = cleanup.get(exit);
    if (route === undefined) cleanup.set(exit, [loose]);
    else route.push(loose);
  }

  #add(kind: StepKind, node: ast.Node | undefined): GrowingStep {
    const step: GrowingStep = { kind, node, next: [], previous: [] };
    this.#steps.push(step);
    return step;
  }
}
