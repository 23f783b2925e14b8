import { createColors } from 'picocolors';
import type { Rule } from '#engine';
import { aligned, wrapped } from './columns.ts';
import type { View } from './view.ts';

/** Columns from which on a summary fits beside its rule. */
const WIDE = 150;

/** All rules, family by family; unless the terminal is wide, each summary stands below its rule. */
export function ruleList(rules: readonly Rule[], view: Pick<View, 'colors' | 'width'>): string {
  const { bold, dim, cyan } = createColors(view.colors);
  const sorted = [...rules].sort(
    (a, b) => a.family.localeCompare(b.family) || a.id.localeCompare(b.id),
  );
  const isWide = view.width >= WIDE;
  const head = ['rule', 'preset', 'severity', 'fixes', ...(isWide ? ['summary'] : [])];
  const [first = '', ...rows] = aligned([
    head,
    ...sorted.map(({ id, preset, severity, fixes, summary }) => {
      const kinds = fixes.join(', ') || 'none';
      return [id, preset, severity, kinds, ...(isWide ? [summary] : [])];
    }),
  ]);
  const lines = [dim(`  ${first}`)];
  for (const [index, { id, family, summary }] of sorted.entries()) {
    if (sorted[index - 1]?.family !== family) lines.push('', bold(family));
    lines.push(`  ${(rows[index] ?? '').replace(id, cyan(id))}`);
    if (isWide) continue;
    lines.push(...wrapped(summary, view.width - 4).map((line) => `    ${line}`));
  }
  return `${lines.join('\n')}\n`;
}
