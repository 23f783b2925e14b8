import { dirname } from 'node:path';
import { type Certainty, type Finding, type LintResult, lint } from '#engine';
import type { Program } from '#program';
import type { Config, Configs } from '../config/config.ts';
import { nearestName } from '../config/nearest-name.ts';
import { configNote, crashNote, ignoredNote, mergeNotes, standInNote, strayNote } from './notes.ts';
import { missingNotes, oddNotes } from './odd-files.ts';
import type { LinterOptions } from './options.ts';
import type { Batch, Plan } from './plan.ts';
import type { Note, Report, Suppressed } from './report.ts';
import { RuleSettings } from './rule-settings.ts';
import type { Session } from './session.ts';
import type { StandIn } from './stand-in.ts';
import { Stopwatch } from './stopwatch.ts';

/** What is known of files from earlier runs. */
type Known = ReadonlyMap<string, readonly Finding[]>;

/** One run over batches of files: gathers what is found, noted and timed. */
export class Run {
  readonly #options: LinterOptions;
  readonly #configs: Configs;
  readonly #session: Session;
  /** Files that were named one by one: what is not done with them is told. */
  readonly #named: ReadonlySet<string>;
  readonly #cancelled: (() => boolean) | undefined;
  readonly #requestsBefore: number;
  readonly #findings: Finding[] = [];
  readonly #suppressed: Suppressed[] = [];
  readonly #notes: Note[] = [];
  readonly #files: string[] = [];
  /** The only files to lint; all when left out. */
  #chosen: ReadonlySet<string> | undefined;
  /** Files of which something is to be told whenever they are linted. */
  readonly #odd = new Set<string | undefined>();
  #ignored = 0;
  #done = 0;
  #all = 0;
  readonly #stopwatch: Stopwatch;
  readonly #settings: RuleSettings;

  constructor(
    options: LinterOptions,
    configs: Configs,
    session: Session,
    named: readonly string[],
    cancelled: (() => boolean) | undefined,
  ) {
    this.#options = options;
    this.#configs = configs;
    this.#session = session;
    this.#named = new Set(named);
    this.#cancelled = cancelled;
    this.#requestsBefore = session.requests;
    this.#stopwatch = new Stopwatch(options.clock);
    this.#settings = new RuleSettings(options.only);
  }

  /** Does a piece of work, and keeps how long it took. */
  timed<T>(phase: string, work: () => T): T {
    return this.#stopwatch.timed(phase, work);
  }

  /** Notes what the user ought to know of a project. */
  noteConfig(config: string, standIn: StandIn): void {
    const errors = this.#session.program(standIn.path)?.configErrors() ?? [];
    for (const note of [standInNote(config, standIn), configNote(config, errors, standIn)]) {
      if (note !== undefined) this.#notes.push(note);
    }
  }

