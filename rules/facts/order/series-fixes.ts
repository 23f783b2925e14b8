/** Rewrites of awaits in series that keep the types of what is waited for. */
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import type { Promises } from '../promises/promises.ts';
import { keepsType } from './choice-types.ts';
import { isTypedByUse } from './context-types.ts';
import { gatherEdits } from './gather-edits.ts';
import { settledEdits } from './settled-edits.ts';
import type { Series } from './waves.ts';

/** Rewrites series, where the compiler has nothing against it. */
export class SeriesFixes {
  readonly #program: Program;
  readonly #promises: Promises;

  constructor(program: Program, promises: Promises) {
    this.#program = program;
    this.#promises = promises;
  }

  /** With `Promise.all`: not where something is changed, and a failure beside it would be told too early. */
  gathered(series: Series): readonly Edit[] | undefined {
    return this.#keepsTypes(series) ? gatherEdits(series) : undefined;
  }

  /** With `Promise.allSettled`, which libraries before that of ES2020 do not have. */
  settled(series: Series): readonly Edit[] | undefined {
    const isThere = this.#program.query.global('PromiseSettledResult') !== undefined;
    return isThere && this.#keepsTypes(series) ? settledEdits(series) : undefined;
  }

  #keepsTypes({ awaits }: Series): boolean {
    return awaits.every((one) => {
      const { others } = one.choice;
      return (
        others.every((other) => keepsType(other, this.#program, this.#promises)) &&
        !isTypedByUse(one, this.#program)
      );
    });
  }
}
