import type { Severity } from '#engine';
import { linesIn, relativeName } from './place.ts';
import type { Format } from './view.ts';

/** GitLab's code quality report: a merge request tells which findings came and which went. */
export const gitlab: Format = ({ findings }, view) => {
  const linesOf = linesIn(view.textOf);
  const issues = findings.map((finding) => {
    const { rule, message, severity, file, range } = finding;
    const path = relativeName(view.cwd, file);
    const lines = linesOf(file);
    return {
      description: message,
      check_name: rule,
      // GitLab counts two findings with one fingerprint once, wherever they are.
      fingerprint: `${view.fingerprintOf(finding)}-${path}`,
      severity: SEVERITIES[severity],
      location: {
        path,
        lines: { begin: lines.at(range.start).line, end: lines.at(range.end).line },
      },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  information: 'info',
};
