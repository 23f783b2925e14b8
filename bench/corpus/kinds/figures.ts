import { code, paragraphs } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Calculations over many of the entity: no promise anywhere. */
export function figures(entity: Entity, dice: Dice): string {
  return paragraphs([
    summary(entity),
    comparison(entity),
    ...perField(entity),
    ...dice.some(extras, 6).map((write) => write(entity)),
  ]);
}

function summary({ one, One, many, stages }: Entity): string {
  return code`
    /** What can be said about many ${many} at a glance. */
    export interface ${One}Summary {
      readonly count: number;
      readonly shares: Readonly<Record<${One}Stage, number>>;
      readonly oldest: Date | undefined;
      readonly newest: Date | undefined;
    }

    /** Sums up. */
    export function summarize${One}(${many}: readonly ${One}[]): ${One}Summary {
      const shares: Record<${One}Stage, number> = { ${stages.map((stage) => `${stage}: 0`).join(', ')} };
      let oldest: Date | undefined;
      let newest: Date | undefined;
      for (const ${one} of ${many}) {
        shares[${one}.stage] += 1 / ${many}.length;
        if (!oldest || ${one}.createdAt < oldest) oldest = ${one}.createdAt;
        if (!newest || ${one}.createdAt > newest) newest = ${one}.createdAt;
      }
      return { count: ${many}.length, shares, oldest, newest };
    }
  `;
}

function comparison({ one, One }: Entity): string {
  return code`
    /** Which ones appear, vanish or differ between two lists. */
    export function compare${One}Lists(before: readonly ${One}[], after: readonly ${One}[]) {
      const known = indexBy(before, ({ id }) => id);
      const current = indexBy(after, ({ id }) => id);
      const [changed, unchanged] = partition(
        after.filter(({ id }) => known.has(id)),
        (${one}) => known.get(${one}.id)?.version !== ${one}.version,
      );
      return {
        added: after.filter(({ id }) => !known.has(id)),
        removed: before.filter(({ id }) => !current.has(id)),
        changed,
        unchanged,
      } as const;
    }
  `;
}

function perField({ one, One, many, fields }: Entity): string[] {
  return fields.flatMap(({ name, role, type }) => {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    if (role === 'amount') {
      return code`
        /** The sum of every ${name}, if there is any. */
        export function total${One}${Name}(${many}: readonly ${One}[]): Money | undefined {
          const [first, ...others] = ${many}.map((${one}) => ${one}.${name});
          return first && addMoney(first, ...others);
        }
      `;
    }
    if (role === 'figure') {
      return code`
        /** Mean, median and spread of ${name}. */
        export function spreadOf${One}${Name}(${many}: readonly ${One}[]): { mean: number; median: number; deviation: number } {
          const values = ${many}.map((${one}) => ${one}.${name}).sort((a, b) => a - b);
          if (values.length === 0) return { mean: 0, median: 0, deviation: 0 };
          const mean = sumOf(values, (value) => value) / values.length;
          const variance = sumOf(values, (value) => (value - mean) ** 2) / values.length;
          return { mean, median: values[values.length >> 1] ?? mean, deviation: Math.sqrt(variance) };
        }
      `;
    }
    if (role === 'choice') {
      return code`
        /** How many there are for each ${name}. */
        export function count${One}By${Name}(${many}: Iterable<${One}>): Map<${type}, number> {
          const counts = new Map<${One}['${name}'], number>();
          for (const { ${name} } of ${many}) counts.set(${name}, (counts.get(${name}) ?? 0) + 1);
          return counts;
        }
      `;
    }
    return [];
  });
}

const extras: readonly Template[] = [
  flowOf,
  commonWords,
  agesOf,
  dailyCounts,
  smoothCounts,
  likelyDuplicates,
  tabulate,
];

