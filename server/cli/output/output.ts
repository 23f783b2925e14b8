import type { Report } from '#workspace/report.ts';
import { formatNamed } from './formats.ts';
import { writeOutput } from './output-file.ts';
import { type Occasion, viewsOf } from './view.ts';

/** Prints a report as the user wants to see it, and writes the files that were asked for. */
export async function putOut(report: Report, occasion: Occasion): Promise<void> {
  const { given, terminal } = occasion;
  const views = await viewsOf(report, occasion);
  const shown = given.quiet ? onlyErrors(report) : report;
  for (const output of given.output) {
    const format = await formatNamed(output.format);
    await writeOutput(output, format(shown, views.file(output.format)), terminal);
  }
  // Under `--diff` the patch is all that is printed.
  if (given.diff) return;
  const format = await formatNamed(given.format);
  terminal.out(format(shown, views.terminal(given.format)));
}

function onlyErrors(report: Report): Report {
  return {
    ...report,
    findings: report.findings.filter(isError),
    ...(report.suppressed && {
      suppressed: report.suppressed.filter(({ finding }) => isError(finding)),
    }),
    notes: report.notes.filter(({ kind }) => kind === 'internal'),
  };
}

function isError({ severity }: Report['findings'][number]): boolean {
  return severity === 'error';
}
