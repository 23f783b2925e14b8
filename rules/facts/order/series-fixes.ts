/** Rewrites of awaits in series that keep the types of what is waited for. */
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import { isTypedByUse } from './context-types.ts';
import { gatherEdits } from './gather-edits.ts';
import { settledEdits } from './settled-edits.ts';
import type { Series } from './waves.ts';

/** Rewrites series, where the compiler has nothing against it. */
export class SeriesFixes {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
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
    return !awaits.some((one) => isTypedByUse(one, this.#program));
  }
}
