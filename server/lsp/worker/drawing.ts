/** What functions wait for, drawn; asked over all that facts know. */
import type { SourceFile } from '#ast';
import * as ast from '#ast';
import {
  brief,
  type Facts,
  type FunctionNode,
  functionsIn,
  functionsNamed,
  functionsRound,
  functionsWithBody,
  isAsync,
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
  return functionsWithBody(root).flatMap((fn) => {
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

function nameOf(fn: FunctionNode, root: SourceFile): string {
  const named = functionsIn(root).find((one) => one.fn === fn);
  if (named !== undefined) return named.name;
  const { parent } = fn;
  return ast.isCallExpression(parent)
    ? `callback of ${brief(parent.expression)}`
    : 'function without a name';
}