  /** Notes that a file was not linted because of what it is, by its name or its size. */
  passOver(file: string, note: Note): void {
    if (this.#named.has(file)) this.#ignored++;
    this.#notes.push(note);
  }

  /** Lets the user choose among the files; what is to be told of the others is told all the same. */
  narrow({ batches }: Plan): void {
    const programs = batches.flatMap(({ opened, config, files }) => {
      const program = this.#session.program(opened);
      return program === undefined ? [] : { program, config, files };
    });
    this.#chosen = this.#options.narrow?.(programs);
  }

  /** Learns how much there is to do, for whoever waits. */
  expect({ batches }: Plan): void {
    this.#all = batches.reduce((sum, { files }) => sum + files.length, 0);
    this.#progress(0);
  }

  /** Lints a batch, the files of each config file by themselves; what is known from earlier runs is taken over. */
  over(batch: Batch): void {
    const program = this.#session.program(batch.opened);
    const known: Known = (program && this.#options.memory?.recall(program)) ?? new Map();
    const linted = this.#files.length;
    for (const [config, all] of this.#byConfig(batch)) {
      const chosen = all.filter((file) => this.#chosen?.has(file) ?? true);
      const kept = chosen.filter((file) => known.has(file));
      this.#takeOver(kept, known);
      if (program === undefined) continue;
      const files = chosen.filter((file) => !known.has(file));
      const result = this.timed('lint', () => this.#lint(program, files, config));
      this.#take(result, files, oddNotes(program, files));
    }
    if (batch.config === undefined) {
      const strays = this.#files.slice(linted).filter((file) => this.#named.has(file));
      this.#notes.push(...strays.map(strayNote));
    }
    const even = this.#files.slice(linted).filter((file) => !this.#odd.has(file));
    if (program) this.#options.memory?.keep(program, even);
  }

  /** Takes what an earlier run found. */
  #takeOver(files: readonly string[], known: Known): void {
    this.#files.push(...files);
    this.#findings.push(...files.flatMap((file) => known.get(file) ?? []));
  }

  /** Takes what this run found. */
  #take(result: LintResult, files: readonly string[], odd: readonly Note[]): void {
    const missing = new Set(result.missing);
    this.#files.push(...files.filter((file) => !missing.has(file)));
    for (const note of odd) this.#odd.add(note.file);
    this.#notes.push(...missingNotes(result.missing), ...odd, ...result.crashes.map(crashNote));
    this.#stopwatch.tookRules(result.times);
    const findings = result.findings.filter(({ certainty }) => this.#isCertain(certainty));
    this.timed('fixes', () => {
      this.#findings.push(
        ...(this.#options.eagerFixes ? findings.map((each) => this.#withFixes(each)) : findings),
      );
    });
  }

  /** What came of it all, in order of files and places. */
  report(plan: Plan): Report {
    return {
      findings: this.#findings.sort(byFile),
      ...(this.#options.suppressed && { suppressed: this.#suppressed }),
      notes: mergeNotes(this.#notes),
      eachNote: this.#notes,
      files: this.#files.sort(),
      tsconfigs: plan.configs,
      ignored: this.#ignored,
      stats: {
        files: this.#files.length,
        projects: plan.batches.length,
        requests: this.#session.requests - this.#requestsBefore,
        phases: this.#stopwatch.phases,
        rules: this.#stopwatch.rules,
      },
    };
  }

  #lint(program: Program, files: readonly string[], config: Config): LintResult {
    const { rules, clock, progress } = this.#options;
    const choicesOf = remembered((file: string) => config.choicesOf(file));
    return lint(program, files, {
      ...(this.#options.eagerFixes && { fixesAhead: true }),
      rules,
      setting: (rule, file) => this.#settings.of(rule, choicesOf(file)),
      project: config.project,
      nearestName,
      ...(this.#options.foreignComments === false && { foreignComments: false }),
      ...(this.#options.suppressed && {
        allowed: (finding, reason) => this.#allow(finding, reason),
      }),
      ...(this.#cancelled && { cancelled: this.#cancelled }),
      ...(clock && { clock }),
      ...(progress && { progress: (count) => this.#progress(count) }),
    });
  }

  #allow(finding: Finding, reason: string | undefined): void {
    if (!this.#isCertain(finding.certainty)) return;
    this.#suppressed.push({ finding, by: 'comment', reason });
  }

  #progress(count: number): void {
    this.#done += count;
    this.#options.progress?.(this.#done, this.#all);
  }

  /** Projects have one config file; stray files have each the nearest to them. */
  #byConfig({ config, files }: Batch): Map<Config, string[]> {
    const groups = new Map<Config, string[]>();
    for (const file of files) {
      const own = this.#configs.of(dirname(config ?? file));
      if (own.ignores(file) || this.#options.excludes?.(file)) {
        this.#ignored++;
        if (this.#named.has(file)) this.#notes.push(ignoredNote(file));
        continue;
      }
      const group = groups.get(own);
      if (group === undefined) groups.set(own, [file]);
      else group.push(file);
    }
    return groups;
  }

  #isCertain(certainty: Certainty): boolean {
    return this.#options.minCertainty !== 'proved' || certainty === 'proved';
  }

  #withFixes(finding: Finding): Finding {
    const fixes = this.#fixesOf(finding);
    return { ...finding, fixes: () => fixes };
  }

  #fixesOf(finding: Finding): ReturnType<Finding['fixes']> {
    try {
      return finding.fixes();
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'CompilerGone') throw error;
      this.#notes.push(crashNote({ rule: finding.rule, file: finding.file, error }));
      return [];
    }
  }
}

/** Findings of one file are in order already, and sorting keeps it. */
function byFile(a: Finding, b: Finding): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}

/** The answer for the same file again and again: rules are many, and asked for one file after the other. */
function remembered<T>(ask: (file: string) => T): (file: string) => T {
  let last: { readonly file: string; readonly answer: T } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, answer: ask(file) };
    return last.answer;
  };
}
