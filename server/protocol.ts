/**
 * What the server and its editors say to each other beyond the Language Server Protocol. An editor that knows nothing
 * of this loses nothing but comfort.
 */
import type {
  Position,
  ProgressToken,
  Range,
  TextDocumentIdentifier,
} from 'vscode-languageserver/node';

/** What an editor that knows this page sends along as `initializationOptions`, beside its settings. */
export interface InitializationOptions {
  /** Wants the notification `asynclint/status`. */
  readonly status?: boolean;
  /** The commands of `ClientCommand` that the editor carries out itself; the server does what it can for the others. */
  readonly commands?: readonly string[];
}

/** The section `asynclint` of the editor's settings, as far as the server reads it; anew whenever it changes. */
export interface EditorSettings {
  readonly enable?: boolean;
  readonly preset?: 'recommended' | 'strict' | 'all' | null;
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'information' | 'off'>>;
  /** Shows above each async function what it waits for. */
  readonly codeLens?: boolean;
  /** Which files are linted unasked: those that are open, or all of the workspace. */
  readonly scope?: 'open' | 'workspace';
  /** Milliseconds that one request to the compiler may take before it is started anew. */
  readonly patience?: number;
}

/** How the server is; sent as the notification `asynclint/status` whenever it changes. */
export interface ServerStatus {
  readonly state: 'idle' | 'linting' | 'failed';
  /** What went wrong and the way out, or what would make findings better. */
  readonly message?: string;
  /** The config of the project that was linted last, relative to its workspace folder. */
  readonly project?: string;
  /** Version of the compiler that is asked. */
  readonly typescript: string;
  /** In the files that are open, or in the workspace where all of that is linted. */
  readonly findings: number;
}

/** Commands that code actions and lenses name, with a `CommandPlace` as their one argument. */
export const ClientCommand = {
  showWaterfall: 'asynclint.showWaterfall',
  explain: 'asynclint.explain',
} as const;

/** Where a command is to look. */
export interface CommandPlace {
  readonly uri: string;
  readonly position: Position;
}

/** Commands that the server carries out (`workspace/executeCommand`); each answers with an `Outcome`. */
export const ServerCommand = {
  /** With a `RuleSelection`: one way of fixing one rule, in one file or, without `uri`, in the whole workspace. */
  fixAllOfRule: 'asynclint.fixAllOfRule',
  /** Everything that is safe to fix, in the whole workspace. Takes no argument. */
  fixAllInWorkspace: 'asynclint.fixAllInWorkspace',
  /** With a `CommandPlace`: makes the function there async, and all its callers. */
  makeAsync: 'asynclint.makeAsync',
} as const;

/** What `fixAllOfRule` is to fix. */
export interface RuleSelection {
  readonly rule: string;
  /** Id of the way of fixing; the first of each finding when left out. */
  readonly fix?: string;
  readonly uri?: string;
}

/** What became of a command. */
export interface Outcome {
  /** Whether the editor took the edits. */
  readonly applied: boolean;
  /** Edits and files that the command came to. */
  readonly edits: number;
  readonly files: number;
  /** One sentence for people: what was done, or why nothing was. */
  readonly message: string;
}

/** Request: lints all workspace folders now. Findings of files that are not open are published unasked. */
export const LINT_WORKSPACE = 'asynclint/lintWorkspace';

/** Parameters of `asynclint/lintWorkspace`. */
export interface LintWorkspaceParams {
  readonly workDoneToken?: ProgressToken;
}

/** Answer to `asynclint/lintWorkspace`. */
export interface WorkspaceSummary {
  readonly files: number;
  readonly findings: number;
}

/** Request: why what stands at a place is reported, or is not; Markdown, or `null` where there is nothing to tell. */
export const EXPLAIN = 'asynclint/explain';

/** Parameters of `asynclint/explain`. */
export interface ExplainParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** Answer to `asynclint/explain`. */
export interface ExplanationPage {
  readonly markdown: string;
}

/** Request: what the function at a place, or of a name, waits for; `null` where there is none, or it waits for nothing. */
export const WATERFALL = 'asynclint/waterfall';

/** Parameters of `asynclint/waterfall`: a place, or the name of a function (`load`, `Users.load`). */
export interface WaterfallParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position?: Position;
  readonly function?: string;
}

/** Answer to `asynclint/waterfall`: the data, and the same drawn. */
export interface WaterfallView {
  readonly uri: string;
  /** The text that ranges speak of. */
  readonly version: number;
  /** The function's name. */
  readonly name: string;
  /** The whole function. */
  readonly range: Range;
  /** Where it is: `src/users.ts:40`. */
  readonly place: string;
  /** Milliseconds where comments tell any, else steps. */
  readonly unit: 'ms' | 'steps';
  readonly today: WaterfallTimeline;
  readonly overlapped: WaterfallTimeline;
  /** Sentences about the whole: what overlapping comes to, and the longest chain where that gains anything. */
  readonly summary: readonly string[];
  /** A picture that stands by itself, light or dark as its surroundings. */
  readonly svg: string;
  /** A page that stands by itself. */
  readonly html: string;
}

/** Bars in the order of the text. */
export interface WaterfallTimeline {
  readonly bars: readonly WaterfallBar[];
  readonly length: number;
}

/** One thing that is waited for. */
export interface WaterfallBar {
  readonly label: string;
  readonly range: Range;
  readonly start: number;
  readonly length: number;
  /** No comment tells how long it takes. */
  readonly isAssumed: boolean;
  readonly isOnLongestChain: boolean;
}
