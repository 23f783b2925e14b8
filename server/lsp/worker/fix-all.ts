import { disjoint, type Edit, type Finding, type Fix } from '#engine';
import type { FixSelection } from '../messages.ts';

/**
 * The edits of one file that mend as many findings as can be mended together; of two fixes that
 * meet, the first wins and the other waits for the next time. Fixes that reach into other files are left out:
 * what runs on save must not touch what is not saved.
 */
export function chosenEdits(
  file: string,
  findings: readonly Finding[],
  fixesOf: (finding: Finding) => readonly Fix[],
  selection: FixSelection,
): readonly Edit[] {
  const chosen: Edit[] = [];
  for (const finding of findings) {
    if (selection.rule !== undefined && finding.rule !== selection.rule) continue;
    const fix = fixesOf(finding).find((candidate) => fits(candidate, selection));
    if (fix === undefined || fix.edits.some((edit) => edit.file !== file)) continue;
    if (disjoint(chosen, fix.edits)) chosen.push(...fix.edits);
  }
  return chosen;
}

function fits(fix: Fix, { fix: id, safeOnly }: FixSelection): boolean {
  return (id === undefined || fix.id === id) && (!safeOnly || fix.kind === 'safe');
}
