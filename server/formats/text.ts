import { Lines, relativeName } from './place.ts';
import type { Format } from './view.ts';

/** For people: headline, message and the source line. */
export const text: Format = (report, view) => {
  const blocks = report.findings.map((finding) => {
    const lines = new Lines(view.textOf(finding.file));
    const { line, column } = lines.at(finding.range.start);
    return `${relativeName(view.cwd, finding.file)}:${line}:${column} ${finding.severity} ${finding.rule}\n  ${finding.message}\n`;
  });
  return `${blocks.join('')}${report.findings.length} findings in ${report.files.length} files\n`;
};
