import type { Node } from '#ast';
import { Facts } from '#facts';
import { kindSet, PENDING, type Program, type Source } from '#program';
import type { Crash, Finding, Fix, Severity } from './finding.ts';
import type { Context, OptionValue, Place, Report, Rule } from './rule.ts';
import type { ProjectSettings, RuleSetting } from './settings.ts';
import { suppress } from './suppress.ts';

/** What to lint with. */
export interface LintOptions {
  readonly rules: readonly Rule[];
  /** The setting of a rule in a file. */
  setting(rule: Rule, file: string): RuleSetting;
  readonly project: ProjectSettings;
  /** Asked between files: a run that nobody waits for any more stops early. */
  cancelled?(): boolean;
  /** Milliseconds since some fixed point, for `times`; without it nothing is timed. */
  clock?(): number;
}

/** What came of a run over some files of one program. */
export interface LintResult {
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
  /** Files that were asked for and are not in the program. */
  readonly missing: readonly string[];
  /** Milliseconds by rule, and for `compiler`, when a clock was given. */
  readonly times: ReadonlyMap<string, number>;
}

/** Nodes wanted before the compiler is asked: larger batches gain nothing measurable. */
const BATCH = 2000;
/** A piece of work that is started this often without an end is a bug of the rule. */
const MOST_STARTS = 500;

/** Lints files of one program with every rule in one walk a file. */
export function lint(program: Program, files: readonly string[], options: LintOptions): LintResult {
  return new Run(program, options).over(files);
}

/** One rule's judgement of one node, started anew whenever an answer was missing. */
interface Job {
  readonly rule: Rule;
  readonly node: Node;
  readonly context: Context<Readonly<Record<string, OptionValue>>>;
  readonly reports: [Place, Report][];
  readonly severity: Severity;
  /** Whether the user chose the severity, so that a report may not lower it. */
  readonly source: Source;
  starts: number;
}

class Run {
  readonly #program: Program;
  readonly #options: LintOptions;
  readonly #facts: Facts;
  #waiting: Job[] = [];
  readonly #found = new Map<string, Finding[]>();
  readonly #crashes = new Map<string, Crash>();
  readonly #times = new Map<string, number>();

  constructor(program: Program, options: LintOptions) {
    this.#program = program;
    this.#options = options;
    this.#facts = new Facts(program, options.project);
  }

  over(files: readonly string[]): LintResult {
    const missing: string[] = [];
    const sources: Source[] = [];
    for (const file of files) {
      if (this.#options.cancelled?.()) break;
      const source = this.#timed('compiler', () => this.#program.source(file));
      if (source === undefined) missing.push(file);
      else {
        sources.push(source);
        this.#walk(source);
      }
      if (this.#program.query.waiting >= BATCH) this.#settle();
    }
    while (this.#waiting.length > 0 && !this.#options.cancelled?.()) this.#settle();
    const findings = sources.flatMap((source) => {
      const found = this.#found.get(source.file) ?? [];
      return suppress(source, found.sort(byPlace), this.#options);
    });
    return { findings, crashes: [...this.#crashes.values()], missing, times: this.#times };
  }

  #walk(source: Source): void {
    const byKind = new Map<number, Omit<Job, 'node' | 'reports' | 'context' | 'starts'>[]>();
    for (const rule of this.#options.rules) {
      const { severity } = this.#options.setting(rule, source.file);
      if (severity === 'off') continue;
      for (const kind of rule.kinds) {
        const list = byKind.get(kind);
        if (list === undefined) byKind.set(kind, [{ rule, severity, source }]);
        else list.push({ rule, severity, source });
      }
    }
    const contexts = new Map<Rule, Readonly<Record<string, OptionValue>>>();
    source.each(kindSet(byKind.keys()), (node) => {
      for (const entry of byKind.get(node.kind) ?? []) {
        let options = contexts.get(entry.rule);
        if (options === undefined) {
          options = this.#options.setting(entry.rule, source.file).options;
          contexts.set(entry.rule, options);
        }
        this.#start(this.#job(entry, node, options));
      }
    });
  }

  #job(
    entry: Omit<Job, 'node' | 'reports' | 'context' | 'starts'>,
    node: Node,
    options: Readonly<Record<string, OptionValue>>,
  ): Job {
    const reports: [Place, Report][] = [];
    const context = {
      facts: this.#facts,
      source: entry.source,
      options,
      report: (place: Place, report: Report) => void reports.push([place, report]),
    };
    return { ...entry, node, context, reports, starts: 0 };
  }

  #start(job: Job): void {
    job.reports.length = 0;
    job.starts++;
    try {
      this.#timed(job.rule.id, () => job.rule.judge(job.node, job.context));
    } catch (error) {
      if (error !== PENDING || job.starts > MOST_STARTS) return this.#crash(job, error);
      this.#waiting.push(job);
      return;
    }
    for (const [place, report] of job.reports) this.#keep(job, place, report);
  }

  #settle(): void {
    const again = this.#waiting;
    this.#waiting = [];
    this.#timed('compiler', () => this.#program.query.flush());
    for (const job of again) this.#start(job);
  }

  #keep(job: Job, place: Place, report: Report): void {
    const { file } = job.source;
    const finding: Finding = {
      rule: job.rule.id,
      severity: report.severity ?? job.severity,
      certainty: report.certainty ?? 'proved',
      message: report.message,
      file,
      range: 'from' in place ? { start: place.from.getStart(), end: place.to.end } : rangeOf(place),
      related: (report.related ?? []).map(({ node, message }) => ({
        message,
        file: node.getSourceFile().fileName,
        range: rangeOf(node),
      })),
      fixes: () => this.#fixes(report),
    };
    const list = this.#found.get(file);
    if (list === undefined) this.#found.set(file, [finding]);
    else list.push(finding);
  }

  #fixes(report: Report): readonly Fix[] {
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      try {
        return (report.fixes?.() ?? []).filter((fix) => fix !== undefined);
      } catch (error) {
        if (error !== PENDING) throw error;
        this.#program.query.flush();
      }
    }
    return [];
  }

  #crash(job: Job, error: unknown): void {
    if (isFatal(error)) throw error;
    const key = `${job.rule.id}\0${job.source.file}`;
    if (this.#crashes.has(key)) return;
    const cause = error instanceof Error ? error : new Error(String(error));
    this.#crashes.set(key, { rule: job.rule.id, file: job.source.file, error: cause });
  }

  #timed<T>(what: string, work: () => T): T {
    const { clock } = this.#options;
    if (clock === undefined) return work();
    const start = clock();
    try {
      return work();
    } finally {
      this.#times.set(what, (this.#times.get(what) ?? 0) + clock() - start);
    }
  }
}

/** A dead compiler is no rule's fault: the caller respawns it and lints again. */
function isFatal(error: unknown): boolean {
  return error instanceof Error && error.name === 'CompilerGone';
}

function rangeOf(node: Node): { start: number; end: number } {
  return { start: node.getStart(), end: node.end };
}

function byPlace(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || a.range.end - b.range.end || (a.rule < b.rule ? -1 : 1);
}
