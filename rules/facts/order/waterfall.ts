/** The awaits of one function as bars over time: as they are today, and with everything overlapped that is proved to be independent. */
import type { Range } from '#engine/finding.ts';
import type { Facts } from '../facts.ts';
import type { FunctionNode } from '../shape/syntax.ts';
import { durationOf } from './durations.ts';
import { type Wait, type Waiting, waitsIn } from './waits.ts';

/** One `await`, or one promise among those that a combinator waits for. */
export interface Bar {
  /** Whom it waits for, and what is given where that tells it from others: `load`, `load(id)`. */
  readonly label: string;
  readonly range: Range;
  /** In the waterfall's unit, from the start of the function. */
  readonly start: number;
  readonly length: number;
  /** No comment tells how long it takes, although one does of others: it counts as long as they do on average. */
  readonly isAssumed: boolean;
  /** Whether the whole would be shorter if this were. */
  readonly isOnLongestChain: boolean;
}

/** Bars in the order of the text. */
export interface Timeline {
  readonly bars: readonly Bar[];
  readonly length: number;
}

/** One function's awaits over time. */
export interface Waterfall {
  /** Milliseconds where comments tell any, else as many steps as there are awaits one after the other. */
  readonly unit: 'ms' | 'steps';
  readonly today: Timeline;
  readonly overlapped: Timeline;
}

/** The waterfall of a function; nothing when it waits for nothing. */
export function waterfallOf(fn: FunctionNode, facts: Facts): Waterfall | undefined {
  if (fn.body === undefined) return undefined;
  const today = waitsIn(fn.body, facts, () => []);
  const leaves = leavesOf(today);
  if (leaves.length === 0) return undefined;
  const legend = legendOf(leaves);
  const draw = (waiting: Waiting): Timeline => {
    const { bars, length } = laidOut(waiting, 0, legend);
    return { bars: [...bars].sort((a, b) => a.range.start - b.range.start), length };
  };
  const overlapped = waitsIn(fn.body, facts, (statements) => [
    ...facts.seriesIn(statements),
    ...facts.proved.inValues(statements),
  ]);
  const unit = legend.assumed === undefined ? 'steps' : 'ms';
  return { unit, today: draw(today), overlapped: draw(overlapped) };
}

/** How to call each of what is waited for, and how long it takes when nobody says. */
interface Legend {
  readonly assumed: number | undefined;
  label(wait: Wait): string;
}

function legendOf(leaves: readonly Wait[]): Legend {
  const known = leaves.flatMap(({ node }) => durationOf(node) ?? []);
  const total = known.reduce((sum, one) => sum + one, 0);
  const isSole = (name: string): boolean => leaves.filter((one) => one.name === name).length === 1;
  return {
    assumed: known.length === 0 ? undefined : total / known.length,
    label: ({ name, code }) => (isSole(name) ? name : code),
  };
}

function leavesOf(waiting: Waiting): readonly Wait[] {
  return waiting.kind === 'wait' ? [waiting] : waiting.parts.flatMap(leavesOf);
}

/** Bars from `start` on. */
function laidOut(waiting: Waiting, start: number, legend: Legend): Timeline {
  if (waiting.kind === 'wait') return bar(waiting, start, legend);
  if (waiting.kind === 'sequence') {
    let at = start;
    const bars = waiting.parts.flatMap((part) => {
      const laid = laidOut(part, at, legend);
      at += laid.length;
      return laid.bars;
    });
    return { bars, length: at - start };
  }
  const parts = waiting.parts.map((part) => laidOut(part, start, legend));
  const length = Math.max(0, ...parts.map((part) => part.length));
  const longest = parts.find((part) => part.length === length);
  const bars = parts.flatMap((part) => {
    if (part === longest) return part.bars;
    return part.bars.map((one) => ({ ...one, isOnLongestChain: false }));
  });
  return { bars, length };
}

function bar(wait: Wait, start: number, { assumed, label }: Legend): Timeline {
  const { node } = wait;
  const told = durationOf(node);
  const length = told ?? assumed ?? 1;
  const drawn = {
    label: label(wait),
    range: { start: node.getStart(), end: node.end },
    start,
    length,
    isAssumed: told === undefined && assumed !== undefined,
    isOnLongestChain: true,
  };
  return { bars: [drawn], length };
}
