/** `npm run properties -- 5000 1`: tries that many random programs, from that seed on, and prints the smallest that fail. */

import { differencesIn, smallest } from './shrinking.ts';
import { randomChoices } from './tape.ts';

/** How many programs one compiler looks at. */
const BATCH = 200;

const [count = 1000, from = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
let failed = 0;
for (let done = 0; done < count; done += BATCH) {
  const seeds = Array.from({ length: Math.min(BATCH, count - done) }, (_, i) => from + done + i);
  const tapes = seeds.map((seed) => randomChoices(seed));
  if (done % BATCH === 0) console.error(`${done} programs, ${failed} are changed.`);
  for (const [index, difference] of await differencesIn(tapes)) {
    failed++;
    const { by, what, original, rewrite } = await smallest(tapes[index] ?? [], difference);
    console.log(`seed ${seeds[index]}, ${by}: ${what}\n\n${original}\n=== became\n\n${rewrite}`);
  }
}
console.log(`${count} programs from seed ${from}: ${failed} are changed by a fix.`);
process.exitCode = failed > 0 ? 1 : 0;
