/**
 * Whether a rewritten program does what the original did. Both run alone, under the same schedules and failures. What a
 * program does on its own has to depend on no schedule, or there is nothing to compare with.
 */
import type { Rewrite, Rewritten } from './rewriting.ts';
import { runnable } from './rewriting.ts';
import { type Observation, observe, type Runnable, type Schedule } from './world.ts';

/** A rewrite that changed what a program does. */
export interface Difference {
  readonly by: string;
  readonly original: string;
  readonly rewrite: string;
  readonly what: string;
}

/** How many schedules a program is tried in without failures, and how many with. */
const SCHEDULES = 6;

/** The first difference that a rewrite of a program makes. */
export async function differenceIn({
  text,
  errors,
  rewrites,
}: Rewritten): Promise<Difference | undefined> {
  if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${text}`);
  for (const rewrite of rewrites) {
    const what = rewrite.errors[0] ?? (await runsApart(text, rewrite));
    if (what !== undefined) {
      return { by: rewrite.by, original: text, rewrite: rewrite.text, what };
    }
  }
  return undefined;
}

async function runsApart(text: string, rewrite: Rewrite): Promise<string | undefined> {
  const [one, other] = [await runnable(text), await runnable(rewrite.text)];
  for (const failing of [0, 4]) {
    for (let seed = 1; seed <= SCHEDULES; seed++) {
      const schedule = { seed, failing };
      const expected = await observe(one, schedule);
      const seen = await observe(other, schedule);
      const what = difference(expected, seen, rewrite);
      if (what !== undefined && !(await isRacy(one, schedule))) {
        return `${what} (schedule ${seed}, one of ${failing} fails)`;
      }
    }
  }
  return undefined;
}

/**
 * What tells two runs apart. After a failure, more may have been read than before; and where a check was put before a call
 * that fails, the check has its say first. Which of several failures is told may change, unless it is said to stay. A loop
 * that fails while it fills its items may have filled more of them.
 */
function difference(
  expected: Observation,
  seen: Observation,
  { defers, tellsSame, fills }: Rewrite,
): string | undefined {
  if ((defers || fills) && expected.failed) return undefined;
  const told = (outcome: string) => (tellsSame ? outcome : outcome.replace(/^(failed).*/, '$1'));
  const what =
    unequal('outcome', told(expected.outcome), told(seen.outcome)) ??
    unequal('state', expected.state, seen.state) ??
    unequal('writes', expected.writes.join(), seen.writes.join());
  if (what !== undefined || expected.failed) return what;
  const extra = without(seen.reads, expected.reads);
  const missing = defers ? [] : without(expected.reads, seen.reads);
  if (extra.length + missing.length === 0) return undefined;
  return `reads: ${missing.join(', ')} became ${extra.join(', ')}`;
}

function unequal(key: string, expected: string, seen: string): string | undefined {
  return expected === seen ? undefined : `${key}: ${expected}\n  became ${seen}`;
}

/** What is left of a list when each of another is taken away once. */
function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...some];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}

/** Whether a program does now this and now that by itself, in the same failures. */
async function isRacy(program: Runnable, { seed, failing }: Schedule): Promise<boolean> {
  const first = JSON.stringify(await observe(program, { seed, failing }));
  for (let order = 1; order <= 40; order++) {
    const again = await observe(program, { seed, failing, order: order * 7919 });
    if (JSON.stringify(again) !== first) return true;
  }
  return false;
}
