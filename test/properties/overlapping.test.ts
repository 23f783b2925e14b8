import assert from 'node:assert/strict';
import { Gathering } from '../../rules/facts/effects/gathering.ts';
import { Targets } from '../../rules/facts/effects/targets.ts';
import { Verdicts } from '../../rules/facts/order/verdicts.ts';
import { differenceIn } from './comparing.ts';
import { programOf } from './programs.ts';
import { type Rewritten, rewritten } from './rewriting.ts';
import { randomChoices } from './tape.ts';

/** Programs that are tried each time; `npm run properties` tries others. */
const PROGRAMS = 200;

/** Programs of a portion in which a planted bug is looked for, and how many portions there are. */
const PORTION = 60;
const PORTIONS = 8;

/** A bug that could be in the analysis; `plant` gives what takes it out again. */
interface Bug {
  readonly name: string;
  plant(): () => void;
}

const BUGS: readonly Bug[] = [
  {
    name: 'writing files and databases counts as reading',
    plant: () =>
      instead(Targets.prototype, 'of', (original) => {
        return function (this: Targets, callee) {
          const target = original.call(this, callee);
          if (target.kind !== 'known' || target.effect.writes === undefined) return target;
          const { writes: reads, ...effect } = target.effect;
          return { ...target, effect: { ...effect, reads } };
        };
      }),
  },
  {
    name: 'changes of variables and objects are overlooked',
    plant: () =>
      instead(Gathering.prototype, 'write', (original) => {
        return function (this: Gathering, place, node) {
          if (place.kind === 'resource') original.call(this, place, node);
        };
      }),
  },
  {
    name: 'what changes something starts before all above has succeeded',
    plant: () =>
      instead(Verdicts.prototype, 'bond', (original) => {
        return function (this: Verdicts, later, earlier) {
          return original.call(this, { ...later, anchored: undefined }, earlier);
        };
      }),
  },
  {
    name: 'a read may fail before a change above it has begun',
    plant: () =>
      instead(Verdicts.prototype, 'bond', (original) => {
        return function (this: Verdicts, later, earlier) {
          const bond = original.call(this, later, earlier);
          return bond === 'begun' ? undefined : bond;
        };
      }),
  },
];

/** Puts another method in the place of one, until what it gives is called. */
function instead<T, K extends keyof T>(
  prototype: T,
  name: K,
  make: (original: T[K]) => T[K],
): () => void {
  const original = prototype[name];
  prototype[name] = make(original);
  return () => {
    prototype[name] = original;
  };
}

/** Whether some program shows the bug that is planted. */
async function isFound(): Promise<boolean> {
  for (let portion = 0; portion < PORTIONS; portion++) {
    const found = await describedIn(randomPrograms(PORTION, portion * PORTION));
    if (found.length > 0) return true;
  }
  return false;
}

function randomPrograms(count: number, from = 0): readonly Rewritten[] {
  const seeds = Array.from({ length: count }, (_, index) => from + index + 1);
  return rewritten(seeds.map((seed) => programOf(randomChoices(seed))));
}

/** The programs that fixes change, in words; `npm run properties` makes them smaller. */
async function describedIn(programs: readonly Rewritten[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, program] of programs.entries()) {
    const difference = await differenceIn(program);
    if (difference === undefined) continue;
    const { by, what, original, rewrite } = difference;
    found.push(`seed ${index + 1}, ${by}: ${what}\n${original}\n=== became\n${rewrite}`);
  }
  return found;
}

describe('overlapping', function () {
  this.timeout(120_000);

  it('lets random programs read and write the same in every schedule', async () => {
    const programs = randomPrograms(PROGRAMS);
    const found = await describedIn(programs);
    assert.deepEqual(found, []);
    const rewrites = programs.flatMap((program) => program.rewrites);
    assert.ok(rewrites.length >= PROGRAMS, `${rewrites.length} rewrites say little`);
    for (const rule of ['independent-awaits', 'await-in-loop', 'early-await']) {
      assert.ok(
        rewrites.some(({ by }) => by.startsWith(rule)),
        `no program was rewritten by ${rule}`,
      );
    }
  });

  for (const { name, plant } of BUGS) {
    it(`finds it when ${name}`, async () => {
      const pull = plant();
      try {
        assert.ok(await isFound(), `${PORTION * PORTIONS} programs do not show it`);
      } finally {
        pull();
      }
    });
  }
});
