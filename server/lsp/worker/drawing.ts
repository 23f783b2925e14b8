/** What functions wait for, drawn; asked over all that facts know. */
import type { SourceFile } from '#ast';
import * as ast from '#ast';
import {
  brief,
  collect,
  type Facts,
  type FunctionNode,
  functionsIn,
  functionsNamed,
  isAsync,
  isFunction,
  type Waterfall,
  waterfallOf,
} from '#facts';
import { Lines, relativeName } from '#formats/place.ts';
import { chainOf, isShorter, lengthText, summaryOf } from '#formats/waterfall.ts';
import { waterfallHtml } from '#formats/waterfall-html.ts';
import { waterfallSvg } from '#formats/waterfall-svg.ts';
import type { Source } from '#program';
import type { Drawn, Lens } from '../messages.ts';

/** Draws the innermost function round an offset that waits for anything, or the function of a name. */
export function drawn(
  { root, text, file }: Source,
  at: number | string,
  folder: string,
  facts: Facts,
): Drawn | undefined {
  const candidates =
    typeof at === 'string'
      ? functionsNamed(at, functionsIn(root)).map(({ fn }) => fn)
      : functionsRound(root, at);
  for (const fn of candidates) {
    const waterfall = waterfallOf(fn, facts);
    if (waterfall === undefined) continue;
    const lines = new Lines(text);
    const name = nameOf(fn, root);
    const range = { start: fn.getStart(), end: fn.end };
    const place = `${relativeName(folder, file)}:${lines.at(range.start).line}`;
    const lineOf = (bar: { readonly range: { readonly start: number } }): number =>
      lines.at(bar.range.start).line;
    const picture = { name, place, waterfall, lineOf };
    const chain = isShorter(waterfall) ? [chainOf(waterfall)] : [];
    return {
      name,
      range,
      place,
      waterfall,
      summary: [summaryOf(waterfall), ...chain],
      svg: waterfallSvg(picture),
      html: waterfallHtml(picture),
    };
  }
  return undefined;
}

/** What to show above each function that waits for several things, one after the other. */
export function lensesOf({ root }: Source, facts: Facts): readonly Lens[] {
  return functionsBelow(root).flatMap((fn) => {
    const waterfall = isAsync(fn) ? waterfallOf(fn, facts) : undefined;
    if (waterfall === undefined || waterfall.today.bars.length < 2) return [];
    const start = fn.getStart();
    return { range: { start, end: start }, title: `${lensText(waterfall)} · show waterfall` };
  });
}

function lensText({ unit, today, overlapped }: Waterfall): string {
  const count = `${today.bars.length} awaits`;
  if (unit === 'steps') return `${count} in series, longest chain ${overlapped.length}`;
  const [series, chain] = [today, overlapped].map(({ length }) => lengthText(length, unit));
  return `${count} in series take ${series}, the longest chain ${chain}`;
}

/** The functions that an offset stands in, innermost first. */
export function functionsRound(root: SourceFile, offset: number): readonly FunctionNode[] {
  const inside = ({ end }: FunctionNode, start: number): boolean =>
    start <= offset && offset <= end;
  return functionsBelow(root)
    .filter((fn) => inside(fn, lineStart(root.text, fn.getStart())))
    .toReversed();
}

function functionsBelow(root: SourceFile): readonly FunctionNode[] {
  return collect(root, isFunction, { intoFunctions: true }).filter(
    ({ body }) => body !== undefined,
  );
}

/** The cursor may as well stand on the line before the function begins. */
function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function nameOf(fn: FunctionNode, root: SourceFile): string {
  const named = functionsIn(root).find((one) => one.fn === fn);
  if (named !== undefined) return named.name;
  const { parent } = fn;
  return ast.isCallExpression(parent)
    ? `callback of ${brief(parent.expression)}`
    : 'function without a name';
}
