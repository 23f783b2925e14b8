import * as ast from '#ast';
import { defineRule, type Fix } from '#engine';
import {
  awaitEdits,
  type Facts,
  headOf,
  isAsync,
  isGenerator,
  isLogical,
  spoken,
  unwrap,
  type Watcher,
  watcherOf,
} from '#facts';

/**
 * `return promise` ends the function at once: `catch` never sees the rejection, `finally` and `using` clean up while the
 * work still goes on. `return await promise` stays inside until the promise has settled.
 */
export default defineRule({
  id: 'returned-in-try',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A promise is returned from `try` or a `using` scope without waiting for it.',
  advice: 'Write `return await …`, so that `catch`, `finally` and `using` wait for the promise.',
  replaces: ['@typescript-eslint/return-await'],

  visit: {
    ReturnStatement(statement, { facts, report }) {
      const { expression } = statement;
      const fn = facts.functionOf(statement);
      if (expression === undefined || fn === undefined) return;
      if (!isAsync(fn) || isGenerator(fn)) return;
      const watcher = watcherOf(statement);
      if (watcher === undefined) return;
      const escaping = outcomesOf(expression, facts).filter((one) => escapes(one, watcher, facts));

      for (const promise of escaping) {
        report(headOf(promise), {
          message: messageFor(promise, watcher),
          fixes: () => [awaitIt(promise)],
        });
      }
    },
  },
});

/**
 * The values that a returned expression may have. `p ?? q` stays whole where `p` may be a promise: `(await p) ?? q`
 * would be another question.
 */
function outcomesOf(node: ast.Expression, facts: Facts): readonly ast.Expression[] {
  const at = unwrap(node);
  if (ast.isConditionalExpression(at)) {
    return [...outcomesOf(at.whenTrue, facts), ...outcomesOf(at.whenFalse, facts)];
  }
  if (!ast.isBinaryExpression(at)) return [at];
  if (at.operatorToken.kind === ast.SyntaxKind.CommaToken) return outcomesOf(at.right, facts);
  if (!isLogical(at)) return [];
  if (at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken) {
    return outcomesOf(at.right, facts);
  }
  const left = facts.thenability(at.left);
  return left === 'always' || left === 'sometimes' ? [at] : outcomesOf(at.right, facts);
}

/** Whether a returned value is a promise, or sometimes one, that the watcher waits for in vain. */
function escapes(value: ast.Expression, { kind }: Watcher, facts: Facts): boolean {
  if (ast.isAwaitExpression(value) || ast.isLiteralExpression(value)) return false;
  if (kind === 'catch' && facts.handlesRejection(value)) return false;
  const thenability = facts.thenability(value);
  return thenability === 'always' || thenability === 'sometimes';
}

function messageFor(promise: ast.Expression, watcher: Watcher): string {
  const name = spoken(promise);
  if (watcher.kind === 'using') {
    return `\`${watcher.node.name.getText()}\` is disposed of before the promise of ${name} has settled.`;
  }
  return watcher.kind === 'catch'
    ? `\`catch\` does not see the promise of ${name} reject.`
    : `\`finally\` runs before the promise of ${name} has settled.`;
}

/** Makes `return f()` into `return await f()`, or that part of it which is a promise. */
function awaitIt(promise: ast.Expression): Fix {
  return {
    id: 'await',
    title: 'Add `await`',
    // An async function resolves to what the returned promise resolves to, awaited or not; only the handlers
    // written round it run when the promise has settled, which is what they were written for.
    kind: 'safe',
    edits: awaitEdits(promise),
  };
}
