/** What running code reads and writes, project functions followed through their calls. */
import type * as ast from '#ast';
import type { Program } from '#program';
import type { Calls } from './calls.ts';
import type { Effects } from './places.ts';

/** Works out effects, and remembers those of functions. */
export class EffectAnalysis {
  readonly #program: Program;
  readonly #calls: Calls;

  constructor(program: Program, calls: Calls) {
    this.#program = program;
    this.#calls = calls;
  }

  /** The effects of evaluating an expression, of running a statement, or of calling a function. */
  of(node: ast.Node): Effects {
    return {
      reads: [],
      writes: [],
      order: undefined,
      unknown: { why: 'is not analysed yet', node },
    };
  }

  /** Whether running code reaches files, network, a database or another program. */
  reachesIo(node: ast.Node): 'yes' | 'no' | 'unknown' {
    return this.of(node).unknown === undefined ? 'no' : 'unknown';
  }

  /** Whether a call exists to throw: its result is unused and its name or body says so. */
  isGuard(call: ast.CallExpression): boolean {
    return /^(?:assert|authori[sz]e|validate|ensure|check|require|verify|guard)/i.test(
      call.expression.getText(),
    );
  }
}
