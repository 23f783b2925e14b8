import * as ast from '#ast';
import { type Context, defineRule, edit, type Fix } from '#engine';
import {
  asyncEdits,
  awaitEdits,
  caughtFix,
  type Facts,
  gatheredEdits,
  isAssignment,
  isCalledBack,
  isComma,
  isFunctionExpression,
  isLogical,
  isMethodCall,
  isNegation,
  isNeverPromise,
  isStatementExpression,
  rejectedFix,
  rejectionHandler,
  runsBeside,
  spoken,
  unwrap,
} from '#facts';

/**
 * Nothing waits for this promise and nothing hears its rejection. The code after it runs before the work is done,
 * and in Node an unheard rejection ends the process.
 */
export default defineRule({
  id: 'floating-promise',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A promise is started and then nothing waits for it or handles its rejection.',
  advice:
    'Put `await` before it; or `return` it; or, for work that may go on by itself, handle its rejection with `.catch(…)`.',
  replaces: [
    '@typescript-eslint/no-floating-promises',
    'no-floating-promises',
    'biome/noFloatingPromises',
  ],
  honours: [
    'promise/catch-or-return',
    'jest/valid-expect-in-promise',
    'vitest/valid-expect-in-promise',
    'playwright/missing-playwright-await',
    'testing-library/await-async-events',
    'testing-library/await-async-queries',
    'testing-library/await-async-utils',
    'sonarjs/no-try-promise',
  ],
  options: {
    void: {
      description: 'Whether `void promise` counts as handled.',
      default: 'allow',
      values: ['allow', 'report'],
    },
    thenables: {
      description:
        'Whether objects that have a `then` method but are no promises count too; most query builders start nothing until then.',
      default: false,
    },
    iife: {
      description:
        'Whether an async function that is called on the spot counts as handled: never, if it catches what it waits for, or always.',
      default: 'caught',
      values: ['report', 'caught', 'allow'],
    },
    arrays: {
      description: 'Whether arrays of promises are reported.',
      default: true,
    },
    safeCalls: {
      description:
        'Functions whose promise may be left alone, beside `settings.safeCalls`: `module#name`, or a bare name of your own.',
      default: [],
    },
    safePromises: {
      description:
        'Types whose promises may be left alone, and all that extends them: `module#Name`, or a bare name of your own.',
      default: [],
    },
  },

  visit: {
    ExpressionStatement: ({ expression }, context) => check(expression, context),
    ArrowFunction: ({ body }, context) => ast.isExpression(body) && checkVoid(body, context),
    ReturnStatement: ({ expression }, context) => expression && checkVoid(expression, context),
  },
});

/** Checks `void f()` where a function returns it. */
function checkVoid(expression: ast.Expression, context: Context<Options>): void {
  if (context.options.void !== 'report' || !ast.isVoidExpression(unwrap(expression))) return;
  check(expression, context);
}

function check(expression: ast.Expression, { facts, options, report }: Context<Options>): void {
  const floating = floatingIn(expression, facts, options);
  if (floating === undefined || isSafe(floating, facts, options)) return;
  // `unawaited-assertion` speaks of these, and knows what they mean.
  if (facts.assertions.of(floating) !== undefined) return;

  const isQuiet = facts.promiseness(floating) !== 'never' && facts.neverRejects(floating);
  report(floating, {
    message: isQuiet ? `${waitless(floating)}.` : messageFor(floating, facts),
    fixes: () => fixesFor(floating, isQuiet, facts),
  });
}

/** What hears itself was meant to run by itself, and so was what runs beside the code after it. */
function fixesFor(node: ast.Expression, isQuiet: boolean, facts: Facts): (Fix | undefined)[] {
  const left = voidIt(node, facts);
  const alone = isQuiet ? [left] : [rejectedFix(node, facts), caughtFix(node, facts), left];
  if (runsBeside(node, facts)) return alone;
  const inAsync = [awaitInAsync(node, facts), returnIt(node, facts)];
  const more = isQuiet ? [...alone, ...inAsync] : [...inAsync, ...alone];
  return [awaitIt(node, facts), ...more];
}