function flowOf({ One }: Entity): string {
  return code`
    /** How many went from one stage to another, and how long that took on average. */
    export function flowOf${One}(moves: readonly { from: ${One}Stage; to: ${One}Stage; days: number }[]): Map<string, { count: number; days: number }> {
      const flows = new Map<string, { count: number; days: number }>();
      for (const { from, to, days } of moves) {
        const key = \`\${from} → \${to}\`;
        const flow = flows.get(key) ?? { count: 0, days: 0 };
        const count = flow.count + 1;
        flows.set(key, { count, days: flow.days + (days - flow.days) / count });
      }
      return flows;
    }
  `;
}

function commonWords({ One, many }: Entity): string {
  return code`
    /** The words that titles have in common, the most frequent first. */
    export function common${One}Words(${many}: readonly ${One}[], limit = 10): [string, number][] {
      const counts = new Map<string, number>();
      for (const { title } of ${many}) {
        for (const word of new Set(title.toLowerCase().match(/\p{L}{3,}/gu))) {
          counts.set(word, (counts.get(word) ?? 0) + 1);
        }
      }
      return [...counts].sort(([, a], [, b]) => b - a).slice(0, limit);
    }
  `;
}

function agesOf({ one, One, many }: Entity): string {
  return code`
    /** How old they are, in bands of days. */
    export function agesOf${One}(${many}: readonly ${One}[], now: Date, bands: readonly number[] = [7, 30, 90]): Map<string, ${One}[]> {
      return groupBy(${many}, (${one}) => {
        const age = elapsed(${one}.createdAt, now, 'day');
        const band = bands.find((limit) => age < limit);
        return band === undefined ? \`\${bands.at(-1) ?? 0}+\` : \`<\${band}\`;
      });
    }
  `;
}

function dailyCounts({ one, One, many, fields }: Entity): string {
  const date = fields.find(({ role }) => role === 'date')?.name ?? 'createdAt';
  return code`
    /** How many there were on each day between two dates, days without any included. */
    export function daily${One}Counts(${many}: readonly ${One}[], from: Date, to: Date): { day: Date; count: number }[] {
      const byDay = groupBy(${many}, (${one}) => startOfDay(${one}.${date}).getTime());
      const days: { day: Date; count: number }[] = [];
      for (let day = startOfDay(from); day <= to; day = shift(day, 1, 'day')) {
        days.push({ day, count: byDay.get(day.getTime())?.length ?? 0 });
      }
      return days;
    }
  `;
}

function smoothCounts({ One }: Entity): string {
  return code`
    /** Counts smoothed over a window of days. */
    export function smooth${One}Counts(counts: readonly { day: Date; count: number }[], window = 7): { day: Date; level: number }[] {
      let running = 0;
      return counts.map(({ day, count }, index) => {
        running += count - (counts[index - window]?.count ?? 0);
        return { day, level: running / Math.min(index + 1, window) };
      });
    }
  `;
}

function likelyDuplicates({ One, many }: Entity): string {
  return code`
    /** The ones that look like the same thing entered twice. */
    export function likely${One}Duplicates(${many}: readonly ${One}[]): ${One}[][] {
      const normalized = (title: string) => title.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
      const groups = groupBy(${many}, ({ title }) => normalized(title));
      return [...groups.values()].filter((group) => group.length > 1).map((group) => sortedBy(group, ({ createdAt }) => createdAt));
    }
  `;
}

function tabulate({ One, many }: Entity): string {
  return code`
    /** A table of text, one line each. */
    export function tabulate${One}(${many}: readonly ${One}[], width = 24): string {
      const lines = ${many}.map(({ id, title, stage, version }) => {
        const shown = title.length > width ? \`\${title.slice(0, width - 1)}…\` : title.padEnd(width);
        return [abbreviate(id).padEnd(20), shown, stage.padEnd(12), String(version).padStart(4)].join('  ');
      });
      const rule = '-'.repeat(width + 44);
      return [rule, ...lines, rule, \`\${${many}.length} in all\`].join('\n');
    }
  `;
}
