import type { Node } from '#ast';
import { Facts, inStyle, isTypeTest } from '#facts';
import { PENDING, type Program, type Source } from '#program';
import { Drafts } from './drafts.ts';
import type { Crash, Finding, Fix, Refusal, Severity } from './finding.ts';
import { Round } from './round.ts';
import type { Context, OptionValue, Place, Report, Rule, Visitor } from './rule.ts';
import type { ProjectSettings, RuleSetting } from './settings.ts';
import { MOST_STARTS, settled } from './settle.ts';
import { onOneLine, rangeOf, relatedTo } from './stretches.ts';
import { suppress } from './suppress.ts';
import { withoutLines } from './wording.ts';

/** What to lint with. */
export interface LintOptions {
  readonly rules: readonly Rule[];
  /** The setting of a rule in a file. */
  setting(rule: Rule, file: string): RuleSetting;
  readonly project: ProjectSettings;
  /** Whether comments of other linters count; they do when left out. */
  readonly foreignComments?: boolean;
  /** The name that was probably meant, of those that are known. */
  nearestName?(name: string, known: readonly string[]): string | undefined;
  /** Told of each finding that a comment allows, with the reason that it gives. */
  allowed?(finding: Finding, reason: string | undefined): void;
  /** Asked before each judgement: a run that nobody waits for any more stops early. */
  cancelled?(): boolean;
  /** Told how many files more have been walked, for whoever waits. */
  progress?(files: number): void;
  /** Builds every fix at once, in few batches, for whoever shows or applies them all. */
  readonly fixesAhead?: boolean;
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

/** Files that are walked while the compiler answers what was asked about those before. */
const CHUNK = 64;

/** Files that are walked before the compiler hears the first questions. */
const STRIDE = 8;

/** Lints files of one program with every rule in one walk a file. */
export function lint(program: Program, files: readonly string[], options: LintOptions): LintResult {
  return new Run(program, options).over(files);
}

/** One rule at work in one file. */
interface Task {
  readonly rule: Rule;
  readonly source: Source;
  readonly severity: Severity;
  readonly context: Context<Readonly<Record<string, OptionValue>>>;
}

/** One rule's judgement of one node that lacks an answer, to be started anew when it is there. */
interface Job {
  readonly task: Task;
  readonly judge: Visitor;
  readonly node: Node;
  readonly starts: number;
}

class Run {
  readonly #program: Program;
  readonly #options: LintOptions;
  readonly #facts: Facts;
  /** Rules that need one file at a time, and those that need all files: these are judged last. */
  readonly #first: Round;
  readonly #last: Round;
  /** Jobs that were interrupted, and whose questions are still to be sent. */
  #waiting: Job[] = [];
  /** Jobs whose questions the compiler is at work on. */
  #asked: Job[] = [];
  /** What the job at work has reported; kept only if it comes to its end. */
  #reports: [Place, Report][] = [];
  readonly #found = new Map<string, Finding[]>();
  readonly #drafts: Drafts;
  readonly #crashes = new Map<string, Crash>();
  readonly #times = new Map<string, number>();

