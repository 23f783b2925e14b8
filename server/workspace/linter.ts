import type { Finding, Fix } from '#engine';

/** Something the user ought to know that is no finding: an overridden option, a file left out, a crash of a rule. */
export interface Note {
  readonly message: string;
  readonly file?: string;
  /** `internal` notes are our bugs; the command line exits 3 when there is one. */
  readonly kind: 'information' | 'warning' | 'internal';
}

/** Times in milliseconds, and counts, of one run. */
export interface Stats {
  readonly files: number;
  readonly projects: number;
  readonly requests: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, number>>;
}

/** What came of one run. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** Absolute names of the files that were linted. */
  readonly files: readonly string[];
  readonly stats: Stats;
}

/** Files that changed on disk or in an unsaved editor. Absolute names. */
export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
}

/**
 * Lints what paths name, over one compiler that stays alive between runs. Used by the command line once, and
 * by the language server's worker for as long as the editor is open.
 */
export interface Linter {
  /** Lints files and folders: the projects they belong to are found and opened. */
  lint(paths: readonly string[], cancelled?: () => boolean): Report;
  /** Tells what changed; the next `lint` sees it. */
  update(changes: FileChanges): void;
  /** Builds the fixes of a finding of the newest report. */
  fixes(finding: Finding): readonly Fix[];
  dispose(): void;
}
