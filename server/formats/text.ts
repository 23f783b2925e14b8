import { createColors } from 'picocolors';
import type { Finding, Severity } from '#engine';
import type { Note, Report } from '../workspace/report.ts';
import { frame, type Mark } from './frame.ts';
import { type Lines, linesIn, relativeName } from './place.ts';
import { totalsOf } from './totals.ts';
import type { Format, View } from './view.ts';

type Colors = ReturnType<typeof createColors>;

/** For people: headline, message, the source with the place underlined, and a way out. */
export const text: Format<View> = (report, view) => {
  const colors = createColors(view.colors);
  const linesOf = linesIn(view.textOf);
  return [
    ...report.findings.map((finding) => findingText(finding, linesOf, view, colors)),
    ...report.notes.map((note) => noteText(note, view, colors)),
    summary(report, colors),
  ].join('');
};

function findingText(
  finding: Finding,
  linesOf: (file: string) => Lines,
  view: View,
  colors: Colors,
): string {
  const { file, severity, rule, message, related } = finding;
  const paint = paintOf(severity, colors);
  const { line, column } = linesOf(file).at(finding.range.start);
  const place = `${relativeName(view.cwd, file)}:${line}:${column}`;
  const marks: Mark[] = [{ range: finding.range, label: '', underline: '~', paint }];
  const elsewhere = related.filter((each) => each.file !== file);
  for (const each of related.filter((other) => other.file === file)) {
    marks.push({ range: each.range, label: each.message, underline: '-', paint: colors.cyan });
  }
  const [fix] = finding.fixes();
  return [
    `${colors.bold(place)} ${paint(severity)} ${linked(colors.bold(rule), view.linkTo?.(rule))}`,
    `  ${message}`,
    ...frame(linesOf(file), marks, view.width, colors.dim),
    ...elsewhere.flatMap(({ file: other, range, message: label }) => {
      const { line: row, column: at } = linesOf(other).at(range.start);
      const mark: Mark = { range, label, underline: '-', paint: colors.cyan };
      return [
        `  ${relativeName(view.cwd, other)}:${row}:${at}`,
        ...frame(linesOf(other), [mark], view.width, colors.dim),
      ];
    }),
    ...(fix === undefined ? [] : [`  ${colors.green('help:')} ${fix.title}`]),
    '\n',
  ].join('\n');
}

function noteText({ kind, message, file }: Note, view: View, colors: Colors): string {
  const word = kind === 'internal' ? colors.red('bug:') : colors.cyan('note:');
  const place = file === undefined ? '' : `${relativeName(view.cwd, file)}: `;
  return `${word} ${place}${message}\n`;
}

/** Text that a terminal opens a page for (OSC 8). */
function linked(text: string, address: string | undefined): string {
  return address === undefined ? text : `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}

function paintOf(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  return severity === 'warning' ? colors.yellow : colors.blue;
}

function summary(report: Report, colors: Colors): string {
  const { what, where, fixable } = totalsOf(report);
  if (report.findings.length === 0) return `${colors.green(what)} ${where}.\n`;
  return `${colors.bold(what)} ${where}.${fixable}\n`;
}