  constructor(program: Program, options: LintOptions) {
    this.#program = program;
    this.#options = options;
    this.#facts = new Facts(program, options.project);
    this.#drafts = new Drafts(program, options.fixesAhead === true);
    this.#first = new Round(
      options.rules.filter(({ wholeProject }) => wholeProject !== true),
      this.#facts,
    );
    this.#last = new Round(
      options.rules.filter(({ wholeProject }) => wholeProject === true),
      this.#facts,
    );
  }

  over(files: readonly string[]): LintResult {
    const missing: string[] = [];
    const sources: Source[] = [];
    if (files.length > 1) this.#facts.promises.expectClasses();
    for (let start = 0; start < files.length; start += CHUNK) {
      if (this.#options.cancelled?.()) break;
      const chunk = this.#fetch(files.slice(start, start + CHUNK), missing);
      sources.push(...chunk);
      const [source] = chunk;
      if (files.length === 1 && source) this.#program.foresee(source);
      this.#send();
      this.#program.expectSources(files.slice(start + CHUNK, start + 2 * CHUNK));
      this.#walkAll(chunk, this.#first);
      this.#settle();
      this.#options.progress?.(chunk.length);
    }
    this.#send();
    this.#walkAll(sources, this.#last);
    this.#settle();
    while (this.#waiting.length > 0 && !this.#options.cancelled?.()) {
      this.#send();
      this.#program.query.flush();
      this.#settle();
    }
    const [source] = sources;
    const isWhole = files.length === 1 && !this.#options.cancelled?.();
    if (isWhole && source) this.#program.keepInMind(source);
    this.#drafts.buildAll();
    const findings = sources.flatMap((source) => {
      const found = this.#found.get(source.file) ?? [];
      return suppress(source, found.sort(byPlace), this.#options);
    });
    return { findings, crashes: [...this.#crashes.values()], missing, times: this.#times };
  }

  /** The trees of some files; the compiler writes one while we read another. */
  #fetch(files: readonly string[], missing: string[]): readonly Source[] {
    return this.#timed('compiler', () => {
      this.#program.expectSources(files);
      return files.flatMap((file) => {
        const source = this.#program.source(file);
        if (source === undefined) missing.push(file);
        return source ?? [];
      });
    });
  }

  /** Lets the compiler answer what the jobs so far have asked, while the next files are walked. */
  #send(): void {
    this.#asked = this.#waiting;
    this.#waiting = [];
    this.#program.query.send();
  }

  #walkAll(sources: readonly Source[], round: Round): void {
    for (const [index, source] of sources.entries()) {
      if (this.#options.cancelled?.()) return;
      this.#walk(source, round);
      this.#program.listen();
      // In the first walk the compiler has nothing to do yet.
      if (this.#asked.length === 0 && index % STRIDE === STRIDE - 1) this.#program.query.send();
    }
  }

  #walk(source: Source, round: Round): void {
    const tasks = round.rules.map((rule) => this.#taskFor(rule, source));
    if (tasks.every((task) => task === undefined) || isTypeTest(source.root)) return;
    source.each(round.kinds, (node) => {
      const visits = round.visits(node);
      // Done hundreds of times a file: `for…of` makes an object for each step until V8 optimises the loop.
      for (let at = 0; at < visits.length; at++) {
        const visit = visits[at];
        const task = visit && tasks[visit.index];
        if (task && visit) this.#start(task, visit.judge, node, 1);
      }
    });
  }

  #taskFor(rule: Rule, source: Source): Task | undefined {
    const { severity, options } = this.#options.setting(rule, source.file);
    if (severity === 'off') return undefined;
    const report = (place: Place, report: Report) => void this.#reports.push([place, report]);
    return { rule, source, severity, context: { facts: this.#facts, source, options, report } };
  }

  #start(task: Task, judge: Visitor, node: Node, starts: number): void {
    if (this.#options.cancelled?.()) return;
    if (this.#reports.length > 0) this.#reports = [];
    try {
      if (this.#options.clock === undefined) judge(node, task.context);
      else this.#clocked(task, judge, node);
    } catch (error) {
      if (error === PENDING && starts < MOST_STARTS) {
        this.#waiting.push({ task, judge, node, starts });
      } else this.#crash(task, error);
      return;
    }
    if (this.#reports.length === 0) return;
    for (const [place, report] of this.#reports) this.#keep(task, place, report);
  }

  // A function of its own, so that V8 makes no closure's context for each judgement that nobody times.
  #clocked({ rule, context }: Task, judge: Visitor, node: Node): void {
    this.#timed(rule.id, () => judge(node, context));
  }

  /** Starts the jobs again whose questions are answered now, while the compiler goes on with those of the walk since. */
  #settle(): void {
    const again = this.#asked;
    this.#asked = [];
    if (again.length === 0) return;
    this.#program.query.send();
    this.#timed('compiler', () => this.#program.query.receive());
    for (const { task, judge, node, starts } of again) this.#start(task, judge, node, starts + 1);
    this.#drafts.build();
  }

  #keep({ rule, source, severity }: Task, place: Place, report: Report): void {
    const { file } = source;
    const build = () => (report.fixes?.() ?? []).flatMap((fix) => (fix ? this.#finished(fix) : []));
    const finding: Finding = {
      rule: rule.id,
      severity: report.severity ?? severity,
      certainty: report.certainty ?? 'proved',
      message: withoutLines(report.message),
      file,
      range: onOneLine(source.text, rangeOf(place)),
      related: (report.related ?? []).map(relatedTo),
      fixes: this.#drafts.add(build),
      ...(report.rewrite && { rewrite: this.#rewriteOf(report.rewrite) }),
    };
    this.#found.set(file, [...(this.#found.get(file) ?? []), finding]);
  }

  #finished(fix: Fix): Fix {
    return inStyle({ ...fix, title: withoutLines(fix.title) }, this.#program);
  }

  /** Works a rewrite out when it is asked for, once. */
  #rewriteOf(work: NonNullable<Report['rewrite']>): () => Fix | Refusal | undefined {
    let made: { readonly rewrite: Fix | Refusal | undefined } | undefined;
    return () => {
      if (made === undefined) {
        const found = settled(this.#program, work);
        const isFix = found === undefined || !('node' in found);
        const fix = isFix ? found && this.#finished(found) : undefined;
        made = { rewrite: isFix ? fix : { ...relatedTo(found), refused: true } };
      }
      return made.rewrite;
    };
  }

  #crash({ rule, source }: Task, error: unknown): void {
    if (isFatal(error)) throw error;
    const key = `${rule.id}\0${source.file}`;
    if (this.#crashes.has(key)) return;
    const cause = error instanceof Error ? error : new Error(String(error));
    this.#crashes.set(key, { rule: rule.id, file: source.file, error: cause });
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

function byPlace(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || a.range.end - b.range.end || (a.rule < b.rule ? -1 : 1);
}
