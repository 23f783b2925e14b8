import { defineRule } from '#engine';
import { type Facts, keyedRead, mostOf, type Repetition } from '#facts';

/**
 * Each item makes a query of its own, so that a hundred items make a hundred round trips, one after the other or all at
 * once. The client can read many rows by a list of keys: one query before the loop, and a `Map` from key to row in it.
 */
export default defineRule({
  id: 'query-in-loop',
  family: 'sequential',
  severity: 'information',
  preset: 'strict',
  summary: 'A loop reads one row per item although the client can read many by a list of keys.',
  advice: 'Read all rows in one query before the loop, and look them up in a `Map` by their key.',
  fixes: [],

  visit: {
    CallExpression(call, { facts, report }) {
      const found = keyedRead(call, facts);
      if (found === undefined || facts.isInTest(call)) return;
      const { name, instead, repetition, within } = found;
      if (isForAReason(repetition, facts) || isSmall(repetition, facts)) return;

      report(name, {
        message: `\`${name.text}\` makes one query per item; ${instead} makes one for all.`,
        related: within === undefined ? [] : [{ node: within, message: 'This is the query.' }],
      });
    },
  },
});

/** Loops whose next turn depends on the one before. */
function isForAReason({ loop }: Repetition, facts: Facts): boolean {
  if (loop === undefined) return false;
  return facts.loops.mayEndEarly(loop) || ORDERED.has(facts.loops.natureOf(loop) ?? '');
}

const ORDERED: ReadonlySet<string> = new Set([
  'consumer',
  'retry',
  'poll',
  'pages',
  'paced',
  'batches',
  'intent',
]);

function isSmall({ loop, items }: Repetition, facts: Facts): boolean {
  const size = items === undefined ? loop && facts.sizes.iterations(loop) : facts.sizeOf(items);
  const most = size && mostOf(size);
  return most !== undefined && most <= facts.settings.fanOut;
}
