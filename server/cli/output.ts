import { readFileSync } from 'node:fs';
import { json } from '../formats/json.ts';
import { text } from '../formats/text.ts';
import type { View } from '../formats/view.ts';
import { slashed } from '../workspace/files.ts';
import type { Linter } from '../workspace/linter.ts';
import type { Report } from '../workspace/report.ts';
import type { Arguments } from './arguments.ts';
import { isColorful, type Terminal } from './terminal.ts';

/** A report as the user wants to see it. */
export function rendered(
  report: Report,
  linter: Linter,
  given: Arguments,
  terminal: Terminal,
): string {
  const view: View = {
    textOf: (file) => linter.textOf(file) ?? readFileSync(file, 'utf8'),
    cwd: slashed(terminal.cwd),
    colors: isColorful(given.color, terminal),
    width: terminal.columns,
  };
  const shown = given.quiet ? onlyErrors(report) : report;
  return given.format === 'json' ? json(shown, view) : text(shown, view);
}

function onlyErrors(report: Report): Report {
  return {
    ...report,
    findings: report.findings.filter(({ severity }) => severity === 'error'),
    notes: report.notes.filter(({ kind }) => kind === 'internal'),
  };
}

/** Where the time went, longest first, and the stacks of our own bugs. */
export function statsOf({ stats, notes }: Report): string {
  const { files, projects, requests, phases, rules } = stats;
  const lines = [
    `files ${files}, projects ${projects}, requests ${requests}`,
    ...timesOf(phases),
    ...timesOf(rules),
    ...notes.flatMap(({ stack }) => stack ?? []),
  ];
  return `${lines.join('\n')}\n`;
}

function timesOf(times: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(times)
    .sort(([, a], [, b]) => b - a)
    .map(([what, time]) => `${time.toFixed(1).padStart(9)} ms  ${what}`);
}
