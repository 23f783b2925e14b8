/** What a run of the linter hands out: plain data, positions in UTF-16 offsets from the file's start. */

/** How bad a finding is. */
export type Severity = 'error' | 'warning' | 'information';

/** `proved`: every condition was shown. `likely`: secondary evidence, such as a name, was needed. */
export type Certainty = 'proved' | 'likely';

/** `safe` keeps behaviour and runs under `--fix`; `suggested` waits for a person. */
export type FixKind = 'safe' | 'suggested';

/** A stretch of text; `end` is the first offset after it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Replaces one stretch of one file. */
export interface Edit extends Range {
  /** Absolute name of the file. */
  readonly file: string;
  readonly text: string;
}

/** A rewrite that removes a finding. */
export interface Fix {
  /** Names this way of fixing within its rule, kebab-case: `await`, `void`. */
  readonly id: string;
  /** Imperative, at most 60 characters. */
  readonly title: string;
  readonly kind: FixKind;
  /** Never overlapping. */
  readonly edits: readonly Edit[];
}

/** Why a rewrite of several functions is not to be had, and the place that prevents it. */
export interface Refusal extends Related {
  readonly refused: true;
}

/** Another place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** One report of one rule. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly Related[];
  /** Builds the fixes, first preferred; may ask the compiler, so only while its snapshot is the newest. */
  fixes(): readonly Fix[];
  /**
   * Works out a fix that reaches far, and lets the compiler look at it: so costly that it is only done for somebody who
   * asks for fixes of this kind. Nothing where there is none.
   */
  readonly rewrite?: () => Fix | Refusal | undefined;
}

/** A rule that threw: our bug, told to the user once, while all else goes on. */
export interface Crash {
  readonly rule: string;
  readonly file: string;
  readonly error: Error;
}
