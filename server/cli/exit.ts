import type { Report } from '../workspace/report.ts';

/** What the process's exit code says. */
export const ExitCode = {
  clean: 0,
  findings: 1,
  usage: 2,
  internal: 3,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Our own bug beats findings; information alone does not fail. */
export function exitCodeOf(report: Report, maxWarnings = 0): number {
  if (report.notes.some((note) => note.kind === 'internal')) return ExitCode.internal;
  const errors = report.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = report.findings.filter(({ severity }) => severity === 'warning').length;
  return errors > 0 || warnings > maxWarnings ? ExitCode.findings : ExitCode.clean;
}
