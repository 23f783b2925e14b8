import type { Bar, Timeline, Waterfall } from '#facts';

/** A waterfall with what a picture says beside the bars. */
export interface Picture {
  /** The function's name. */
  readonly name: string;
  /** Where it is: `src/users.ts:40`. */
  readonly place: string;
  readonly waterfall: Waterfall;
  /** The line that a bar's code begins on, counted from 1. */
  lineOf(bar: Bar): number;
}

/** A length with its unit: `75 ms`, `1.5 s`, `3 steps`. */
export function lengthText(length: number, unit: Waterfall['unit']): string {
  if (unit === 'steps') return length === 1 ? '1 step' : `${length} steps`;
  return length < 1000 ? `${rounded(length)} ms` : `${rounded(length / 1000)} s`;
}

/** A bar's length; `~` stands before what no comment tells. */
export function barLength({ length, isAssumed }: Bar, unit: Waterfall['unit']): string {
  return `${isAssumed ? '~' : ''}${lengthText(length, unit)}`;
}

/** What overlapping comes to, in one sentence. */
export function summaryOf({ unit, today, overlapped }: Waterfall): string {
  if (!isShorter({ today, overlapped })) {
    return `It takes ${lengthText(today.length, unit)}: nothing more is proved to be independent.`;
  }
  const [before, after] = [today, overlapped].map(({ length }) => lengthText(length, unit));
  return `It takes ${before} today and ${after} when all overlaps that is proved to be independent.`;
}

/** The longest chain in one sentence: what would have to be shorter for the whole to be shorter. */
export function chainOf({ overlapped }: Waterfall): string {
  const chain = overlapped.bars.filter(({ isOnLongestChain }) => isOnLongestChain);
  const labels = chain.toSorted((a, b) => a.start - b.start).map(({ label }) => fitting(label, 40));
  return `Longest chain: ${labels.join(' → ')}.`;
}

/** Whether overlapping gains time. */
export function isShorter({ today, overlapped }: Pick<Waterfall, 'today' | 'overlapped'>): boolean {
  return overlapped.length < today.length;
}

/** What to draw, one below the other: only what is, where nothing could be gained. */
export function panelsOf(waterfall: Waterfall): readonly (readonly [string, Timeline])[] {
  const { today, overlapped } = waterfall;
  return isShorter(waterfall)
    ? [
        ['today', today],
        ['overlapped', overlapped],
      ]
    : [['today', today]];
}

function rounded(number: number): string {
  return String(Math.round(number * 100) / 100);
}

/** A name that fits: its end tells more than its beginning, unless it is given something. */
export function fitting(label: string, longest: number): string {
  if (label.length <= longest) return label;
  return label.includes('(')
    ? `${label.slice(0, longest - 1)}…`
    : `…${label.slice(label.length - longest + 1)}`;
}
