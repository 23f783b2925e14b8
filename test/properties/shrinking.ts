/** Makes failing programs small: choices are left out, or made the first alternative, as long as the failure stays. */
import { type Difference, differenceIn } from './comparing.ts';
import { programOf } from './programs.ts';
import { rewritten } from './rewriting.ts';

/** How many smaller programs are tried at once. */
const AT_ONCE = 40;

/** The differences that fixes make to programs, by their index. */
export async function differencesIn(
  tapes: readonly (readonly number[])[],
): Promise<ReadonlyMap<number, Difference>> {
  const found = new Map<number, Difference>();
  for (const [index, program] of rewritten(tapes.map(programOf)).entries()) {
    const difference = await differenceIn(program);
    if (difference !== undefined) found.set(index, difference);
  }
  return found;
}

/** The smallest program that was found to fail as well. */
export async function smallest(
  choices: readonly number[],
  difference: Difference,
  rounds = 30,
): Promise<Difference> {
  let best = { choices, difference };
  for (let round = 0; round < rounds; round++) {
    const next = await smaller(best.choices, best.difference, round);
    if (next === undefined && round > 8) break;
    best = next ?? best;
  }
  return best.difference;
}

async function smaller(choices: readonly number[], { original }: Difference, round: number) {
  const tapes = candidates(choices, round).filter((tape) => {
    return programOf(tape).length < original.length;
  });
  const found = await differencesIn(tapes.slice(0, AT_ONCE));
  const all = [...found].map(([index, difference]) => {
    return { choices: tapes[index] ?? choices, difference };
  });
  all.sort((a, b) => a.difference.original.length - b.difference.original.length);
  return all[0];
}

/** Tapes with a stretch left out or made zero, long stretches in the first rounds. */
function candidates(choices: readonly number[], round: number): readonly (readonly number[])[] {
  const length = Math.max(1, Math.floor(120 / 2 ** (round % 9)));
  const found: number[][] = [];
  for (let start = 0; start < choices.length; start += Math.max(1, Math.floor(length / 2))) {
    const [before, after] = [choices.slice(0, start), choices.slice(start + length)];
    found.push([...before, ...after]);
    found.push([...before, ...new Array<number>(Math.min(length, 4)).fill(0), ...after]);
  }
  return found
    .map((tape, index) => ({ tape, key: (index * 7919 + round * 31) % 1009 }))
    .sort((a, b) => a.key - b.key)
    .map(({ tape }) => tape);
}
