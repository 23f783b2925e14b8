import { applyEdits, disjoint, type Edit, type Finding, type Fix } from '#engine';
import type { Linter } from '#workspace/linter.ts';
import type { Report } from '#workspace/report.ts';

/** A file before and after fixing. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** What fixing came to, and what is still found after it. */
export interface Fixed {
  /** What was found before anything was fixed. */
  readonly found: Report;
  readonly report: Report;
  readonly files: readonly FixedFile[];
  /** The files of each fix that was applied: they belong together. */
  readonly applied: readonly (readonly string[])[];
  /** Files that would have been fixed if they could be. */
  readonly barred: readonly string[];
}

/** Which fixes are wanted. */
export interface Wish {
  /** Those that wait for a person, too. */
  readonly suggested: boolean;
  /** Rules whose findings are fixed; empty for all. */
  readonly only: readonly string[];
  readonly mayEdit: (file: string) => boolean;
}

/** Fixes make room for each other; more rounds than this would be rules that undo each other. */
const MOST_ROUNDS = 10;

/**
 * Applies fixes until none is left, in memory: `texts` is the overlay that the linter reads, so that half
 * a repair never reaches the disk.
 */
export function fixAll(
  linter: Linter,
  paths: readonly string[],
  texts: Map<string, string>,
  wish: Wish,
): Fixed {
  const before = new Map<string, string>();
  const applied: (readonly string[])[] = [];
  const barred = new Set<string>();
  const found = linter.lint(paths);
  let report = found;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = chooseFixes(report.findings, wish, linter, barred);
    if (chosen.length === 0) break;
    applied.push(...chosen.map(filesOf));
    for (const [file, edits] of byFile(chosen)) {
      const text = linter.textOf(file) ?? '';
      if (!before.has(file)) before.set(file, text);
      texts.set(file, applyEdits(text, withLineEndsOf(text, edits)));
    }
    linter.update({ changed: [...texts.keys()] });
    report = linter.lint(paths);
  }
  if (wish.suggested) report = { ...report, findings: report.findings.map(withRefusal) };
  const files = [...before].map(([file, text]) => ({
    file,
    before: text,
    after: texts.get(file) ?? text,
  }));
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { found, report, files, applied, barred: [...barred].sort() };
}

/** The first fix of each finding that may be applied, and that meets none chosen before. */
function chooseFixes(
  findings: readonly Finding[],
  { suggested, only, mayEdit }: Wish,
  linter: Linter,
  barred: Set<string>,
): readonly Fix[] {
  const chosen: Fix[] = [];
  const taken = new Map<string, Edit[]>();
  for (const finding of findings) {
    if (only.length > 0 && !only.includes(finding.rule)) continue;
    const fix =
      finding.fixes().find(({ kind }) => suggested || kind === 'safe') ??
      (suggested ? rewriteOf(finding) : undefined);
    if (fix === undefined || fix.edits.length === 0) continue;
    const closed = filesOf(fix).filter((file) => !mayEdit(file));
    for (const file of closed) barred.add(file);
    if (closed.length > 0) continue;
    const files = byFile([fix]);
    const fits = [...files].every(
      ([file, edits]) =>
        linter.textOf(file) !== undefined && disjoint(taken.get(file) ?? [], edits),
    );
    if (!fits) continue;
    chosen.push(fix);
    for (const [file, edits] of files) taken.set(file, [...(taken.get(file) ?? []), ...edits]);
  }
  return chosen;
}

function rewriteOf({ rewrite }: Finding): Fix | undefined {
  const made = rewrite?.();
  return made === undefined || 'refused' in made ? undefined : made;
}

/** Whoever asked for every fix is told what prevents those that reach far. */
function withRefusal(finding: Finding): Finding {
  const made = finding.rewrite?.();
  if (made === undefined || !('refused' in made)) return finding;
  return { ...finding, related: [...finding.related, made] };
}

function filesOf({ edits }: Fix): readonly string[] {
  return [...new Set(edits.map(({ file }) => file))];
}

function byFile(fixes: readonly Fix[]): ReadonlyMap<string, readonly Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const list = files.get(edit.file);
    if (list === undefined) files.set(edit.file, [edit]);
    else list.push(edit);
  }
  return files;
}

/** Rules write `\n`; a file keeps the line ends that it has. */
function withLineEndsOf(text: string, edits: readonly Edit[]): readonly Edit[] {
  if (!text.includes('\r\n')) return edits;
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, '\r\n') }));
}
