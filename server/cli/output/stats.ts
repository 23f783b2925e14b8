import type { Report } from '#workspace/report.ts';

/** Where the time went, longest first, and the stacks of our own bugs. */
export function statsOf({ stats, notes }: Report): string {
  const { files, projects, requests, phases, rules } = stats;
  const lines = [
    `files ${files}, projects ${projects}, requests ${requests}`,
    ...timesOf(phases),
    ...timesOf(rules),
    ...notes.flatMap(({ stack }) => stack ?? []),
  ];
  return `${lines.join('\n')}\n`;
}

function timesOf(times: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(times)
    .sort(([, a], [, b]) => b - a)
    .map(([what, time]) => `${time.toFixed(1).padStart(9)} ms  ${what}`);
}
