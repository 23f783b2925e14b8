import * as ast from '#ast';
import { type Context, defineRule, edit, type Fix } from '#engine';
import {
  type Assertion,
  asyncEdits,
  awaitEdits,
  type Facts,
  type FunctionNode,
  headOf,
  isAsync,
  isTestCallback,
  spoken,
  statementOf,
  statementsOf,
  unwrap,
  wrapped,
} from '#facts';

/**
 * The assertion gives a promise that nothing waits for. The test ends before there is a verdict and passes whatever it is;
 * in some runners the failure then turns up in another test, or ends the whole run. `void` before it makes no difference.
 *
 * These statements are reported here and not by `floating-promise`, which says the same of all other promises.
 *
 * A promise that is given to an assertion which holds of every promise comes to the same: `expect(load()).toBeTruthy()`.
 */
export default defineRule({
  id: 'unawaited-assertion',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary:
    'A test does not wait for an assertion that settles later, or for the promise that one is given.',
  advice:
    'Put `await` before it, or before the promise in it; or `return` it; or gather several in an awaited `Promise.all`.',
  fixes: ['safe', 'suggested'],
  replaces: [
    'jest/valid-expect',
    'vitest/valid-expect',
    'playwright/missing-playwright-await',
    'testing-library/await-async-utils',
  ],

  visit: {
    ExpressionStatement({ expression }, context) {
      for (const one of droppedIn(expression)) {
        checkVerdict(one, context);
        checkSubject(one, context);
      }
    },
  },
});

/** Reports an assertion of which nobody learns how it ends. */
function checkVerdict(node: ast.Expression, { facts, report }: Context<object>): void {
  const assertion = facts.assertions.of(node);
  if (assertion === undefined || assertion.kind === 'immediate') return;
  const kind = isSafe(node, facts) ? 'safe' : 'suggested';

  report(headOf(node), {
    message: messageFor(assertion),
    fixes: () => [awaitIt(node, kind, facts), awaitInAsync(node, facts)],
  });
}

/** Reports a promise in an assertion that every promise passes. */
function checkSubject(node: ast.Expression, { facts, report }: Context<object>): void {
  const assertion = facts.assertions.ofAnyPromise(node);
  if (assertion === undefined || !facts.isUnnoticedPromise(assertion.given)) return;
  const { given, name } = assertion;

  report(headOf(given), {
    message: `\`${name}\` holds of every promise, so the test passes whatever ${spoken(given)} gives.`,
    fixes: () => [awaitIt(given, 'suggested', facts), awaitInAsync(given, facts)],
  });
}

/** The expressions whose values a statement drops. */
function droppedIn(node: ast.Expression): readonly ast.Expression[] {
  const at = unwrap(node);
  if (ast.isVoidExpression(at)) return droppedIn(at.expression);
  if (ast.isConditionalExpression(at)) {
    return [...droppedIn(at.whenTrue), ...droppedIn(at.whenFalse)];
  }
  if (!ast.isBinaryExpression(at)) return [at];
  const { kind } = at.operatorToken;
  if (kind === ast.SyntaxKind.CommaToken) return [...droppedIn(at.left), ...droppedIn(at.right)];
  return kind === ast.SyntaxKind.AmpersandAmpersandToken ? droppedIn(at.right) : [];
}

function messageFor({ kind, name }: Assertion): string {
  return kind === 'wait'
    ? `Nothing waits for \`${name}\`, so what comes next runs at once.`
    : `Nothing waits for \`${name}\`, so the test passes even if it fails.`;
}

/** Makes `expect(p).resolves.toBe(1);` into `await expect(p).resolves.toBe(1);`. */
function awaitIt(node: ast.Expression, kind: Fix['kind'], facts: Facts): Fix | undefined {
  if (!facts.mayAwait(node)) return undefined;
  return { id: 'await', title: 'Add `await`', kind, edits: waiting(node) };
}

/** Makes `it('…', () => { … })` into `it('…', async () => { … })`, and awaits in it. */
function awaitInAsync(assertion: ast.Expression, facts: Facts): Fix | undefined {
  const fn = facts.functionOf(assertion);
  if (fn === undefined || isAsync(fn) || facts.mayAwait(assertion)) return undefined;
  // A named parameter is the callback that older runners wait for, and they refuse tests that are async as well.
  const takesDone = !isOfTable(fn) && fn.parameters.some(({ name }) => ast.isIdentifier(name));
  const room = isTestCallback(fn) && !takesDone ? asyncEdits(fn) : facts.roomForAwait(assertion);
  if (room === undefined) return undefined;
  return {
    id: 'make-async',
    title: 'Make the function async and `await`',
    kind: 'suggested',
    edits: [...room, ...waiting(assertion)],
  };
}

/** `it.each(rows)('…', (row) => { … })`. */
function isOfTable({ parent }: FunctionNode): boolean {
  return ast.isCallExpression(parent) && /\.each\b/.test(parent.expression.getText());
}

function waiting(assertion: ast.Expression): Fix['edits'] {
  const at = wrapped(assertion);
  if (!ast.isVoidExpression(at.parent)) return awaitEdits(assertion);
  return [edit.range(at, at.parent.getStart(), at.getStart(), 'await ')];
}

/**
 * Whether an assertion is a statement of a test itself, and nothing but assertions follow it there. A runner waits for the
 * promise of an async test, and assertions see the same in either order; other code may be what the assertion waits for.
 */
function isSafe(assertion: ast.Expression, facts: Facts): boolean {
  const fn = facts.functionOf(assertion);
  const statement = statementOf(assertion);
  if (fn === undefined || statement === undefined || !isTestCallback(fn)) return false;
  if (statement.parent !== fn.body) return false;
  const after = statementsOf(statement.parent)?.filter(({ pos }) => pos >= statement.end) ?? [];
  return after.every(isAssertion);
}

function isAssertion(statement: ast.Statement): boolean {
  if (!ast.isExpressionStatement(statement)) return false;
  return /^(?:await\s+)?(?:expect|assert)\b/.test(statement.getText());
}
