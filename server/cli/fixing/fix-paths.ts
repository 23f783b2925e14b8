import { existsSync, statSync } from 'node:fs';
import { counted } from '#formats/count.ts';
import type { Linter } from '#workspace/linter.ts';
import type { Note, Report } from '#workspace/report.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Terminal } from '../terminal.ts';
import { heedingSignals } from './interruption.ts';
import { type Fixed, fixAll } from './rounds.ts';
import { type Unwritten, writeFixed } from './write.ts';

/**
 * Fixes, and hands back what is found afterwards; under `--diff` nothing is written, so what is found now.
 * @throws {Interrupted} when it was asked to end before anything was written.
 */
export async function fixPaths(
  linter: Linter,
  paths: readonly string[],
  texts: Map<string, string>,
  given: Arguments,
  terminal: Terminal,
): Promise<Report> {
  const fixed = fixAll(linter, paths, texts, {
    suggested: given.fixSuggested,
    only: given.fixOnly,
    mayEdit: isWritable,
  });
  if (given.diff) {
    const { patchOf } = await import('./patch.ts');
    const patch = patchOf(fixed.files, terminal.cwd);
    if (patch === '') terminal.err(`${nothingToShow(fixed, given)}\n`);
    terminal.out(patch);
    return fixed.found;
  }
  if (given.dryRun) return withNotes(fixed.report, fixed, [], true);
  const unwritten = await heedingSignals(
    (asked) => writeFixed(fixed.files, fixed.applied, asked),
    'all files were fixed before.',
  );
  if (unwritten.length === 0) return withNotes(fixed.report, fixed, [], false);
  const left = unwritten.map(({ file }) => file);
  for (const file of left) texts.delete(file);
  const isThere = (file: string): boolean => existsSync(file);
  linter.update({ changed: left.filter(isThere), deleted: left.filter((file) => !isThere(file)) });
  const report = linter.lint(paths.filter(isThere));
  return withNotes(report, fixed, unwritten, false);
}

/** An empty patch is worth a word: it may be empty because the fixes there are wait for a person. */
function nothingToShow({ found }: Fixed, { fixSuggested, fixOnly }: Arguments): string {
  const waiting = found.findings.filter(
    (one) => fixOnly.length === 0 || fixOnly.includes(one.rule),
  );
  const suggested = waiting.filter((one) => one.fixes().length > 0).length;
  if (fixSuggested || suggested === 0) return 'Fixing would change nothing.';
  const fixes = counted(suggested, 'suggested fix', 'es');
  return `Fixing would change nothing. \`--diff --fix-suggested\` shows ${fixes}.`;
}

/** Whoever takes the right to write from a file wants it to stay; the system would let us replace it. */
function isWritable(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined || (stat.mode & 0o222) !== 0;
}

function withNotes(
  report: Report,
  { barred, applied }: Fixed,
  unwritten: readonly Unwritten[],
  isDry: boolean,
): Report {
  const notes: Note[] = [
    ...barred.map((file) => ({ kind: 'warning' as const, message: READ_ONLY, file })),
    ...unwritten.map(({ file, reason }) => ({ kind: 'warning' as const, message: reason, file })),
  ];
  const left = new Set(unwritten.map(({ file }) => file));
  const done = applied.filter((files) => !files.some((file) => left.has(file)));
  if (done.length > 0) {
    const files = counted(new Set(done.flat()).size, 'file');
    const what = `${counted(done.length, 'fix', 'es')} in ${files}`;
    const message = isDry ? `Nothing was written: ${what} would be applied.` : `Applied ${what}.`;
    notes.push({ kind: 'information', message });
  }
  return { ...report, notes: [...report.notes, ...notes] };
}

const READ_ONLY = 'It is read-only, so it was not fixed: allow writing, and run again.';
