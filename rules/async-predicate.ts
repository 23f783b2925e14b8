import type * as ast from '#ast';
import { type Context, defineRule, type Fix } from '#engine';
import {
  asyncKeywordOf,
  type Facts,
  filterEdits,
  headOf,
  isAsync,
  isFunctionExpression,
  isMethodCall,
  JUDGES,
  type Judging,
  judgingOf,
  outcomesOf,
  resultsOf,
  unwrap,
  usesAsValue,
} from '#facts';

/**
 * The method wants an answer and gets a promise, which is an object, and objects are true. Nothing is filtered out,
 * everything is found at once, and nothing gets sorted.
 */
export default defineRule({
  id: 'async-predicate',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A callback returns a promise to a method that needs a truth value or an order.',
  advice:
    'Wait for the answers with `await Promise.all(xs.map(…))` first, then filter, find or sort by them.',
  replaces: ['@typescript-eslint/no-misused-promises', 'biome/noMisusedPromises'],

  callees: [...JUDGES, 'reduce', 'reduceRight'],
  visit: {
    CallExpression(call, context) {
      const { facts, report } = context;
      const judging = judgingOf(call, facts.calls, facts.origins);
      if (judging === undefined) return checkReducer(call, context);
      const place = promiseIn(judging.callback, facts);
      if (place === undefined || !(judging.isImported || isOfArray(call, facts))) return;

      report(place, {
        message: messageFor(judging),
        fixes: () => [filterByVerdict(call, facts)],
      });
    },
  },
});

/** Whether a method is one that the language itself gives to arrays, and not something named like it. */
function isOfArray(call: ast.CallExpression, facts: Facts): boolean {
  return isMethodCall(call) && facts.calls.resolved(call.expression)?.module === 'global';
}

/** What shows that a callback gives a promise: its `async`, the call that it returns, or its name. */
function promiseIn(callback: ast.Expression, facts: Facts): ast.Node | undefined {
  const fn = unwrap(callback);
  if (!isFunctionExpression(fn)) {
    return facts.returnsPromise(fn) === 'always' ? headOf(fn) : undefined;
  }
  if (isAsync(fn)) return asyncKeywordOf(fn);
  const promise = resultsOf(fn)
    .flatMap(outcomesOf)
    .find((result) => facts.isUnnoticedPromise(result));
  return promise && headOf(promise);
}

function messageFor({ name, consequence }: Judging): string {
  if (consequence === undefined) {
    return `\`${name}\` cannot order by promises: the order is left to chance.`;
  }
  return `\`${name}\` ${consequence}: the promise of its callback is always true.`;
}

/** `reduce` hands an async callback the promise of the call before, which it has to wait for. */
function checkReducer(
  call: ast.CallExpression,
  { facts, report }: Context<Readonly<Record<never, never>>>,
): void {
  if (!isMethodCall(call, 'reduce', 'reduceRight')) return;
  const [callback] = call.arguments;
  const fn = callback && unwrap(callback);
  if (fn === undefined || !isFunctionExpression(fn) || !isAsync(fn)) return;
  const [sum] = fn.parameters;
  if (sum === undefined || !usesAsValue(sum, fn) || !isOfArray(call, facts)) return;

  report(sum.name, {
    message: `\`${call.expression.name.text}\` passes the promise of the call before, not its value.`,
  });
}

/** Makes `xs.filter(async …)` into a filter by verdicts that were waited for in the line before. */
function filterByVerdict(call: ast.CallExpression, facts: Facts): Fix | undefined {
  if (!isMethodCall(call, 'filter')) return undefined;
  const room = facts.roomForAwait(call);
  const edits = room && filterEdits(call, facts.naming, facts.origins);
  if (!room || !edits) return undefined;
  return {
    id: 'verdicts',
    title: 'Wait for all answers, then filter by them',
    kind: 'suggested',
    edits: [...room, ...edits],
  };
}
