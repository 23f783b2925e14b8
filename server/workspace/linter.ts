import {
  type Choices,
  type Crash,
  DEFAULT_PROJECT_SETTINGS,
  type Finding,
  type Fix,
  lint,
  type LintResult,
  type Rule,
  settingOf,
} from '#engine';
import { Compiler, type CompilerSettings, type Program } from '#program';
import { isWithin } from './files.ts';
import { type Selection, select } from './project.ts';
import type { Note, Report } from './report.ts';

export type { Note, Report, Stats } from './report.ts';

/** Files that changed on disk or in an unsaved editor. Absolute names. */
export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
}

/** What a linter is made of. */
export interface LinterOptions extends Omit<CompilerSettings, 'garbageTarget'> {
  readonly rules: readonly Rule[];
  /** What the command line or the editor chose; it wins over config files. */
  readonly choices?: Choices;
  /** The only tsconfig to open, in place of those that the paths belong to. */
  readonly tsconfig?: string;
  /** Builds fixes at once, while the compiler still knows the program, instead of when they are asked for. */
  readonly eagerFixes?: boolean;
  /** Milliseconds since some fixed point; without it nothing is timed. */
  readonly clock?: () => number;
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

/** Starts the compiler, and makes a linter over it. */
export function createLinter(options: LinterOptions): Linter {
  return new WorkspaceLinter(options);
}

class WorkspaceLinter implements Linter {
  readonly #options: LinterOptions;
  readonly #compiler: Compiler;
  readonly #open = new Set<string>();

  constructor(options: LinterOptions) {
    this.#options = options;
    this.#compiler = new Compiler(options);
  }

  lint(paths: readonly string[], cancelled?: () => boolean): Report {
    const selection = select(paths, this.#options.tsconfig);
    const open = selection.configs.filter((config) => !this.#open.has(config));
    for (const config of open) this.#open.add(config);
    this.#compiler.update({ open });
    const notes: Note[] = [];
    const findings: Finding[] = [];
    const done = new Set<string>();
    for (const config of selection.configs) {
      const program = this.#compiler.program(config);
      if (program === undefined) continue;
      const files = program.files().filter((file) => !done.has(file) && isMeant(file, selection));
      for (const file of files) done.add(file);
      const result = this.#over(program, files, cancelled);
      findings.push(...result.findings);
      notes.push(...result.crashes.map(noteOf));
    }
    return {
      findings,
      notes,
      files: [...done],
      stats: {
        files: done.size,
        projects: selection.configs.length,
        requests: this.#compiler.requests,
        phases: {},
        rules: {},
      },
    };
  }

  update(changes: FileChanges): void {
    this.#compiler.update(changes);
  }

  fixes(finding: Finding): readonly Fix[] {
    return finding.fixes();
  }

  dispose(): void {
    this.#compiler.dispose();
  }

  #over(program: Program, files: readonly string[], cancelled?: () => boolean): LintResult {
    const { rules, choices, clock } = this.#options;
    return lint(program, files, {
      rules,
      setting: (rule) => settingOf(rule, choices ?? {}),
      project: DEFAULT_PROJECT_SETTINGS,
      ...(cancelled && { cancelled }),
      ...(clock && { clock }),
    });
  }
}

function isMeant(file: string, { folders, files }: Selection): boolean {
  return files.includes(file) || folders.some((folder) => isWithin(file, folder));
}

function noteOf({ rule, file, error }: Crash): Note {
  return {
    kind: 'internal',
    message: `Rule \`${rule}\` failed: ${error.message}`,
    file,
    ...(error.stack !== undefined && { stack: error.stack }),
  };
}
