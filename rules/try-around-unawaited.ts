import * as ast from '#ast';
import { defineRule, edit, type Fix } from '#engine';
import {
  type Attempt,
  asyncEdits,
  attemptsIn,
  awaitEdits,
  type Facts,
  type FunctionNode,
  headOf,
  isMethodCall,
  isPromiseType,
  neverThrows,
  outcomesOf,
  resultsOf,
  spoken,
  unwrap,
} from '#facts';

/**
 * `catch` hears what is thrown while `try` runs. A promise that is started there and handed on rejects later, when the block
 * is long left: the error passes by the code that was written for it.
 *
 * Each of these promises is reported once: by `returned-in-try` what an async function returns, by `floating-promise` what is
 * a statement of its own, and by this rule what a sync function returns, what is kept in a field or a list, and what is left
 * alone with `void`. It speaks only where nothing else in the block can be what the `catch` is for.
 */
export default defineRule({
  id: 'try-around-unawaited',
  family: 'errors',
  severity: 'error',
  preset: 'recommended',
  summary: 'A `catch` is written for a promise that `try` does not wait for.',
  advice:
    'Put `await` before the promise, in an async function, or give it a `.catch(…)` of its own.',
  replaces: ['sonarjs/no-try-promise'],

  visit: {
    TryStatement({ tryBlock, catchClause }, { facts, report }) {
      if (catchClause === undefined || rejects(catchClause)) return;
      for (const attempt of attemptsIn(tryBlock, facts.calls.scopes)) {
        const { promise } = attempt;
        if (facts.promiseness(promise) !== 'always' || facts.neverRejects(promise)) continue;
        if (attempt.how !== 'returned' && !rejectsOnly(promise, facts)) continue;

        report(headOf(promise), {
          message: messageFor(promise),
          fixes: () => [awaitIt(attempt, facts), awaitInAsync(attempt, facts)],
        });
      }
    },
  },
});

/** Whether a `catch` makes a rejection of what was thrown: it is there for what may be thrown at once. */
function rejects({ block }: ast.CatchClause): boolean {
  return block.statements.some((statement) => {
    const isEnd = ast.isReturnStatement(statement) || ast.isExpressionStatement(statement);
    const value = isEnd && statement.expression && unwrap(statement.expression);
    if (!value || !ast.isCallExpression(value)) return false;
    const callee = unwrap(value.expression);
    return (
      isMethodCall(value, 'reject') || (ast.isIdentifier(callee) && /reject/i.test(callee.text))
    );
  });
}

/** Whether what starts a promise never throws by itself: an async function, `fetch`, `import(…)`. */
function rejectsOnly(promise: ast.Expression, facts: Facts): boolean {
  const at = startOf(promise);
  return !ast.isCallExpression(at) || neverThrows(at, facts);
}

/** `f(x)` in `f(x).then(g)`. */
function startOf(promise: ast.Expression): ast.Expression {
  let at = unwrap(promise);
  while (isMethodCall(at, 'then', 'catch', 'finally')) at = unwrap(at.expression.expression);
  return at;
}

function messageFor(promise: ast.Expression): string {
  const isNew = ast.isNewExpression(startOf(promise));
  const subject = isNew ? 'this promise' : spoken(promise, 'this promise');
  return `\`catch\` never sees ${subject} reject, as \`try\` does not wait for it.`;
}

/** Makes `void f();` into `await f();`. */
function awaitIt({ promise, how }: Attempt, facts: Facts): Fix | undefined {
  const room = how === 'void' ? facts.roomForAwait(promise) : undefined;
  const { parent } = promise;
  if (room === undefined || !ast.isVoidExpression(parent)) return undefined;
  return {
    id: 'await',
    title: room.length === 0 ? 'Add `await`' : 'Make the function async and `await`',
    kind: 'suggested',
    edits: [...room, edit.range(parent, parent.getStart(), promise.getStart(), 'await ')],
  };
}

/** Makes a function that returns promises only into an async one that waits for this one. */
function awaitInAsync({ promise, how }: Attempt, facts: Facts): Fix | undefined {
  const fn = facts.functionOf(promise);
  if (fn === undefined || how !== 'returned' || !returnsPromisesOnly(fn, facts)) return undefined;
  return {
    id: 'make-async',
    title: 'Make the function async and `await`',
    kind: 'suggested',
    edits: [...asyncEdits(fn), ...awaitEdits(promise)],
  };
}

function returnsPromisesOnly(fn: FunctionNode, facts: Facts): boolean {
  if (ast.isConstructorDeclaration(fn) || ast.isGetAccessorDeclaration(fn)) return false;
  if (fn.type !== undefined) return isPromiseType(fn.type);
  return resultsOf(fn)
    .flatMap(outcomesOf)
    .every((result) => facts.promiseness(result) === 'always');
}
