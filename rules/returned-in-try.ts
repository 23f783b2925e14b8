import * as ast from '#ast';
import { defineRule, type Fix } from '#engine';
import {
  awaitEdits,
  type Facts,
  headOf,
  isAssignment,
  isAsync,
  isComma,
  isGenerator,
  isLogical,
  isStaticCall,
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
  fixes: ['safe', 'suggested'],
  replaces: ['@typescript-eslint/return-await'],
  honours: ['sonarjs/no-try-promise'],
  options: {
    thenables: {
      description: 'Whether objects that have a `then` method but are no promises count too.',
      default: false,
    },
  },

  visit: {
    ReturnStatement(statement, { facts, options, report }) {
      const { expression } = statement;
      const fn = facts.functionOf(statement);
      if (expression === undefined || fn === undefined) return;
      if (!isAsync(fn) || isGenerator(fn)) return;
      const watcher = watcherOf(statement);
      if (watcher === undefined) return;
      const escaping = outcomesOf(expression, facts).filter((one) =>
        escapes(one, watcher, facts, options),
      );

      for (const promise of escaping) {
        report(headOf(promise), {
          message: messageFor(promise, watcher),
          fixes: () => [awaitIt(promise, watcher)],
        });
      }
    },
  },
});

interface Options {
  readonly thenables: boolean;
}

/**
 * The values that a returned expression may have. `p ?? q` stays whole where `p` may be a promise: `(await p) ?? q`
 * would be another question.
 */
function outcomesOf(node: ast.Expression, facts: Facts): readonly ast.Expression[] {
  const at = unwrap(node);
  if (ast.isConditionalExpression(at)) {
    return [...outcomesOf(at.whenTrue, facts), ...outcomesOf(at.whenFalse, facts)];
  }
  if (isComma(at)) return outcomesOf(at.right, facts);
  if (!isLogical(at)) return ast.isBinaryExpression(at) && !isAssignment(at) ? [] : [at];
  if (at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken) {
    return outcomesOf(at.right, facts);
  }
  const left = facts.thenability(at.left);
  return left === 'always' || left === 'sometimes' ? [at] : outcomesOf(at.right, facts);
}

/** Whether a returned value is a promise, or sometimes one, that the watcher waits for in vain. */
function escapes(value: ast.Expression, watcher: Watcher, facts: Facts, options: Options): boolean {
  if (ast.isAwaitExpression(value) || ast.isLiteralExpression(value)) return false;
  // A rejection that is written here passes by `catch` on purpose, and need not be waited for.
  if (isStaticCall(value, 'reject')) return false;
  if (isStaticCall(value, 'resolve')) {
    const [inner] = value.arguments;
    return inner !== undefined && escapes(unwrap(inner), watcher, facts, options);
  }
  if (watcher.kind === 'catch' && facts.handlesRejection(value)) return false;
  if (facts.wasAwaited(value)) return false;
  const answer = options.thenables ? facts.thenability(value) : facts.promiseness(value);
  return answer === 'always' || answer === 'sometimes';
}

function messageFor(promise: ast.Expression, watcher: Watcher): string {
  const subject = subjectOf(promise);
  if (watcher.kind === 'using') {
    return `\`${watcher.node.name.getText()}\` is disposed of before ${subject} has settled.`;
  }
  return watcher.kind === 'catch'
    ? `\`catch\` does not see ${subject} reject.`
    : `\`finally\` runs before ${subject} has settled.`;
}

function subjectOf(promise: ast.Expression): string {
  const name = spoken(promise, '');
  if (name === '' || isStaticCall(promise)) return 'this promise';
  return ast.isCallExpression(promise) ? `the promise of ${name}` : `the promise ${name}`;
}

/** An empty `catch` lets the code after it run, whatever was thrown. */
function goesOnAfter(watcher: Watcher): boolean {
  return watcher.kind === 'catch' && watcher.node.catchClause?.block.statements.length === 0;
}

/** Makes `return f()` into `return await f()`, or that part of it which is a promise. */
function awaitIt(promise: ast.Expression, watcher: Watcher): Fix {
  return {
    id: 'await',
    title: 'Add `await`',
    // An async function resolves to what the returned promise resolves to, awaited or not; only the handlers
    // written round it run when the promise has settled, which is what they were written for. Where the code after an empty
    // `catch` goes on, it would go on after this rejection, too.
    kind: goesOnAfter(watcher) ? 'suggested' : 'safe',
    edits: awaitEdits(promise),
  };
}
