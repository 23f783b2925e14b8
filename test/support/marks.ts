/** Draws findings under the code they are about, and takes the drawing away again. */
import type { Finding, Fix, Refusal } from '#engine';

/** What one mark needs of a finding. */
export interface Marked {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
  /** Why there is no further fix that reaches far. */
  readonly refusal?: Refusal | undefined;
  /** The rule's own severity: another one is drawn. */
  readonly usual: string;
  textAt(file: string, start: number, end: number): string;
}

const MARK = /^\s*\/\/(?:<{1,2}| )?~+ [a-z-]+: /;
const MORE = /^\s*\/\/ {3}(?:fix|fix \(safe\)|or|or \(safe\)|also|refused): /;

/** The text without marks: what the linter sees. */
export function stripMarks(text: string): string {
  const kept: string[] = [];
  let inMark = false;
  for (const line of text.split('\n')) {
    inMark = MARK.test(line) || (inMark && MORE.test(line));
    if (!inMark) kept.push(line);
  }
  return kept.join('\n');
}

/** The text with a mark below each line that something is reported on. */
export function drawMarks(text: string, marked: readonly Marked[]): string {
  const byLine = new Map<number, string[]>();
  for (const one of marked) {
    const { start } = one.finding.range;
    const line = text.slice(0, start).split('\n').length - 1;
    const column = start - (text.lastIndexOf('\n', start - 1) + 1);
    byLine.set(line, [...(byLine.get(line) ?? []), ...drawn(one, column)]);
  }
  return text
    .split('\n')
    .flatMap((line, index) => [line, ...(byLine.get(index) ?? [])])
    .join('\n');
}

function drawn({ finding, fixes, refusal, usual, textAt }: Marked, column: number): string[] {
  const tildes = '~'.repeat(Math.max(1, finding.range.end - finding.range.start));
  const lead = ['//<', '//<<', '//'][column] ?? `${' '.repeat(column - 3)}// `;
  const tags = [
    ...(finding.severity === usual ? [] : [finding.severity]),
    ...(finding.certainty === 'proved' ? [] : [finding.certainty]),
  ];
  const tag = tags.length === 0 ? '' : `(${tags.join(', ')}) `;
  const indent = ' '.repeat(Math.max(0, column - 3));
  return [
    `${lead}${tildes} ${finding.rule}: ${tag}${finding.message}`,
    ...fixes.map(({ title, kind }, index) => {
      const word = `${index === 0 ? 'fix' : 'or'}${kind === 'safe' ? ' (safe)' : ''}`;
      return `${indent}//   ${word}: ${title}`;
    }),
    ...(refusal === undefined ? [] : [`${indent}//   refused: ${refusal.message}`]),
    ...finding.related.map(({ message, file, range }) => {
      const code = textAt(file, range.start, range.end).replace(/\s+/g, ' ').slice(0, 50);
      return `${indent}//   also: \`${code}\` ${message}`;
    }),
  ];
}
