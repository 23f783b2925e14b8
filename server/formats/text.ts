import { createColors } from 'picocolors';
import type { Finding, Severity } from '#engine';
import type { Note, Report } from '../workspace/report.ts';
import { counted } from './count.ts';
import { frame, type Mark } from './frame.ts';
import { Lines, relativeName } from './place.ts';
import type { Format, View } from './view.ts';

type Colors = ReturnType<typeof createColors>;

/** For people: headline, message, the source with the place underlined, and a way out. */
export const text: Format = (report, view) => {
  const colors = createColors(view.colors);
  const known = new Map<string, Lines>();
  const linesOf = (file: string): Lines => {
    const lines = known.get(file) ?? new Lines(view.textOf(file));
    known.set(file, lines);
    return lines;
  };
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
    `${colors.bold(place)} ${paint(severity)} ${colors.bold(rule)}`,
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

function paintOf(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  return severity === 'warning' ? colors.yellow : colors.blue;
}

function summary({ findings, files }: Report, colors: Colors): string {
  const where = `in ${counted(files.length, 'file')}`;
  if (findings.length === 0) return `${colors.green('Nothing found')} ${where}.\n`;
  const parts = (['error', 'warning', 'information'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity, severity === 'information' ? '' : 's')];
  });
  return `${colors.bold(`Found ${parts.join(', ')}`)} ${where}.${fixable(findings)}\n`;
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
