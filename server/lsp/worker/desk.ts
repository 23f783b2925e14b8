import { existsSync } from 'node:fs';
import { type ConfigProblem, checkConfigs } from '#config/check.ts';
import { isConfigFile } from '#config/config.ts';
import type { Choices, Edit, Finding, Fix, Range } from '#engine';
import { explanationsIn, type Facts } from '#facts';
import { explanationMarkdown } from '#formats/explanation-markdown.ts';
import { CompilerGone, type Source } from '#program';
import { rules } from '#rules';
import { missingDependencies } from '#workspace/dependencies.ts';
import { isWithin } from '#workspace/files.ts';
import { createLinter, type FileChanges, type Linter } from '#workspace/linter.ts';
import { UsageMistake } from '#workspace/project.ts';
import type { Report } from '#workspace/report.ts';
import type {
  FindingKey,
  FixSelection,
  Linted,
  LinterSettings,
  Offer,
  PlainFinding,
} from '../messages.ts';
import { roomAt } from './comment-room.ts';
import { chosenEdits } from './fix-all.ts';

/** Answers questions over one linter, which is made anew whenever it cannot be trusted any more. */
export class Desk {
  #settings: LinterSettings = { cwd: process.cwd(), choices: {}, folders: [] };
  #linter: Linter | undefined;
  readonly #texts = new Map<string, string>();
  /** What the linter has not been told yet. */
  #changes: Changes = { changed: new Set(), created: new Set(), deleted: new Set() };
  /** Mistakes in config files, until one of them changes. */
  readonly #checks = new Map<string, readonly ConfigProblem[]>();
  /** Findings of the newest run: only they can still build their fixes. */
  #newest = new Map<string, Finding[]>();

  /** Takes other settings; only some need another linter, and everything read anew. */
  configure(settings: LinterSettings): void {
    const { cwd, patience } = this.#settings;
    this.#settings = settings;
    this.#newest.clear();
    if (settings.cwd === cwd && settings.patience === patience) return;
    this.#linter?.dispose();
    this.#linter = undefined;
  }

  /** Takes the text of an open document, or that it is closed. */
  setText(file: string, text: string | undefined): void {
    const known = this.#texts.has(file) || existsSync(file);
    if (text === undefined) this.#texts.delete(file);
    else this.#texts.set(file, text);
    this.changed(known ? { changed: [file] } : { created: [file] });
  }

  /** Takes what happened to files; the linter is told when it is needed next, of all at once. */
  changed({ changed = [], created = [], deleted = [] }: FileChanges): void {
    if ([...changed, ...created, ...deleted].some(isConfigFile)) this.#checks.clear();
    for (const file of changed) this.#changes.changed.add(file);
    for (const file of created) this.#changes.created.add(file);
    for (const file of deleted) this.#changes.deleted.add(file);
    this.#newest.clear();
  }