interface Options {
  readonly void: string;
  readonly thenables: boolean;
  readonly iife: string;
  readonly arrays: boolean;
  readonly safeCalls: readonly string[];
  readonly safePromises: readonly string[];
}

/** The promise that a statement's expression drops, if there is one. */
function floatingIn(
  node: ast.Expression,
  facts: Facts,
  options: Options,
): ast.Expression | undefined {
  const at = unwrap(node);
  if (isNeverPromise(at) || isAssignment(at)) return undefined;
  if (isComma(at) || isLogical(at)) {
    return floatingIn(at.left, facts, options) ?? floatingIn(at.right, facts, options);
  }
  if (ast.isConditionalExpression(at)) {
    return floatingIn(at.whenTrue, facts, options) ?? floatingIn(at.whenFalse, facts, options);
  }
  if (isNegation(at)) return floatingIn(at.operand, facts, options);
  if (ast.isVoidExpression(at)) {
    return options.void === 'report' ? floatingIn(at.expression, facts, options) : undefined;
  }
  if (ast.isAwaitExpression(at)) return awaitedArray(at, facts, options);
  if (!isUnhandled(at, facts, options)) return undefined;
  return at;
}

/** `await` of an array waits for none of the promises in it. */
function awaitedArray(
  node: ast.AwaitExpression,
  facts: Facts,
  options: Options,
): ast.Expression | undefined {
  const operand = unwrap(node.expression);
  if (!ast.isArrayLiteralExpression(operand) && !ast.isIdentifier(operand)) return undefined;
  return options.arrays && facts.mayHoldPromises(operand, options) ? node : undefined;
}

function isUnhandled(node: ast.Expression, facts: Facts, options: Options): boolean {
  if (isMethodCall(node, 'finally') && facts.promiseness(node.expression.expression) === 'always') {
    return isUnhandled(unwrap(node.expression.expression), facts, options);
  }
  if (ast.isAwaitExpression(node)) return false;
  const answer = options.thenables ? facts.thenability(node) : facts.promiseness(node);
  if (answer === 'always' || answer === 'sometimes') {
    return !facts.handlesRejection(node) && !facts.givesOwner(node);
  }
  return options.arrays && facts.mayHoldPromises(node, options);
}

/** Promises that nobody has to wait for, by contract or by the user's word. */
function isSafe(node: ast.Expression, facts: Facts, options: Options): boolean {
  if (options.iife !== 'report' && isSafeStart(node, facts, options)) return true;
  if (isCalledBack(node, facts)) return true;
  const { safety } = facts;
  return (
    isOverAtOnce(node, facts) ||
    safety.isSafeCall(node, options.safeCalls) ||
    safety.isSafePromise(node, options.safePromises)
  );
}

/** Whether a promise is but that of a callback, and the callback is not known to give one. */
function isOverAtOnce(node: ast.Expression, facts: Facts): boolean {
  const callback = facts.safety.runsAtOnce(node);
  const answer = callback && facts.returnsPromise(callback);
  return answer === 'never' || answer === 'unknown';
}

/** `(async () => { … })()`, also with `.finally(…)` after it: the start of work that nobody means to wait for. */
function isSafeStart(node: ast.Expression, facts: Facts, options: Options): boolean {
  const at = unwrap(node);
  if (isMethodCall(at, 'finally', 'then')) {
    return options.iife === 'allow' && isSafeStart(at.expression.expression, facts, options);
  }
  const fn = ast.isCallExpression(at) ? unwrap(at.expression) : at;
  if (!ast.isCallExpression(at) || !isFunctionExpression(fn)) return false;
  return options.iife === 'allow' || facts.hearsItself(fn);
}

