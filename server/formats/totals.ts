import type { Finding, Severity } from '#engine';
import type { Report } from '../workspace/report.ts';
import { counted } from './count.ts';

/** What a whole report comes to, in words. */
export interface Totals {
  /** `Found 2 errors, 1 warning` or `Nothing found`. */
  readonly what: string;
  /** `in 3 files`. */
  readonly where: string;
  /** A sentence on what can be fixed, with a blank before it; empty where nothing can. */
  readonly fixable: string;
}

/** Severities, worst first. */
export const SEVERITIES = ['error', 'warning', 'information'] as const;

/** What a report comes to. */
export function totalsOf({ findings, files }: Report): Totals {
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severityCount(count, severity)];
  });
  const what = parts.length === 0 ? 'Nothing found' : `Found ${parts.join(', ')}`;
  return { what, where: `in ${counted(files.length, 'file')}`, fixable: fixable(findings) };
}

/** `1 error`, `2 warnings`. */
export function severityCount(count: number, severity: Severity): string {
  return counted(count, severity, severity === 'information' ? '' : 's');
}

function fixable(findings: readonly Finding[]): string {
  const kinds = findings.map((finding) => finding.fixes().map(({ kind }) => kind));
  const safe = kinds.filter((some) => some.includes('safe')).length;
  const suggested = kinds.filter((some) => some.length > 0 && !some.includes('safe')).length;
  const told = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(suggested > 0 ? [`${suggested} with --fix-suggested`] : []),
  ];
  if (told.length === 0) return '';
  return ` ${safe > 0 ? told.join(', ') : `${suggested} can be fixed with --fix-suggested`}.`;
}
