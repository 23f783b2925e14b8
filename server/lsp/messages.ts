/** What the protocol thread and the linting thread say to each other: plain data, offsets only. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Choices, Edit, Finding, Fix, Range, Refusal } from '#engine';
import type { Refactoring } from '#facts';
import type { ConfigProblem } from '../config/check.ts';
import type { FileChanges } from '../workspace/linter.ts';
import type { Note } from '../workspace/report.ts';

/** What the linter is made with; another one of these means another linter, and everything read anew. */
export interface LinterSettings {
  readonly cwd: string;
  readonly choices: Choices;
  /** Milliseconds that one request to the compiler may take before it counts as hung. */
  readonly patience?: number;
}

/** A finding without its fixes, which are asked for by its place. */
export type PlainFinding = Omit<Finding, 'fixes' | 'rewrite'>;

/** What mends a finding: here, or in as many places as it takes, if nothing prevents that. */
export interface Offer {
  readonly fixes: readonly Fix[];
  readonly rewrite?: Fix | Refusal;
}

/** What tells a finding from all others of its file. */
export interface FindingKey {
  readonly rule: string;
  readonly range: Range;
}

/** Which fixes of a file to apply together. */
export interface FixSelection {
  /** Of this rule alone. */
  readonly rule?: string;
  /** This way of fixing alone; else the first that fits. */
  readonly fix?: string;
  readonly safeOnly: boolean;
}

/** Findings by file, for every file asked about. */
export interface Linted {
  readonly findings: ReadonlyMap<string, readonly PlainFinding[]>;
  readonly notes: readonly Note[];
  /** Mistakes by config file, for every config that governs the files. */
  readonly configs: ReadonlyMap<string, readonly ConfigProblem[]>;
}

/** Sets the linter up. */
export const Configure = new NotificationType<LinterSettings>('configure');

/** Tells the text of an open document, or, without text, that it is closed. */
export const TextChanged = new NotificationType<{ readonly file: string; readonly text?: string }>(
  'text',
);

/** Tells what happened to files on disk. */
export const FilesChanged = new NotificationType<FileChanges>('files');

/** Asks for the findings of some files. */
export const Lint = new RequestType<readonly string[], Linted, void>('lint');

/** Asks for the fixes of some findings, in their order; findings that are gone have none. */
export const Fixes = new RequestType<
  { readonly file: string; readonly findings: readonly FindingKey[] },
  readonly Offer[],
  void
>('fixes');

/** Asks for the ways to rewrite the code at a place that no finding asks for. */
export const Refactorings = new RequestType<
  { readonly file: string; readonly range: Range },
  readonly Refactoring[],
  void
>('refactorings');

/** Asks for the edits that mend as much of a file as can be mended together. */
export const FixAll = new RequestType<
  { readonly file: string; readonly selection: FixSelection },
  readonly Edit[],
  void
>('fixAll');
