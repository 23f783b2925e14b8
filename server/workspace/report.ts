import type { Finding } from '#engine';

/** Something the user ought to know that is no finding: an overridden option, a file left out, a crash of a rule. */
export interface Note {
  readonly message: string;
  readonly file?: string;
  /** `internal` notes are our bugs; the command line exits 3 when there is one. */
  readonly kind: 'information' | 'warning' | 'internal';
  /** Where our bug happened, for the log and for `--stats`. */
  readonly stack?: string;
}

/** Times in milliseconds, and counts, of one run. */
export interface Stats {
  readonly files: number;
  readonly projects: number;
  readonly requests: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, number>>;
}

/** A finding that nobody is to be troubled with, who says so, and why. */
export interface Suppressed {
  readonly finding: Finding;
  readonly by: 'comment' | 'baseline';
  readonly reason: string | undefined;
}

/** What came of one run. */
export interface Report {
  readonly findings: readonly Finding[];
  /** What was found beside that and is allowed or accepted; only where it was asked for. */
  readonly suppressed?: readonly Suppressed[];
  readonly notes: readonly Note[];
  /** Notes one by one, before those that say the same of several files were put together. */
  readonly eachNote?: readonly Note[];
  /** Absolute names of the files that were linted. */
  readonly files: readonly string[];
  /** Absolute names of the users' tsconfigs that hold them. */
  readonly tsconfigs: readonly string[];
  /** How many were left out because the config says so. */
  readonly ignored: number;
  readonly stats: Stats;
}