  /** Findings of files; of no use once `cancelled` turned true. */
  lint(files: readonly string[], cancelled?: () => boolean): Linted {
    const findings = new Map<string, Finding[]>(files.map((file) => [file, []]));
    const report = this.#reportOn(files, cancelled);
    for (const finding of report?.findings ?? []) findings.get(finding.file)?.push(finding);
    this.#newest = cancelled?.() ? new Map() : findings;
    // By then the answer is on its way.
    setImmediate(() => this.#linter?.rest());
    const plain = [...findings].map(([file, list]) => [file, list.map(plainOf)] as const);
    const configs = this.#checked(report?.files ?? []);
    const [project] = report?.tsconfigs ?? [];
    const hint = missingDependencies(project ?? report?.files[0]);
    return {
      findings: new Map(plain),
      notes: report?.notes ?? [],
      configs,
      ...(project !== undefined && { project }),
      ...(hint !== undefined && { hint }),
    };
  }

  /** Names of all files below some folders that would be linted. */
  sourceFiles(folders: readonly string[]): readonly string[] {
    this.#newest.clear();
    const present = folders.filter((folder) => existsSync(folder));
    return this.#unlessMistaken(() => this.#ready().files(present)) ?? [];
  }

  /** Whether files still have these texts, as far as the linter has read them. */
  isCurrent(texts: ReadonlyMap<string, string>): boolean {
    const linter = this.#ready();
    return [...texts].every(([file, text]) => (linter.textOf(file) ?? text) === text);
  }

  /** Fixes of each of the findings asked about. */
  fixes(file: string, keys: readonly FindingKey[]): readonly Offer[] {
    return this.#retried((linter) => {
      const findings = this.#findingsOf(file);
      const rooms = this.inspect(file, (_, { root }) =>
        keys.map(({ range }) => roomAt(root, range)),
      );
      return keys.map((key, index) => {
        const finding = findings.find((candidate) => isSame(candidate, key));
        const room = rooms?.[index] ?? 'above';
        return finding === undefined ? { fixes: [], room } : { ...offerFor(finding, linter), room };
      });
    });
  }

  /** Edits that mend as much of some files as can be mended together. */
  fixAll(files: readonly string[], selection: FixSelection): readonly Edit[] {
    return this.#retried((linter) => {
      if (!files.every((file) => this.#newest.has(file))) this.lint(files);
      const fixesOf = (finding: Finding): readonly Fix[] => linter.fixes(finding);
      return files.flatMap((file) =>
        chosenEdits(file, this.#newest.get(file) ?? [], fixesOf, selection),
      );
    });
  }

  /** Answers a question about one file over all that facts know; of no use once `cancelled` turned true. */
  inspect<T>(
    file: string,
    question: (facts: Facts, source: Source) => T,
    cancelled?: () => boolean,
  ): T | undefined {
    // Opening another project makes findings of earlier ones stale.
    if (!this.#newest.has(file)) this.#newest.clear();
    if (!existsSync(file)) return undefined;
    return this.#unlessMistaken(() => this.#ready().inspect(file, question, cancelled));
  }

  /** What is known of what waits on a line, as Markdown; nothing when nothing does. */
  explain(file: string, line: Range, cancelled?: () => boolean): string | null {
    const findings = this.#findingsOf(file).filter(({ range }) => meets(range, line));
    const question = (facts: Facts, { root }: Source) => explanationsIn(root, line, facts);
    const explanations = this.inspect(file, question, cancelled) ?? [];
    if (explanations.length + findings.length === 0) return null;
    return explanationMarkdown(explanations, findings);
  }

  /** What the linter says; nothing when there is nothing to lint, as in a document that was never saved. */
  #reportOn(files: readonly string[], cancelled?: () => boolean): Report | undefined {
    const present = files.filter((file) => existsSync(file));
    return this.#unlessMistaken(() => this.#ready().lint(present, cancelled));
  }

  #unlessMistaken<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof UsageMistake) return undefined;
      throw error;
    }
  }

  #checked(files: readonly string[]): ReadonlyMap<string, readonly ConfigProblem[]> {
    const configs = this.#ready().configs(files);
    const unchecked = configs.filter((config) => !this.#checks.has(config));
    const problems = unchecked.length === 0 ? [] : checkConfigs(unchecked, rules);
    for (const config of unchecked) {
      this.#checks.set(
        config,
        problems.filter(({ file }) => file === config),
      );
    }
    return new Map(configs.map((config) => [config, this.#checks.get(config) ?? []]));
  }

  #findingsOf(file: string): readonly Finding[] {
    if (!this.#newest.has(file)) this.lint([file]);
    return this.#newest.get(file) ?? [];
  }

  /** Fixes ask a compiler that may have died since it was asked for findings: then all begins anew, once. */
  #retried<T>(work: (linter: Linter) => T): T {
    try {
      return work(this.#ready());
    } catch (error) {
      if (!(error instanceof CompilerGone)) throw error;
      this.#newest.clear();
      return work(this.#ready());
    }
  }

  /** The linter, once it knows all that happened. */
  #ready(): Linter {
    const overlay = (file: string): string | undefined => this.#texts.get(file);
    const { cwd, patience } = this.#settings;
    this.#linter ??= createLinter({
      cwd,
      ...(patience !== undefined && { patience }),
      choices: (file) => choicesIn(this.#settings, file),
      garbageTarget: GARBAGE_TARGET,
      rules,
      overlay,
    });
    const { changed, created, deleted } = this.#changes;
    this.#changes = { changed: new Set(), created: new Set(), deleted: new Set() };
    const happened = { changed: [...changed], created: [...created], deleted: [...deleted] };
    if (Object.values(happened).some(({ length }) => length > 0)) this.#linter.update(happened);
    return this.#linter;
  }
}

interface Changes {
  readonly changed: Set<string>;
  readonly created: Set<string>;
  readonly deleted: Set<string>;
}

/** In an editor memory matters too: with 200 the compiler takes two fifths more, and edits are answered no sooner. */
const GARBAGE_TARGET = 100;

/** What was chosen for the deepest workspace folder that a file lies in, or for all. */
function choicesIn({ choices, folders }: LinterSettings, file: string): Choices {
  const around = folders.filter(({ folder }) => isWithin(file, folder));
  const [deepest] = around.sort((a, b) => b.folder.length - a.folder.length);
  return deepest?.choices ?? choices;
}

function offerFor(finding: Finding, linter: Linter): Omit<Offer, 'room'> {
  const fixes = linter.fixes(finding);
  const rewrite = finding.rewrite?.();
  return rewrite === undefined ? { fixes } : { fixes, rewrite };
}

function plainOf({ fixes: _, rewrite: __, ...finding }: Finding): PlainFinding {
  return finding;
}

function meets(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function isSame(finding: Finding, key: FindingKey): boolean {
  return (
    finding.rule === key.rule &&
    finding.range.start === key.range.start &&
    finding.range.end === key.range.end
  );
}
