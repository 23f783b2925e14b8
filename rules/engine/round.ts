/** Rules that go over a file together: which of them look at a node is worked out once, and not for every file. */
import * as ast from '#ast';
import { calleeName } from '#facts';
import { kindSet } from '#program';
import type { Rule } from './rule.ts';

const NOBODY: readonly number[] = [];

/** One walk over each file for several rules. */
export class Round {
  readonly rules: readonly Rule[];
  /** Marks of the kinds that any of the rules looks at. */
  readonly kinds: Uint8Array;
  readonly #byKind: (readonly number[])[] = [];
  readonly #byCallee = new Map<string | undefined, readonly number[]>();

  constructor(rules: readonly Rule[]) {
    const kinds = new Set(rules.flatMap((rule) => rule.kinds));
    this.rules = rules;
    this.kinds = kindSet(kinds);
    for (const kind of kinds) {
      this.#byKind[kind] = rules.flatMap((rule, index) => (rule.kinds.includes(kind) ? index : []));
    }
  }

  /** Places among `rules` of those that look at a node; calls may be of interest for their name alone. */
  visiting(node: ast.Node): readonly number[] {
    const all = this.#byKind[node.kind] ?? NOBODY;
    if (!ast.isCallExpression(node)) return all;
    const name = calleeName(node);
    const known = this.#byCallee.get(name);
    if (known !== undefined) return known;
    const some = all.filter((index) => {
      const callees = this.rules[index]?.callees;
      return callees === undefined || (name !== undefined && callees.has(name));
    });
    this.#byCallee.set(name, some);
    return some;
  }
}
