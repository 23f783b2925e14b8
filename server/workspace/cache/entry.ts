// asynclint-allow-file blocking-chain: the command line has nothing else to do meanwhile.
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Kept } from '../kept-finding.ts';
import { makeFolder } from '../place.ts';
import type { Report } from '../report.ts';
import { type Marks, proofOf } from './marks.ts';

/** A report as it is written down. Of its statistics only what is true of a run that does nothing. */
export interface KeptReport
  extends Pick<Report, 'notes' | 'eachNote' | 'files' | 'ignored' | 'tsconfigs'> {
  readonly findings: readonly Kept[];
  readonly projects: number;
}

/** A program as it is written down. Numbers are places in `own`. */
export interface KeptProgram {
  readonly config: string;
  /** Its files that are nobody's dependency. */
  readonly own: readonly string[];
  /** Proof of the names of all others. */
  readonly foreign: string;
  /** By file: the files of `own` that it imports. */
  readonly imports: readonly (readonly number[])[];
  /** Files that others see without importing them. */
  readonly global: readonly number[];
  /** Files of which findings depend on files that they do not import. */
  readonly farSighted: readonly number[];
  /** Files that were linted with this program. */
  readonly linted: readonly number[];
}

/** What one run leaves to the next of the same kind. */
export interface Entry {
  readonly marks: Marks;
  report(): KeptReport;
  programs(): readonly KeptProgram[];
}

/** Runs of which the results are kept, and bytes that they may take. */
const MOST_ENTRIES = 24;
const MOST_BYTES = 256 * 1024 * 1024;
const NAME = /^[0-9a-f]{32}\.json$/;

/** Reads what a run with the same key left; nothing when there is none, or it is no longer whole. */
export function readEntry(location: string, key: string): Entry | undefined {
  const file = fileOf(location, key);
  try {
    const text = readFileSync(file, 'utf8');
    const [head = '', marks = '', report = '', programs = ''] = text.split('\n');
    if (head !== headOf(key, [marks, report, programs])) return undefined;
    const now = new Date();
    utimesSync(file, now, now);
    return {
      marks: JSON.parse(marks),
      report: () => JSON.parse(report),
      programs: () => JSON.parse(programs),
    };
  } catch {
    return undefined;
  }
}

/**
 * Keeps what a run found; others see it whole or not at all. Drops what was not used for longest.
 * @throws when nothing can be written there.
 */
export async function writeEntry(
  location: string,
  key: string,
  entry: { marks: Marks; report: KeptReport; programs: readonly KeptProgram[] },
): Promise<void> {
  makeFolder(location);
  const { writeFile } = await import('atomically');
  const parts = [entry.marks, entry.report, entry.programs].map((part) => JSON.stringify(part));
  const text = [headOf(key, parts), ...parts, ''].join('\n');
  await writeFile(fileOf(location, key), text, { fsync: false, timeout: 1000 });
  dropOldest(location);
}

function fileOf(location: string, key: string): string {
  return join(location, `${key}.json`);
}

function headOf(key: string, parts: readonly string[]): string {
  return `asynclint ${key} ${proofOf(parts.join('\n'))}`;
}

function dropOldest(location: string): void {
  const entries = readdirSync(location)
    .filter((name) => NAME.test(name))
    .map((name) => ({ path: join(location, name), stat: statOf(join(location, name)) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
  let bytes = 0;
  entries.forEach(({ path, stat }, index) => {
    bytes += stat.size;
    if (index > 0 && (index >= MOST_ENTRIES || bytes > MOST_BYTES)) rmSync(path, { force: true });
  });
}

/** Somebody else may have dropped it since. */
function statOf(path: string): { readonly mtimeMs: number; readonly size: number } {
  return statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
}
