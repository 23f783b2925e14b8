import type { Finding } from '#engine';
import { type Facts, functionsIn, type NamedFunction, waterfallOf } from '#facts';
import { Lines, relativeName } from '#formats/place.ts';
import { isShorter, type Picture } from '#formats/waterfall.ts';
import type { Linter } from '#workspace/linter.ts';

/** Rules that are about waiting in turn, where a picture tells more than words. */
const SEQUENTIAL = new Set(['independent-awaits', 'await-in-loop', 'await-in-combinator']);

/** Draws what the functions round findings wait for; those of one file at once, each function once. */
export function picturesOf(
  findings: readonly Finding[],
  linter: Linter,
  cwd: string,
): (finding: Finding) => Picture | undefined {
  const files = new Set<string>();
  const known = new Map<Finding, Picture>();
  return (finding) => {
    const { file, rule } = finding;
    if (!SEQUENTIAL.has(rule)) return undefined;
    if (!files.has(file)) {
      const all = findings.filter((one) => one.file === file && SEQUENTIAL.has(one.rule));
      for (const [one, picture] of drawAll(all, file, linter, cwd)) known.set(one, picture);
    }
    files.add(file);
    return known.get(finding);
  };
}

function drawAll(
  findings: readonly Finding[],
  file: string,
  linter: Linter,
  cwd: string,
): readonly (readonly [Finding, Picture])[] {
  const drawn = linter.inspect(file, (facts, { root, text }) => {
    const lines = new Lines(text);
    const functions = functionsIn(root);
    const pictures = new Map<NamedFunction, Picture | undefined>();
    return findings.flatMap((finding): readonly (readonly [Finding, Picture])[] => {
      const { start, end } = finding.range;
      // The innermost comes last.
      const around = functions.findLast(({ fn }) => fn.getStart() <= start && fn.end >= end);
      if (around === undefined) return [];
      if (!pictures.has(around)) {
        const place = `${relativeName(cwd, file)}:${lines.at(around.fn.getStart()).line}`;
        pictures.set(around, draw(around, place, lines, facts));
      }
      const picture = pictures.get(around);
      return picture === undefined ? [] : [[finding, picture]];
    });
  });
  return drawn ?? [];
}

/** A picture, where it shows what could be gained. */
function draw(
  { name, fn }: NamedFunction,
  place: string,
  lines: Lines,
  facts: Facts,
): Picture | undefined {
  const waterfall = waterfallOf(fn, facts);
  if (waterfall === undefined || !isShorter(waterfall)) return undefined;
  return { name, place, waterfall, lineOf: ({ range }) => lines.at(range.start).line };
}
