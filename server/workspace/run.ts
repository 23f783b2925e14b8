import { dirname } from 'node:path';
import {
  type Certainty,
  type Choices,
  type Finding,
  type LintResult,
  lint,
  type Rule,
  type RuleSetting,
  settingOf,
} from '#engine';
import type { Config, Configs } from '../config/config.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { LinterOptions } from './linter.ts';
import { configNote, crashNote, ignoredNote, mergeNotes, standInNote, strayNote } from './notes.ts';
import { missingNotes, oddNotes } from './odd-files.ts';
import type { Batch, Plan } from './plan.ts';
import type { Note, Report } from './report.ts';
import type { Session } from './session.ts';
import type { StandIn } from './stand-in.ts';

const OFF: RuleSetting = { severity: 'off', options: {} };

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
  readonly #notes: Note[] = [];
  readonly #files: string[] = [];
  /** The only files to lint; all when left out. */
  #chosen: ReadonlySet<string> | undefined;
  /** Files of which something is to be told whenever they are linted. */
  readonly #odd = new Set<string | undefined>();
  #ignored = 0;
  #done = 0;
  #all = 0;
  readonly #phases = new Map<string, number>();
  readonly #ruleTimes = new Map<string, number>();
  readonly #settings = new Map<Choices, Map<Rule, RuleSetting>>();

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
  }

  /** Does a piece of work, and keeps how long it took. */
  timed<T>(phase: string, work: () => T): T {
    const { clock } = this.#options;
    if (clock === undefined) return work();
    const start = clock();
    try {
      return work();
    } finally {
      this.#phases.set(phase, (this.#phases.get(phase) ?? 0) + clock() - start);
    }
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

  /** Lints a batch, the files of each config file by themselves. */
  over(batch: Batch): void {
    if (batch.config === undefined) {
      const strays = batch.files.filter((file) => this.#named.has(file));
      this.#notes.push(...strays.map(strayNote));
    }
    const program = this.#session.program(batch.opened);
    const recalled = program && this.#options.memory?.recall(program);
    const known = recalled ?? new Map<string, readonly Finding[]>();
    const linted = this.#files.length;
    for (const [config, all] of this.#byConfig(batch)) {
      const chosen = all.filter((file) => this.#chosen?.has(file) ?? true);
      const files = chosen.filter((file) => !known.has(file));
      this.#files.push(...chosen.filter((file) => known.has(file)));
      this.#findings.push(...chosen.flatMap((file) => known.get(file) ?? []));
      const result = this.timed('lint', () => this.#lint(batch, files, config));
      if (result === undefined) continue;
      const missing = new Set(result.missing);
      this.#files.push(...files.filter((file) => !missing.has(file)));
      const odd = this.#oddNotes(batch, files);
      for (const note of odd) this.#odd.add(note.file);
      this.#notes.push(...missingNotes(result.missing), ...odd);
      this.#notes.push(...result.crashes.map(crashNote));
      for (const [rule, time] of result.times) {
        this.#ruleTimes.set(rule, (this.#ruleTimes.get(rule) ?? 0) + time);
      }
      const findings = result.findings.filter(({ certainty }) => this.#isCertain(certainty));
      this.timed('fixes', () => {
        this.#findings.push(
          ...(this.#options.eagerFixes ? findings.map((each) => this.#withFixes(each)) : findings),
        );
      });
    }
    const even = this.#files.slice(linted).filter((file) => !this.#odd.has(file));
    if (program) this.#options.memory?.keep(program, even);
  }

  /** What came of it all, in order of files and places. */
  report(plan: Plan): Report {
    return {
      findings: this.#findings.sort(byFile),
      notes: mergeNotes(this.#notes),
      eachNote: this.#notes,
      files: this.#files.sort(),
      tsconfigs: plan.configs,
      ignored: this.#ignored,
      stats: {
        files: this.#files.length,
        projects: plan.batches.length,
        requests: this.#session.requests - this.#requestsBefore,
        phases: Object.fromEntries(this.#phases),
        rules: Object.fromEntries(this.#ruleTimes),
      },
    };
  }

  #lint(batch: Batch, files: readonly string[], config: Config): LintResult | undefined {
    const program = this.#session.program(batch.opened);
    if (program === undefined) return undefined;
    const { rules, clock, progress } = this.#options;
    const choicesOf = remembered((file: string) => config.choicesOf(file));
    return lint(program, files, {
      ...(this.#options.eagerFixes && { fixesAhead: true }),
      rules,
      setting: (rule, file) => this.#settingOf(rule, choicesOf(file)),
      project: config.project,
      nearestName,
      ...(this.#options.foreignComments === false && { foreignComments: false }),
      ...(this.#cancelled && { cancelled: this.#cancelled }),
      ...(clock && { clock }),
      ...(progress && { progress: (count) => this.#progress(count) }),
    });
  }

  #oddNotes(batch: Batch, files: readonly string[]): readonly Note[] {
    const program = this.#session.program(batch.opened);
    return program === undefined ? [] : oddNotes(program, files);
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

  /** The same choices give the same settings: the engine asks for every rule in every file. */
  #settingOf(rule: Rule, choices: Choices): RuleSetting {
    if (!this.#isWanted(rule.id)) return OFF;
    const known = this.#settings.get(choices) ?? new Map<Rule, RuleSetting>();
    this.#settings.set(choices, known);
    const setting = known.get(rule) ?? settingOf(rule, choices);
    known.set(rule, setting);
    return setting;
  }

  #isWanted(id: string): boolean {
    return this.#options.only === undefined || this.#options.only.includes(id);
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
