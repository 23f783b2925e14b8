import type { Series } from './contest.ts';
import { median, table } from './figures.ts';

/** What the project has promised: the wall time of one tool divided by that of another. */
const targets = [
  { tool: 'asynclint', against: 'oxlint', ratio: 1.5, at: 'most' },
  { tool: 'asynclint-warm', against: 'oxlint', ratio: 0.15, at: 'most' },
  { tool: 'asynclint-changed', against: 'oxlint', ratio: 0.5, at: 'most' },
  { tool: 'eslint', against: 'asynclint', ratio: 8, at: 'least' },
  { tool: 'asynclint-families', against: 'asynclint', ratio: 1.4, at: 'most' },
  { tool: 'asynclint-eleven', against: 'tsc', ratio: 1.5, at: 'most' },
  { tool: 'asynclint-all', against: 'tsc', ratio: 1.5, at: 'most' },
] as const;

/** A table of medians, and a line for each promise that the tools in it allow to judge. */
export function summarize(series: Series): string[] {
  const [first] = series.keys();
  const base = first && wallOf(series, first.name);
  const rows = [...series].map(([{ name, work }, usages]) => {
    const walls = usages.map(({ wall }) => wall);
    const wall = median(walls);
    return [
      name,
      work,
      wall.toFixed(2),
      `${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)}`,
      medianOf(
        usages.map(({ cpu }) => cpu),
        2,
      ),
      medianOf(
        usages.map(({ memory }) => memory),
        0,
      ),
      base === undefined ? '' : (wall / base).toFixed(2),
    ];
  });
  const ratio = `wall ÷ ${first?.name ?? ''}`;
  const header = ['tool', 'work', 'wall s', 'range', 'CPU s', 'memory MB', ratio];
  return [table(header, rows), judge(series).join('\n')].filter(Boolean);
}

function judge(series: Series): string[] {
  return targets.flatMap(({ tool, against, ratio, at }) => {
    const [wall, other] = [wallOf(series, tool), wallOf(series, against)];
    if (wall === undefined || other === undefined) return [];
    const reached = wall / other;
    const isMet = at === 'most' ? reached <= ratio : reached >= ratio;
    const verdict = isMet ? 'met' : '**missed**';
    return [`- ${tool} ÷ ${against} = ${reached.toFixed(2)}, at ${at} ${ratio}: ${verdict}`];
  });
}

function wallOf(series: Series, name: string): number | undefined {
  const found = [...series].find(([tool]) => tool.name === name);
  return found && median(found[1].map(({ wall }) => wall));
}

function medianOf(values: readonly (number | undefined)[], digits: number): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 'not known here' : median(known).toFixed(digits);
}
