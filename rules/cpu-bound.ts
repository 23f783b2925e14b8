import type * as ast from '#ast';
import { type Context, defineRule } from '#engine';
import { brief, type Facts, handlerOf, nestedLoopsAt, spokenCall, turnOf } from '#facts';

/**
 * JavaScript computes on one thread. While this is computed no other request is answered and no promise goes on, and making
 * it async changes nothing: only another thread does.
 */
export default defineRule({
  id: 'cpu-bound',
  family: 'blocking',
  severity: 'information',
  preset: 'strict',
  summary:
    'A long computation holds up the request handler or async function it is in, and all others.',
  advice:
    'Hand the work to a pool of worker threads, such as `piscina` or `tinypool`, or do it in pieces.',
  fixes: [],

  visit: {
    CallExpression: (call, context) => judge(call, context),
    NewExpression: (call, context) => judge(call, context),
    ForOfStatement(loop, { facts, report }) {
      const nested = nestedLoopsAt(loop, { sizes: facts.sizes, scopes: facts.calls.scopes });
      if (nested === undefined || !isHandled(loop, facts)) return;

      const names = [nested.outer, nested.inner].map(({ expression }) => brief(expression));
      const isSame = names[0] === names[1];
      report(loop.expression, {
        message: isSame
          ? `This goes through \`${names[0]}\` once for each of its own items, in one go.`
          : `This goes through \`${names[1]}\` once for each of \`${names[0]}\`, in one go.`,
      });
    },
  },
});

function judge(
  call: ast.CallExpression | ast.NewExpression,
  { facts, report }: Context<object>,
): void {
  if (!facts.standstills.isCandidate(call)) return;
  const handler = handlerOf(call);
  if (handler === undefined && turnOf(call) === undefined) return;
  const found = facts.standstills.computingAt(call);
  if (found === undefined || !isWaitedFor(call, facts)) return;
  // What blocks an async function is `blocking-call`'s to say.
  if (found.until !== undefined && handler === undefined) return;

  const called = spokenCall(call, found.name);
  report(found.name, {
    message:
      found.until === undefined
        ? `\`${called}\` ${found.does} while nothing else runs.`
        : `\`${called}\` holds up every other request until ${found.until}.`,
  });
}

/** Whether a loop is one of a handler, or others wait. Of an async handler that only loops nobody else tells. */
function isHandled(loop: ast.ForOfStatement, facts: Facts): boolean {
  if (handlerOf(loop) !== undefined && facts.natures.of(loop) === undefined) return true;
  return isWaitedFor(loop, facts);
}

/** Whether others wait: in an async function that does more than to compute, or in one that answers requests. */
function isWaitedFor(node: ast.Node, facts: Facts): boolean {
  const turn = turnOf(node);
  if (turn === undefined && handlerOf(node) === undefined) return false;
  if (facts.natures.of(node) !== undefined) return false;
  // An async function that only computes is told of as a whole, by `fake-async`.
  return turn === undefined || !facts.isAsyncInNameOnly(turn.fn);
}
