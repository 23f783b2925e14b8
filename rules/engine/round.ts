/** Rules that go over a file together: which of them look at a node is worked out once, and not for every file. */
import * as ast from '#ast';
import { type Facts, unwrap } from '#facts';
import { kindSet } from '#program';
import type { Rule, Visitor } from './rule.ts';

/** What one rule does with a node. */
export interface Visit {
  /** The rule's place among those of the round. */
  readonly index: number;
  readonly judge: Visitor;
}

const NOBODY: readonly Visit[] = [];

/** One walk over each file for several rules. */
export class Round {
  readonly rules: readonly Rule[];
  /** Marks of the kinds that any of the rules looks at. */
  readonly kinds: Uint8Array;
  readonly #facts: Facts;
  readonly #byKind: Visit[][] = [];
  readonly #byFunction = new Map<string | undefined, readonly Visit[]>();
  readonly #byMethod = new Map<string, readonly Visit[]>();

  constructor(rules: readonly Rule[], facts: Facts) {
    this.rules = rules;
    this.#facts = facts;
    this.kinds = kindSet(rules.flatMap(({ visitors }) => [...visitors.keys()]));
    for (const [index, { visitors }] of rules.entries()) {
      for (const [kind, judge] of visitors) {
        const visits = this.#byKind[kind] ?? [];
        this.#byKind[kind] = visits;
        visits.push({ index, judge });
      }
    }
  }

  /** What is done with a node; calls may be of interest for their name alone. */
  visits(node: ast.Node): readonly Visit[] {
    const all = this.#byKind[node.kind] ?? NOBODY;
    if (!ast.isCallExpression(node)) return all;
    const callee = unwrap(node.expression);
    if (ast.isPropertyAccessExpression(callee)) return this.#ofMethod(callee.name.text, all);
    return this.#ofFunction(ast.isIdentifier(callee) ? callee.text : undefined, all);
  }

  #ofMethod(name: string, all: readonly Visit[]): readonly Visit[] {
    const known = this.#byMethod.get(name);
    if (known !== undefined) return known;
    const some = this.#ofFunction(name, all).filter(({ index }) => {
      return this.rules[index]?.methods?.(name, this.#facts) ?? true;
    });
    this.#byMethod.set(name, some);
    return some;
  }

  #ofFunction(name: string | undefined, all: readonly Visit[]): readonly Visit[] {
    const known = this.#byFunction.get(name);
    if (known !== undefined) return known;
    const some = all.filter(({ index }) => {
      const callees = this.rules[index]?.callees;
      return callees === undefined || (name !== undefined && callees.has(name));
    });
    this.#byFunction.set(name, some);
    return some;
  }
}
