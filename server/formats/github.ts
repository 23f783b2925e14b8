import type { Severity } from '#engine';
import type { Note } from '../workspace/report.ts';
import { linesIn, relativeName } from './place.ts';
import { totalsOf } from './totals.ts';
import type { Format, View } from './view.ts';

/** Workflow commands: GitHub shows each finding beside the line that it is about. */
export const github: Format<View> = (report, view) => {
  const linesOf = linesIn(view.textOf);
  const findings = report.findings.map(({ file, range, severity, rule, message, related }) => {
    const lines = linesOf(file);
    const start = lines.at(range.start);
    const end = lines.at(range.end);
    const also = related.map((each) => {
      const { line } = linesOf(each.file).at(each.range.start);
      return `\n${relativeName(view.cwd, each.file)}:${line} ${each.message}`;
    });
    const place = {
      file: relativeName(view.cwd, file),
      line: start.line,
      endLine: end.line,
      col: start.column,
      endColumn: end.column,
      title: `asynclint ${rule}`,
    };
    return command(LEVELS[severity], place, message + also.join(''));
  });
  const notes = report.notes.map(({ kind, file, message }) => {
    const place = file === undefined ? {} : { file: relativeName(view.cwd, file) };
    return command(NOTE_LEVELS[kind], { ...place, title: 'asynclint' }, message);
  });
  const { what, where, fixable } = totalsOf(report);
  return [...findings, ...notes, `${what} ${where}.${fixable}\n`].join('\n');
};

type Level = 'error' | 'warning' | 'notice';

const LEVELS: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

const NOTE_LEVELS: Readonly<Record<Note['kind'], Level>> = {
  internal: 'error',
  warning: 'warning',
  information: 'notice',
};

function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${told.join(',')}::${data(message)}`;
}

/** What ends a command has to be written otherwise; a runner turns it back. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
