import type { Finding, Fix } from '#engine';

/** A finding as it is written down: its fixes are worked out. */
export interface Kept extends Omit<Finding, 'fixes' | 'rewrite'> {
  readonly fixes: readonly Fix[];
}

/** A finding as it is kept. */
export function keptOf(finding: Finding): Kept {
  const { rewrite: _, ...data } = finding;
  return { ...data, fixes: finding.fixes() };
}

/** A kept finding as it was. */
export function findingOf(kept: Kept): Finding {
  return { ...kept, fixes: () => kept.fixes };
}
