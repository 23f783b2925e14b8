// asynclint-allow-file blocking-chain: the command line has nothing else to do meanwhile.
import { statSync } from 'node:fs';
import { isSource } from '../files.ts';
import { findingOf, keptOf } from '../kept-finding.ts';
import type { Linter } from '../linter.ts';
import { makeFolder } from '../place.ts';
import type { Report } from '../report.ts';
import { readText } from '../text.ts';
import { type Entry, type KeptReport, readEntry, writeEntry } from './entry.ts';
import { type Changes, changesSince, type Marks, markAll } from './marks.ts';
import { Memory, type Past } from './memory.ts';
import { watchedIn } from './watched.ts';

/** What runs of one kind leave to each other. */
export class RunCache {
  /** What of the last run can be taken over where only some files changed. */
  readonly memory: Memory;
  readonly #location: string;
  readonly #key: string;
  readonly #started: number;
  readonly #entry: Entry | undefined;
  readonly #changes: Changes | undefined;

  /** @param key stands for all that a run is told; runs with the same key find the same in the same files. */
  constructor(location: string, key: string) {
    this.#location = location;
    this.#key = key;
    prepare(location);
    // The next whole millisecond: nothing is read before that.
    this.#started = Date.now() + 1;
    this.#entry = readEntry(location, key);
    this.#changes = this.#entry && changesSince(this.#entry.marks);
    const past = this.#entry && this.#changes && pastOf(this.#entry, this.#changes);
    this.memory = new Memory(past);
  }

  /** The report of the last run, if nothing that it depends on changed. */
  replay(): Report | undefined {
    if (this.#entry === undefined || this.#changes === undefined) return undefined;
    if (this.#changes.files.length + this.#changes.folders.length > 0) return undefined;
    return reportOf(this.#entry.report());
  }

  /**
   * Keeps the report of a run that went over these paths, unless something changed while it ran.
   * @throws when it cannot be written.
   */
  async keep(report: Report, linter: Linter, paths: readonly string[]): Promise<void> {
    if (report.notes.some(({ kind }) => kind === 'internal')) return;
    if (!report.findings.every((finding) => isAsRead(finding, linter))) return;
    const watched = watchedIn({
      paths,
      tsconfigs: linter.tsconfigs,
      configs: linter.configs(paths),
      files: this.memory.files,
      location: this.#location,
    });
    if (watched === undefined) return;
    const marks = markAll(watched, this.#changes?.marks);
    if (this.#isUnsettled(marks)) return;
    await writeEntry(this.#location, this.#key, {
      marks,
      report: keptReport(report),
      programs: this.memory.programs,
    });
  }

  /** Whether a file that counts was written since the run began, so that nobody knows which text was linted. */
  #isUnsettled({ files }: Marks): boolean {
    return files.some(([path]) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isFile() && stat.ctimeMs >= this.#started;
    });
  }
}

/** Only the content of sources may differ: anything else may change what belongs together. */
function pastOf(entry: Entry, { files, folders, marks }: Changes): Past | undefined {
  if (folders.length > 0 || !files.every(isSource)) return undefined;
  const gone = new Set(marks.files.flatMap(([path, glance]) => (glance === '' ? path : [])));
  if (files.some((file) => gone.has(file))) return undefined;
  return { report: entry.report(), programs: entry.programs(), changed: new Set(files) };
}

/** Whether what a report will be printed with can be read from the disk again. */
function isAsRead({ file, related }: Report['findings'][number], linter: Linter): boolean {
  return [file, ...related.map((one) => one.file)].every((name) => {
    const linted = linter.textOf(name);
    return linted === undefined || linted === readText(name);
  });
}

function keptReport(report: Report): KeptReport {
  const { notes, eachNote = notes, files, ignored, tsconfigs, findings, stats } = report;
  const { projects } = stats;
  return { notes, eachNote, files, ignored, tsconfigs, projects, findings: findings.map(keptOf) };
}

function reportOf({ findings, projects, ...rest }: KeptReport): Report {
  const files = rest.files.length;
  const stats = { files, projects, requests: 0, phases: {}, rules: {} };
  return { ...rest, findings: findings.map(findingOf), stats };
}

/** Made before anything is looked at: a new folder is a change of the one that it lies in. */
function prepare(location: string): void {
  try {
    makeFolder(location);
  } catch {
    // That nothing can be kept there is told when it is tried.
  }
}
