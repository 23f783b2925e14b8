/** What the protocol thread and the linting thread say to each other: plain data, offsets only. */
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Choices, Edit, Finding, Fix, Range, Refusal } from '#engine';
import type { Refactoring, Waterfall } from '#facts';
import type { ConfigProblem } from '../config/check.ts';
import type { FileChanges } from '../workspace/linter.ts';
import type { Note } from '../workspace/report.ts';

/** What the linter is made with, and what counts in it. */
export interface LinterSettings {
  readonly cwd: string;
  readonly choices: Choices;
  /** What was chosen for single folders of the workspace instead. */
  readonly folders: readonly FolderChoices[];
  /** Milliseconds that one request to the compiler may take before it counts as hung. */
  readonly patience?: number;
}

/** What was chosen for one folder and all below it. */
export interface FolderChoices {
  readonly folder: string;
  readonly choices: Choices;
}

/** A finding without its fixes, which are asked for by its place. */
export type PlainFinding = Omit<Finding, 'fixes' | 'rewrite'>;

/** What mends a finding: here, or in as many places as it takes, if nothing prevents that. */
export interface Offer {
  readonly fixes: readonly Fix[];
  readonly rewrite?: Fix | Refusal;
  /** Where a comment can stand that allows it: on a line above, or only in front of the very code. */
  readonly room: 'above' | 'inline';
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
  /** The tsconfig that holds them; of several the first. */
  readonly project?: string;
  /** What would make findings better, in one sentence. */
  readonly hint?: string;
  /** Mistakes by config file, for every config that governs the files. */
  readonly configs: ReadonlyMap<string, readonly ConfigProblem[]>;
}

/** Sets the linter up, or tells it other settings. */
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

/** Asks for the ways to rewrite the code at a place that no finding asks for; `null` when it cannot be linted. */
export const Refactorings = new RequestType<
  { readonly file: string; readonly range: Range },
  readonly Refactoring[] | null,
  void
>('refactorings');

/** Asks for the edits that mend as much of some files as can be mended together. */
export const FixAll = new RequestType<
  { readonly files: readonly string[]; readonly selection: FixSelection },
  readonly Edit[],
  void
>('fixAll');

/** Asks for the names of all files below some folders that would be linted. */
export const SourceFiles = new RequestType<readonly string[], readonly string[], void>('sources');

/** Asks whether files still have the texts that edits were made for. */
export const IsCurrent = new RequestType<ReadonlyMap<string, string>, boolean, void>('isCurrent');

/** A function by a place in it, or by its name. */
export interface FunctionKey {
  readonly file: string;
  readonly at: number | string;
  /** Folder that places are told relative to. */
  readonly folder: string;
}

/** One function's waterfall, as data and drawn. */
export interface Drawn {
  readonly name: string;
  readonly range: Range;
  readonly place: string;
  readonly waterfall: Waterfall;
  readonly summary: readonly string[];
  readonly svg: string;
  readonly html: string;
}

/** Asks for the waterfall of a function; `null` when there is none, or it waits for nothing. */
export const DrawWaterfall = new RequestType<FunctionKey, Drawn | null, void>('waterfall');

/** What stands above a function that waits. */
export interface Lens {
  readonly range: Range;
  readonly title: string;
}

/** Asks what is to be shown above the functions of a file; `null` when it cannot be linted. */
export const Lenses = new RequestType<{ readonly file: string }, readonly Lens[] | null, void>(
  'lenses',
);

/** Asks what is known of what waits on a line; Markdown, or `null` when nothing does. */
export const Explain = new RequestType<
  { readonly file: string; readonly line: Range },
  string | null,
  void
>('explain');

/** Asks whether the function at a place waits for something in a way that blocks; `null` when nobody knows. */
export const CanBeAsync = new RequestType<
  { readonly file: string; readonly at: number },
  boolean | null,
  void
>('canBeAsync');

/** Asks for the edits that make the function at a place async, with all its callers; `null` when it need not be. */
export const MakeAsync = new RequestType<
  { readonly file: string; readonly at: number },
  Fix | Refusal | null,
  void
>('makeAsync');
