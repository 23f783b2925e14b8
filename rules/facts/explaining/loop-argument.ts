/** Why the turns of a loop go one at a time, or need not. */
import { describeEffects } from '../effects/commuting.ts';
import type { Facts } from '../facts.ts';
import { describeNature } from '../loops/loops.ts';
import { describeSize } from '../sizes/bounds.ts';
import type { Loop } from '../sizes/growth.ts';
import { type Point, point } from './points.ts';

/** What is known of a loop that waits. */
export function loopPoints(loop: Loop, facts: Facts): readonly Point[] {
  const nature = facts.loops.natureOf(loop);
  if (nature !== undefined) {
    const why = describeNature(nature);
    return [point(`The loop goes one turn at a time on purpose (${nature}): ${why}.`, loop)];
  }
  const size = describeSize(facts.sizes.iterations(loop), 'turns');
  return [
    orderOf(loop, facts),
    point(`The loop takes ${size}.`),
    ...(facts.isInTest(loop) ? [point('The loop stands in a test, whose order is kept.')] : []),
  ];
}

function orderOf(loop: Loop, facts: Facts): Point {
  const proof = facts.loopProofs.argue(loop);
  if ('why' in proof) return point(`The loop's turns keep their order: ${proof.why}.`, proof.node);
  const does = describeEffects(proof.effects);
  return point(
    `No turn of the loop needs another, so they may overlap: each ${does}.`,
    proof.await,
  );
}
