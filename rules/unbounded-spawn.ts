import * as ast from '#ast';
import { defineRule, type Fix, type Report } from '#engine';
import {
  calleeName,
  collect,
  type Facts,
  type FunctionNode,
  isAsync,
  isFunction,
  isFunctionExpression,
  isLoop,
  isMethodCall,
  minds,
  mostOf,
  partsOf,
  rearmEdits,
  type Spawning,
  spoken,
  type TimerLoop,
  timerLoopOf,
  unwrap,
  usesOf,
} from '#facts';

/**
 * Work is started again and again, and nothing ever waits for any of it. As soon as it comes faster than it is done it
 * piles up: sockets, memory and whoever is at the other end give out, and nobody can tell when all is done.
 */
export default defineRule({
  id: 'unbounded-spawn',
  family: 'fan-out',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A loop or a timer starts work again and again and never waits for it.',
  advice:
    'Await what the loop starts, a few at a time; begin the next run of a timer when the last is over.',

  callees: ['forEach', 'setInterval'],
  visit: {
    ExpressionStatement(statement, { facts, report }) {
      const promise = leftAlone(statement.expression);
      const loop = promise && loopAround(statement);
      if (loop === undefined || promise === undefined) return;
      if (waits(loop) || facts.sizes.iterations(loop).kind !== 'input') return;
      if (!isSpawned(promise, facts)) return;
      const spawning: Spawning = { loop, started: statement };
      report(headOf(promise), {
        message: loopMessage(promise, loop.expression),
        fixes: () => [withMapper(spawning, facts), inBatches(spawning, facts)],
      });
    },
    CallExpression(call, { facts, report }) {
      const found = isMethodCall(call, 'forEach')
        ? spawnedForEach(call, facts)
        : calleeName(call) === 'setInterval'
          ? repeated(call, facts)
          : undefined;
      if (found !== undefined) report(found.place, found.report);
    },
  },
});

interface Found {
  readonly place: ast.Node;
  readonly report: Report;
}

type ItemLoop = ast.ForOfStatement | ast.ForInStatement;

/** `f()` of `void f()` and of `f().catch(…)`; a promise that is plainly dropped is `floating-promise`'s matter. */
function leftAlone(expression: ast.Expression): ast.CallExpression | undefined {
  const at = unwrap(expression);
  const promise = ast.isVoidExpression(at) ? unwrap(at.expression) : at;
  if (!ast.isCallExpression(promise)) return undefined;
  return ast.isVoidExpression(at) || isMethodCall(promise, 'catch', 'then', 'finally')
    ? promise
    : undefined;
}

/** The loop that repeats a statement. */
function loopAround(statement: ast.Node): ItemLoop | undefined {
  for (let at = statement.parent; at !== undefined && !isFunction(at); at = at.parent) {
    if (ast.isForOfStatement(at) && at.awaitModifier === undefined) return at;
    if (ast.isForInStatement(at)) return at;
    if (isLoop(at)) return undefined;
  }
  return undefined;
}

/** Loops that wait for something else, or that one start may end. */
function waits(loop: ItemLoop): boolean {
  const { awaits, forAwaits, exits, yields } = partsOf(loop);
  return [awaits, forAwaits, exits, yields].some((some) => some.length > 0);
}

/** Whether an expression starts something outside that goes on by itself, handled but not held back. */
function isSpawned(promise: ast.CallExpression, facts: Facts): boolean {
  if (facts.isInTest(promise) || facts.limiters.isNamedLimiter(sourceOf(promise))) return false;
  if (facts.reachesIo(promise) !== 'yes' || facts.promiseness(promise) !== 'always') return false;
  if (!ast.isVoidExpression(promise.parent) && !facts.handlesRejection(promise)) return false;
  return !isHeldBack(promise, facts);
}

/** Whether a limiter is given the work, or the work asks one for room. */
function isHeldBack(promise: ast.CallExpression, facts: Facts): boolean {
  const call = sourceOf(promise);
  return facts.limiters.isLimiter(call) || facts.limiters.holdsBack(call.expression);
}

/** `f()` of `f().catch(…).finally(…)`. */
function sourceOf(promise: ast.CallExpression): ast.CallExpression {
  let at = promise;
  while (isMethodCall(at, 'then', 'catch', 'finally')) {
    const inner = unwrap(at.expression.expression);
    if (!ast.isCallExpression(inner)) return at;
    at = inner;
  }
  return at;
}

/** The part of the call that is reported: its callee's name. */
function headOf(promise: ast.CallExpression): ast.Node {
  const { expression } = sourceOf(promise);
  return ast.isPropertyAccessExpression(expression) ? expression.name : expression;
}

function loopMessage(promise: ast.CallExpression, items: ast.Expression): string {
  const name = unwrap(items).getText();
  const each = /^[\w.$]{1,24}$/.test(name) ? `each of \`${name}\`` : 'every item';
  return `The loop starts ${spoken(promise)} for ${each} and waits for none of it.`;
}

