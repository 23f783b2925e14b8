import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { counted } from '#formats/count.ts';
import { relativeName } from '#formats/place.ts';
import {
  accepting,
  type Baseline,
  baselineText,
  compareWith,
  joinedBaselines,
  type Named,
  parseBaseline,
  sizeOf,
} from '#workspace/baseline.ts';
import { slashed } from '#workspace/files.ts';
import { fingerprintsOf } from '#workspace/fingerprint.ts';
import { nearest } from '#workspace/nearest.ts';
import type { Note, Report, Suppressed } from '#workspace/report.ts';
import { readText } from '#workspace/text.ts';
import { UsageMistake } from '#workspace/usage-mistake.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { reasonOf } from '../refusal.ts';
import type { Terminal } from '../terminal.ts';

/** The file in which accepted findings are kept. */
export const BASELINE = 'asynclint.baseline.json';

/**
 * Leaves out of a report what was accepted, and out of the baseline what is fixed; CI leaves the file as it is.
 * @throws {UsageMistake} when the file is no baseline, or cannot be written.
 */
export async function withoutAccepted(
  report: Report,
  textOf: (file: string) => string,
  given: Arguments,
  terminal: Terminal,
): Promise<Report> {
  const file = given.baseline ? nearest(terminal.cwd, [BASELINE]) : undefined;
  if (file === undefined) return report;
  const baseline = readBaseline(file, terminal.cwd);
  const { fresh, left, accepted, gone } = compareWith(
    baseline,
    nameAll(report, textOf, dirname(file)),
    overIn(report, given, dirname(file)),
  );
  const notes = [...report.notes, ...(accepted > 0 ? [acceptedNote(accepted, file)] : [])];
  // Whoever joins the parts of a run tells what is fixed, once.
  if (gone > 0 && !given.diff && given.shard === undefined)
    notes.push(await shrunk(file, left, gone, terminal));
  const told = given.suppressed && { suppressed: suppressedBeside(report, fresh) };
  return { ...report, findings: fresh, ...told, notes };
}

function suppressedBeside(
  { findings, suppressed = [] }: Report,
  fresh: Report['findings'],
): readonly Suppressed[] {
  const isFresh = new Set(fresh);
  const accepted = findings.filter((finding) => !isFresh.has(finding));
  const reason = `Accepted in ${BASELINE}.`;
  return [
    ...suppressed,
    ...accepted.map((finding): Suppressed => ({ finding, by: 'baseline', reason })),
  ];
}

/** Findings with their names in a baseline of a folder. */
export function nameAll(
  report: Report,
  textOf: (file: string) => string,
  folder: string,
): readonly Named[] {
  const fingerprints = fingerprintsOf(report.findings, textOf);
  return report.findings.map((finding) => ({
    finding,
    file: relativeName(folder, finding.file),
    fingerprint: fingerprints.get(finding) ?? '',
  }));
}

/**
 * Writes a baseline; others see the old or the new one, whole.
 * @throws {UsageMistake} when it cannot be written.
 */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  const { writeFile } = await import('atomically');
  try {
    await writeFile(file, baselineText(baseline), { timeout: 1000 });
  } catch (error) {
    throw new UsageMistake(
      `\`${BASELINE}\` cannot be written (${reasonOf(error)}). Allow it, and run again.`,
    );
  }
}

/** A baseline that accepts findings, and still what was accepted of files and rules that nobody looked at. */
export function acceptingAlso(
  named: readonly Named[],
  report: Report,
  file: string,
  given: Arguments,
): { readonly baseline: Baseline; readonly kept: number } {
  const fresh = accepting(named);
  const isThere = statSync(file, { throwIfNoEntry: false })?.isFile();
  const before = isThere ? parseBaseline(readText(file)) : undefined;
  if (before === undefined) return { baseline: fresh, kept: 0 };
  const { left } = compareWith(before, named, overIn(report, given, dirname(file)));
  const baseline = joinedBaselines(fresh, left);
  return { baseline, kept: sizeOf(baseline) - sizeOf(fresh) };
}

function readBaseline(file: string, cwd: string): Baseline {
  const baseline = parseBaseline(readFileSync(file, 'utf8'));
  if (baseline !== undefined) return baseline;
  throw new UsageMistake(
    `\`${relativeName(slashed(cwd), file)}\` is no baseline that this version can read. Write it anew: \`asynclint baseline\`.`,
  );
}

/**
 * What is not found is gone where all rules looked, as they do by themselves, and where there is no file any more. With
 * options that choose rules nobody knows.
 */
function overIn(
  { files }: Report,
  { only, rule, preset, config, minCertainty }: Arguments,
  folder: string,
): (file: string) => boolean {
  const isChosen = only.length > 0 || Object.keys(rule).length > 0 || minCertainty === 'proved';
  if (isChosen || preset !== undefined || config !== undefined) return () => false;
  const linted = new Set(files.map((file) => relativeName(folder, file)));
  return (file) => linted.has(file) || !existsSync(resolve(folder, file));
}

function acceptedNote(count: number, file: string): Note {
  return {
    kind: 'information',
    message: `${counted(count, 'accepted finding')} left out; \`--no-baseline\` shows them.`,
    file,
  };
}

async function shrunk(
  file: string,
  left: Baseline,
  gone: number,
  { environment }: Terminal,
): Promise<Note> {
  const what = `${counted(gone, 'accepted finding')} ${gone === 1 ? 'is' : 'are'} fixed`;
  const { CI } = environment;
  if (CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0') {
    const message = `${what}: run \`asynclint\` outside of CI, which removes them here, and commit.`;
    return { kind: 'information', message, file };
  }
  await writeBaseline(file, left);
  return { kind: 'information', message: `${what}, and no longer in it. Commit it.`, file };
}

/** Where a new baseline goes: in place of the one that counts here, else here. */
export function baselineFor(cwd: string): string {
  return nearest(cwd, [BASELINE]) ?? slashed(join(cwd, BASELINE));
}
