import * as ast from '#ast';
import { defineRule, type Fix, fittingMessage, type Place } from '#engine';
import { brief, deferEdits, type EarlyAwait, headOf, spoken } from '#facts';

/**
 * When the check ends the function, what was waited for is thrown away: the caller waited longer, and somebody answered a
 * request for nothing. Reported is only what is proved: the check needs nothing of it and finds the same either way, and
 * the call does nothing but read. Should the call fail, the check has its say first once the two have changed places.
 */
export default defineRule({
  id: 'early-await',
  family: 'sequential',
  severity: 'warning',
  preset: 'strict',
  summary:
    'An `await` stands above a check that may end the function and does not need its result.',
  advice: 'Move the `await` below the check.',

  visit: {
    AwaitExpression(node, { facts, report }) {
      if (!ast.isVariableDeclaration(wholeOf(node).parent) || facts.isInTest(node)) return;
      const found = facts.earlyAwaits.of(node);
      const [check] = found?.checks ?? [];
      if (found === undefined || check === undefined) return;

      report(placeOf(found), {
        message: messageFor(node, check),
        related: [{ node: check.expression, message: 'What is checked here is known before.' }],
        fixes: () => [moveBelow(found)],
      });
    },
  },
});

/** `await` and whom it calls, on one line. */
function placeOf({ await: { await: node, call } }: EarlyAwait): Place {
  const isLong = call.expression.getText().includes('\n');
  return isLong ? headOf(node) : { from: node, to: call.expression };
}

/** The value of which an await is a part: all of `(await f()).data`. */
function wholeOf(node: ast.Node): ast.Node {
  let at = node;
  while (ast.isParenthesizedExpression(at.parent) || ast.isPropertyAccessExpression(at.parent)) {
    at = at.parent;
  }
  return at;
}

function messageFor({ expression }: ast.AwaitExpression, check: ast.IfStatement): string {
  const who = spoken(expression, 'This call');
  return fittingMessage(
    `${who} is awaited above \`if (${brief(check.expression)})\`, which does without it.`,
    `${who} is awaited above a check that does without it.`,
  );
}

/** Moves the statement below the last check that does not need it. */
function moveBelow({ await: { statement }, checks }: EarlyAwait): Fix | undefined {
  const last = checks.at(-1);
  if (last === undefined) return undefined;
  const title = checks.length === 1 ? 'Move it below the check' : 'Move it below the checks';
  return { id: 'defer', title, kind: 'suggested', edits: deferEdits(statement, last) };
}
