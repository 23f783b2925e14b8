import type { Certainty, Choices, Rule } from '#engine';
import type { CompilerSettings, Program } from '#program';
import type { Memory } from './cache/memory.ts';
import type { Opening } from './opening.ts';

/** Files that one program is to lint. */
export interface ProgramFiles {
  readonly program: Program;
  /** The user's own config; none for files that no config holds. */
  readonly config: string | undefined;
  readonly files: readonly string[];
}

/** What a linter is made of. */
export interface LinterOptions extends CompilerSettings {
  readonly rules: readonly Rule[];
  /** A compiler that was started before, with the projects that it has begun to open. */
  readonly opening?: Opening;
  /** What the command line or the editor chose, everywhere or by file; it wins over config files. */
  readonly choices?: Choices | ((file: string) => Choices);
  /** Ids of the only rules to run; every one that is not off when left out. */
  readonly only?: readonly string[];
  /** The only `asynclint.jsonc` to read, in place of those nearest to the projects. */
  readonly config?: string;
  /** The only tsconfigs to open, in place of those that the paths belong to. */
  readonly tsconfigs?: readonly string[];
  /** Files to leave out, beside those that config files ignore. */
  readonly excludes?: (file: string) => boolean;
  /** Leaves out findings that are less certain than this. */
  readonly minCertainty?: Certainty;
  /** Whether comments of other linters count; they do when left out. */
  readonly foreignComments?: boolean;
  /** Hands out as well what comments allow. */
  readonly suppressed?: boolean;
  /** Builds fixes at once, while the compiler still knows the program, instead of when they are asked for. */
  readonly eagerFixes?: boolean;
  /** Told how many files are done, and of how many. */
  readonly progress?: (done: number, all: number) => void;
  /** Chooses the files to lint among all that would be. */
  readonly narrow?: (programs: readonly ProgramFiles[]) => ReadonlySet<string>;
  /** What earlier runs found, and what this one leaves to later ones. */
  readonly memory?: Memory;
  /** Milliseconds since some fixed point; without it nothing is timed. */
  readonly clock?: () => number;
}
