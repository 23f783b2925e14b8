import type { Finding } from '#engine';
import { functionsIn, waterfallOf } from '#facts';
import { Lines, relativeName } from '../formats/place.ts';
import { isShorter, type Picture } from '../formats/waterfall.ts';
import type { Linter } from '../workspace/linter.ts';

/** Rules that are about waiting in turn, where a picture tells more than words. */
const SEQUENTIAL = new Set(['independent-awaits', 'await-in-loop', 'await-in-combinator']);

/** One function's picture, and where in its file the function is. */
interface Drawn {
  readonly start: number;
  readonly end: number;
  readonly picture: Picture;
}

/** Draws what the functions round findings wait for; all of one file are drawn at once. */
export function picturesOf(linter: Linter, cwd: string): (finding: Finding) => Picture | undefined {
  const known = new Map<string, readonly Drawn[]>();
  return ({ rule, file, range }) => {
    if (!SEQUENTIAL.has(rule)) return undefined;
    const drawn = known.get(file) ?? drawAll(linter, file, cwd);
    known.set(file, drawn);
    // The innermost comes last.
    const around = drawn.findLast(({ start, end }) => start <= range.start && end >= range.end);
    return around?.picture;
  };
}

function drawAll(linter: Linter, file: string, cwd: string): readonly Drawn[] {
  const drawn = linter.inspect(file, (facts, { root, text }) => {
    const lines = new Lines(text);
    return functionsIn(root).flatMap(({ name, fn }): readonly Drawn[] => {
      const waterfall = waterfallOf(fn, facts);
      if (waterfall === undefined || !isShorter(waterfall)) return [];
      const start = fn.getStart();
      const place = `${relativeName(cwd, file)}:${lines.at(start).line}`;
      const lineOf: Picture['lineOf'] = ({ range }) => lines.at(range.start).line;
      return [{ start, end: fn.end, picture: { name, place, waterfall, lineOf } }];
    });
  });
  return drawn ?? [];
}
