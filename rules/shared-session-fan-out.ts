import type * as ast from '#ast';
import { defineRule, type Fix, type Severity } from '#engine';
import { COMBINATORS, inSequenceEdits, isMethodCall, type SharedSession } from '#facts';

/**
 * A transaction, a session, a connection or a page does one thing at a time. Work that is started on it side by side
 * fails, or meets half of what its neighbour did; at best it waits for its turn, so that nothing is won, and when one
 * part fails the rest still runs, on a transaction that is over.
 */
export default defineRule({
  id: 'shared-session-fan-out',
  family: 'fan-out',
  severity: 'error',
  preset: 'recommended',
  summary: 'Branches of one `Promise` combinator share a transaction, session, connection or page.',
  advice: 'Await one after the other, or give each branch a connection or page of its own.',

  callees: COMBINATORS,
  visit: {
    CallExpression(call, { facts, report }) {
      const [list] = call.arguments;
      if (list === undefined || !facts.fanOuts.isCombinator(call)) return;
      const shared = facts.sharing.in(list);
      if (shared === undefined) return;

      report(call.expression, {
        message: messageFor(call, shared),
        severity: severityOf(shared),
        related: shared.uses.map((node) => ({ node, message: `Uses \`${shared.name}\`.` })),
        fixes: () => [inSequence(call)],
      });
    },
  },
});

/** What only waits for its turn is no mistake, and what a library will stop doing is none yet. */
function severityOf({ limit, inTransaction }: SharedSession): Severity {
  if (limit === 'queues') return 'information';
  if (limit === 'deprecated') return 'warning';
  return limit === 'breaks' && !inTransaction ? 'warning' : 'error';
}

function messageFor(call: ast.CallExpression, { name, limit }: SharedSession): string {
  const all = `\`${call.expression.getText()}\``;
  const messages = {
    breaks: `${all} uses \`${name}\` for several things at once, which it cannot do.`,
    refuses: `${all} gives \`${name}\` more while it is busy, which it refuses.`,
    deprecated: `${all} gives \`${name}\` more while it is busy, which \`pg\` deprecates.`,
    queues: `\`${name}\` does one thing at a time: ${all} makes its work no faster.`,
    navigates: `${all} navigates \`${name}\` while another branch uses it.`,
    writes: `${all} writes to \`${name}\` from several branches, in no certain order.`,
  };
  return messages[limit];
}

/** Makes `await Promise.all([f(), g()])` into `await f(); await g();`, and a `map` into a loop. */
function inSequence(call: ast.CallExpression): Fix | undefined {
  const edits = isMethodCall(call, 'all') ? inSequenceEdits(call) : undefined;
  const title = 'Run one after the other';
  return edits && { id: 'sequence', title, kind: 'suggested', edits };
}
