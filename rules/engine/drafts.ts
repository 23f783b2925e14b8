import { PENDING, type Program } from '#program';
import type { Fix } from './finding.ts';
import { MOST_STARTS, settled } from './settle.ts';

/** Builds the fixes of findings: each when it is asked for, or all ahead in few batches. */
export class Drafts {
  readonly #program: Program;
  readonly #isAhead: boolean;
  #unbuilt: Draft[] = [];

  constructor(program: Program, isAhead: boolean) {
    this.#program = program;
    this.#isAhead = isAhead;
  }

  /** Takes on the building of a finding's fixes; what it gives builds them once. */
  add(build: () => readonly Fix[]): () => readonly Fix[] {
    const draft: Draft = { build, fixes: undefined };
    if (this.#isAhead) this.#unbuilt.push(draft);
    return () => {
      draft.fixes ??= settled(this.#program, build) ?? [];
      return draft.fixes;
    };
  }

  /** Builds ahead as far as the answers reach; what is lacking travels with the next questions. */
  build(): void {
    if (this.#unbuilt.length > 0) this.#unbuilt = this.#unbuilt.filter((draft) => !built(draft));
  }

  /** Builds all that are left, again and again with the answers of the next batch. */
  buildAll(): void {
    for (let starts = 0; starts < MOST_STARTS && this.#unbuilt.length > 0; starts++) {
      this.#program.query.flush();
      this.build();
    }
  }
}

/** The fixes of one finding, before and after they are built. */
interface Draft {
  readonly build: () => readonly Fix[];
  fixes: readonly Fix[] | undefined;
}

/** Whether a draft needs no further answer; one that fails is told when it is asked for. */
function built(draft: Draft): boolean {
  try {
    draft.fixes = draft.build();
    return true;
  } catch (error) {
    return error !== PENDING;
  }
}
