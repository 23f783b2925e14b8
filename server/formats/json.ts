import type { Range } from '#engine';
import { linesIn, type Position, relativeName } from './place.ts';
import type { Format, View } from './view.ts';

/** Version of the shape below; it grows when a reader of the old one would break. */
const VERSION = 1;

/** For machines: places count from 1, names are relative with forward slashes. */
export const json: Format<View> = (report, view) => {
  const places = placesIn(view);
  const findings = report.findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    ...places(finding.file, finding.range),
    related: finding.related.map(({ message, file, range }) => ({
      message,
      ...places(file, range),
    })),
    fixes: finding.fixes().map(({ title, kind }) => ({ title, kind })),
  }));
  const notes = report.notes.map(({ message, file }) => ({
    message,
    ...(file !== undefined && { file: relativeName(view.cwd, file) }),
  }));
  const part = view.part && { shard: view.part };
  return `${JSON.stringify({ version: VERSION, findings, notes, ...part }, undefined, 2)}\n`;
};

interface Placed {
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

function placesIn(view: View): (file: string, range: Range) => Placed {
  const linesOf = linesIn(view.textOf);
  return (file, { start, end }) => {
    const lines = linesOf(file);
    return {
      file: relativeName(view.cwd, file),
      range: { start: lines.at(start), end: lines.at(end) },
    };
  };
}
