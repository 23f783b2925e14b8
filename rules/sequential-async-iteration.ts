import * as ast from '#ast';
import { defineRule, type Fix, fittingMessage } from '#engine';
import { gatherLoopEdits, headOf, promiseLoop, spoken } from '#facts';

/**
 * The promises are all under way before the loop begins, so waiting for one after the other saves nothing; and while the
 * loop waits for the first, nothing would hear the others reject. Such a rejection is an unhandled one, which ends a Node
 * process. `for await` is for sources that make one value after the other: streams, async generators.
 */
export default defineRule({
  id: 'sequential-async-iteration',
  family: 'sequential',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A loop waits one by one for promises that are all under way already.',
  advice: 'Wait for all of them, then loop: `for (const x of await Promise.all(promises))`.',

  visit: {
    ForOfStatement(loop, { facts, report }) {
      const found = promiseLoop(loop, facts);
      if (found === undefined) return;

      report(headOf(loop.expression), {
        message: messageFor(loop.expression),
        related: found.awaits.map((node) => {
          return { node, message: 'The others are under way meanwhile.' };
        }),
        fixes: () => [waitForAll(loop, found.awaits)],
      });
    },
  },
});

function messageFor(collection: ast.Expression): string {
  const name = ast.isIdentifier(collection) ? ` in ${spoken(collection)}` : '';
  return fittingMessage(
    `Nothing hears the other promises${name} reject while the loop waits for one.`,
    'Nothing hears the other promises reject while the loop waits for one.',
  );
}

/** Makes the loop go through what `Promise.all` gives. */
function waitForAll(
  loop: ast.ForOfStatement,
  awaits: readonly ast.AwaitExpression[],
): Fix | undefined {
  const edits = gatherLoopEdits(loop, awaits);
  const title = 'Wait for all with `Promise.all`, then loop';
  return edits && { id: 'promise-all', title, kind: 'suggested', edits };
}