function messageFor(node: ast.Expression, facts: Facts): string {
  if (ast.isAwaitExpression(node)) return 'Awaiting an array does not wait for the promises in it.';
  if (isMany(node, facts)) {
    return `Nothing waits for the promises in the array that ${nameOf(node)} returns.`;
  }
  const handler = rejectionHandler(node);
  const isNamed = handler !== undefined && !isFunctionExpression(unwrap(handler));
  if (isNamed && facts.mayBeCallable(handler)) {
    return `${waitless(node)}, or hears it reject without ${spoken(handler)}.`;
  }
  if (facts.promiseness(node) === 'never') {
    return `Nothing waits for what ${nameOf(node)} returns, or hears it fail.`;
  }
  return `${waitless(node)}, or hears it reject.`;
}

function waitless(node: ast.Expression): string {
  return `Nothing waits for the promise that ${nameOf(node)} returns`;
}

/** Whether what floats is an array, and the promises are in it. */
function isMany(node: ast.Expression, facts: Facts): boolean {
  return facts.mayHoldPromises(node, { thenables: true });
}

function nameOf(node: ast.Expression): string {
  if (!ast.isCallExpression(node)) return 'this expression';
  const callee = unwrap(node.expression);
  if (ast.isIdentifier(callee)) return `\`${callee.text}\``;
  if (isMethodCall(node, 'then', 'catch', 'finally'))
    return nameOf(unwrap(node.expression.expression));
  if (!ast.isPropertyAccessExpression(callee)) return 'this call';
  const isPromise = callee.expression.getText() === 'Promise';
  return isPromise ? `\`Promise.${callee.name.text}\`` : `\`${callee.name.text}\``;
}

/** Makes `f();` into `await f();`, and an array into `await Promise.all(…)`. */
function awaitIt(node: ast.Expression, facts: Facts): Fix | undefined {
  if (!facts.mayAwait(node)) return undefined;
  return { id: 'await', title: 'Add `await`', kind: 'suggested', edits: waiting(node, facts) };
}

function waiting(node: ast.Expression, facts: Facts): Fix['edits'] {
  if (ast.isAwaitExpression(node)) {
    return gatheredEdits(node.expression, facts.mayBeMissing(node.expression));
  }
  if (isMany(node, facts)) return gatheredEdits(node, facts.mayBeMissing(node), 'await ');
  const { parent } = node;
  const isOperand = ast.isVoidExpression(parent) || isNegation(parent);
  if (!isOperand || !isStatementExpression(parent)) return awaitEdits(node);
  return [edit.range(parent, parent.getStart(), node.getStart(), 'await ')];
}

/** Makes the function round `f();` async and awaits in it. */
function awaitInAsync(node: ast.Expression, facts: Facts): Fix | undefined {
  if (facts.mayAwait(node)) return undefined;
  const fn = facts.functionOf(node);
  if (fn === undefined || !facts.mayBecomeAsync(fn)) return undefined;
  return {
    id: 'make-async',
    title: 'Make the function async and `await`',
    kind: 'suggested',
    edits: [...asyncEdits(fn), ...waiting(node, facts)],
  };
}

/** Makes a last `f();` into `return f();`, where the function has no other value to return. */
function returnIt(node: ast.Expression, facts: Facts): Fix | undefined {
  const fn = facts.functionOf(node);
  if (fn?.body === undefined || !ast.isBlock(fn.body) || facts.mayAwait(node)) return undefined;
  if (fn.type !== undefined || !facts.mayBecomeAsync(fn)) return undefined;
  if (fn.body.statements.length > 1 || facts.promiseness(node) === 'never') return undefined;
  const { parent } = node;
  if (!ast.isExpressionStatement(parent) || fn.body.statements[0] !== parent) return undefined;
  return {
    id: 'return',
    title: 'Return the promise',
    kind: 'suggested',
    edits: [edit.before(node, 'return ')],
  };
}

/** Makes `f();` into `void f();`: said to be on purpose. */
function voidIt(node: ast.Expression, facts: Facts): Fix | undefined {
  if (ast.isAwaitExpression(node) || isMany(node, facts)) return undefined;
  if (!ast.isExpressionStatement(node.parent)) return undefined;
  return {
    id: 'void',
    title: 'Mark as left alone on purpose with `void`',
    kind: 'suggested',
    edits: [edit.before(node, 'void ')],
  };
}
