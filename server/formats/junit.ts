import type { Finding } from '#engine';
import type { Note, Report } from '../workspace/report.ts';
import { byFile } from './by-file.ts';
import { type Lines, linesIn, relativeName } from './place.ts';
import type { Format, View } from './view.ts';
import { type Element, xml } from './xml.ts';

/** JUnit's report: a file is a suite, a finding a test that failed, and a file without findings one that passed. */
export const junit: Format<View> = (report, view) => {
  const linesOf = linesIn(view.textOf);
  const found = byFile(report.findings);
  const suites = report.files.map((file) => {
    const name = relativeName(view.cwd, file);
    const cases = (found.get(file) ?? []).map((finding) => caseOf(finding, name, linesOf(file)));
    const passed = { '@name': 'asynclint', '@classname': name, '@file': name };
    return suite(name, cases.length === 0 ? [passed] : cases);
  });
  const bugs = report.notes.filter(({ kind }) => kind === 'internal').map(bugOf);
  const all = bugs.length === 0 ? suites : [...suites, suite('asynclint', bugs)];
  return xml({ testsuites: { '@name': 'asynclint', ...totals(report), testsuite: all } });
};

function suite(name: string, cases: readonly Element[]): Element {
  return {
    '@name': name,
    '@tests': cases.length,
    '@failures': cases.filter((one) => 'failure' in one).length,
    '@errors': cases.filter((one) => 'error' in one).length,
    testcase: cases,
  };
}

function totals({ findings, files, notes }: Report): Element {
  const bad = new Set(findings.map(({ file }) => file)).size;
  const bugs = notes.filter(({ kind }) => kind === 'internal').length;
  return {
    '@tests': findings.length + files.length - bad + bugs,
    '@failures': findings.filter(isFailure).length,
    '@errors': bugs,
  };
}

function caseOf(finding: Finding, name: string, lines: Lines): Element {
  const { rule, message, severity, range } = finding;
  const { line, column } = lines.at(range.start);
  const told = `${name}:${line}:${column} ${message}`;
  return {
    '@name': `${rule} ${line}:${column}`,
    '@classname': name,
    '@file': name,
    '@line': line,
    ...(isFailure(finding)
      ? { failure: { '@message': message, '@type': severity, '#': told } }
      : { 'system-out': told }),
  };
}

/** Information fails no run, so it fails no test. */
function isFailure({ severity }: Finding): boolean {
  return severity !== 'information';
}

function bugOf({ message }: Note): Element {
  return {
    '@name': message,
    '@classname': 'asynclint',
    error: { '@message': message, '@type': 'internal' },
  };
}
