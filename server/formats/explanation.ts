import { createColors } from 'picocolors';
import type { Finding } from '#engine';
import type { Explanation, Point, Spot } from '#facts';
import { Lines, relativeName } from './place.ts';
import type { View } from './view.ts';

/** What is said of one line: what is reported there, and all that is known of what waits there. */
export function explanationText(
  explanations: readonly Explanation[],
  findings: readonly Finding[],
  view: View,
): string {
  const colors = createColors(view.colors);
  const placeOf = (spot: Spot): string => {
    const { column } = new Lines(view.textOf(spot.file)).at(spot.range.start);
    return `${lineOf(spot)}:${column}`;
  };
  const lineOf = ({ file, range }: Spot): string => {
    const { line } = new Lines(view.textOf(file)).at(range.start);
    return `${relativeName(view.cwd, file)}:${line}`;
  };
  const told = ({ text, shown }: Point, about: Explanation): string => {
    const isElsewhere = shown !== undefined && lineOf(shown) !== lineOf(about);
    return `  - ${text}${isElsewhere ? colors.dim(`  ${placeOf(shown)}`) : ''}`;
  };
  const reported = findings.map(({ rule, severity, message }) => {
    return `${colors.yellow(severity)} ${colors.bold(rule)}: ${message}`;
  });
  const nothing = 'Nothing is reported on this line.';
  const blocks = explanations.map((one) =>
    [
      `${colors.bold(placeOf(one))}  ${colors.cyan(one.code)}`,
      ...one.points.map((each) => told(each, one)),
    ].join('\n'),
  );
  return `${[...blocks, reported.join('\n') || colors.dim(nothing)].join('\n\n')}\n`;
}