/** `items.forEach((item) => void f(item))`. */
function spawnedForEach(
  call: ast.CallExpression & { readonly expression: ast.PropertyAccessExpression },
  facts: Facts,
): Found | undefined {
  const [argument] = call.arguments;
  const callback = argument && unwrap(argument);
  if (callback === undefined || !isFunctionExpression(callback) || isAsync(callback))
    return undefined;
  const { body } = callback;
  const [only] = ast.isBlock(body) ? body.statements : [body];
  const started = only && (ast.isExpressionStatement(only) ? only.expression : only);
  const promise = started && ast.isExpression(started) ? leftAlone(started) : undefined;
  if (promise === undefined || (ast.isBlock(body) && body.statements.length > 1)) return undefined;
  const items = call.expression.expression;
  if (facts.sizes.of(items).kind !== 'input' || !isSpawned(promise, facts)) return undefined;
  return { place: headOf(promise), report: { message: loopMessage(promise, items) } };
}

/** Runs that are this far apart, in milliseconds, hardly ever meet. */
const FAR_APART = 60_000;

/** `setInterval(f, ms)` where nothing keeps a run from beginning while the last one is still going. */
function repeated(call: ast.CallExpression, facts: Facts): Found | undefined {
  const loop = timerLoopOf(call);
  if (loop === undefined || !isTimer(call, facts) || facts.isInTest(call)) return undefined;
  const interval = mostOf(facts.sizes.number(loop.interval));
  if (interval !== undefined && interval >= FAR_APART) return undefined;
  const work = workOf(loop, facts);
  const [first, ...called] = work;
  if (first === undefined || work.some(minds) || facts.reachesIo(first) !== 'yes') return undefined;
  const runs = called.length === 0 ? [first] : called;
  if (runs.flatMap((fn) => calledBy(fn, facts)).some(minds)) return undefined;
  if (facts.limiters.holdsBack(loop.callback)) return undefined;
  return {
    place: call.expression,
    report: {
      message: '`setInterval` starts the next run even while the last one is still going.',
      fixes: () => [rearm(call, loop)],
    },
  };
}

function isTimer({ expression }: ast.CallExpression, facts: Facts): boolean {
  const at = unwrap(expression);
  const owner = ast.isPropertyAccessExpression(at) ? at.expression.getText() : '';
  if (owner !== '') return owner === 'window' || owner === 'globalThis';
  const own = ast.isIdentifier(at) ? facts.origins.localOf(at) : undefined;
  return own === undefined || facts.calls.bound(own)?.module === 'timers';
}

/**
 * What one run does, outermost first, where it goes on after the callback has returned and its failures are heard: what
 * nobody hears is told by `dropped-async-callback` and `floating-promise`.
 */
function workOf({ callback }: TimerLoop, facts: Facts): readonly FunctionNode[] {
  const fn = isFunctionExpression(callback) ? callback : facts.functionAt(callback);
  if (fn?.body === undefined) return [];
  if (isAsync(fn)) return facts.hearsItself(fn) ? [fn] : [];
  const { body } = fn;
  const [only] = ast.isBlock(body) ? body.statements : [body];
  if (only === undefined || (ast.isBlock(body) && body.statements.length > 1)) return [];
  const value = ast.isExpressionStatement(only) ? only.expression : only;
  const promise = ast.isExpression(value) ? leftAlone(value) : undefined;
  if (promise === undefined || facts.promiseness(promise) !== 'always') return [];
  if (!ast.isVoidExpression(unwrap(promise).parent) && !facts.handlesRejection(promise)) return [];
  const called = facts.functionAt(sourceOf(promise).expression);
  return called === undefined ? [fn] : [fn, called];
}

/** Functions that a run calls directly: they may look whether another run is still going. */
function calledBy({ body }: FunctionNode, facts: Facts): readonly FunctionNode[] {
  const callees = body === undefined ? [] : collect(body, ast.isCallExpression).map(calleeOf);
  facts.expectFunctionsAt(callees);
  return callees.flatMap((one) => facts.functionAt(one) ?? []);
}

function calleeOf({ expression }: ast.CallExpression): ast.Expression {
  return expression;
}

/** Makes the loop into `await pMap(items, (item) => f(item), { concurrency: 16 });`. */
function withMapper(spawning: Spawning, facts: Facts): Fix | undefined {
  const bounded = facts.mayAwait(spawning.loop) ? facts.loopFixes.withMapper(spawning) : undefined;
  if (bounded === undefined) return undefined;
  const { by, edits } = bounded;
  const title = `Run ${facts.settings.fanOut} at a time with \`${by}\``;
  return { id: 'mapper', title, kind: 'suggested', edits };
}

/** Makes the loop go through batches, each of which is waited for. */
function inBatches(spawning: Spawning, facts: Facts): Fix | undefined {
  const edits = facts.mayAwait(spawning.loop) ? facts.loopFixes.inBatches(spawning) : undefined;
  const title = `Wait, and run in batches of ${facts.settings.fanOut}`;
  return edits && { id: 'batches', title, kind: 'suggested', edits };
}

/** Makes `setInterval(f, ms)` into a `setTimeout` that each run sets again when it is over. */
function rearm(call: ast.CallExpression, loop: TimerLoop): Fix | undefined {
  const name = ['run', 'again', 'repeat'].find((one) => usesOf(one, call).length === 0);
  const edits = name === undefined ? undefined : rearmEdits(call, loop, name);
  const title = 'Start the next run when the last is over';
  return edits && { id: 'rearm', title, kind: 'suggested', edits };
}
