/** Promises that are there to run beside the code after them: to wait for them first would hold that up, perhaps for good. */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { isDeclarative } from '../shape/contexts.ts';
import {
  collect,
  enclosingFunction,
  isFunction,
  isFunctionExpression,
  isMethodCall,
  statementsOf,
  unwrap,
} from '../shape/syntax.ts';
import { isLoop } from '../sizes/growth.ts';

/** What moves the clock of a test, by the names of Jest and Vitest, and by those of other clocks. */
const MOVES = /^(?:advanceTimers\w+|run(?:AllTimers|OnlyPendingTimers)(?:Async)?)$/;
const TICKS = /^(?:tick|runAll|runToLast|next)(?:Async)?$/;

/** What has to be known of names. */
interface Names {
  readonly calls: { readonly scopes: Pick<Scopes, 'declarationOf'> };
}

/**
 * Whether the code after a promise goes on with what it stands for: a function called on the spot, a branch of a promise
 * that is used again, what is written into a stream that is read from later, which is all that lets it be written, what
 * waits for a clock that stands still until the code after it moves it.
 */
export function runsBeside(promise: ast.Expression, names: Names): boolean {
  if (after(promise, ast.isCallExpression).some(movesClock)) return true;
  const root = rootOf(promise);
  if (!ast.isCallExpression(root)) return root !== unwrap(promise) && isUsedAfter(root, promise);
  if (isFunctionExpression(unwrap(root.expression))) return hasCodeAfter(promise);
  const sink = sinkOf(root, names);
  return sink !== undefined && isRead(sink.expression, promise);
}

/** `vi.advanceTimersByTime(10)`, `clock.tick(10)`, `mock.timers.runAll()`. */
function movesClock(call: ast.CallExpression): boolean {
  if (!isMethodCall(call)) return false;
  const { expression: receiver, name } = call.expression;
  return (
    MOVES.test(name.text) || (TICKS.test(name.text) && /clock|timers/i.test(receiver.getText()))
  );
}

/** `load` in `load.then(…).finally(…)`. */
function rootOf(promise: ast.Expression): ast.Expression {
  const at = unwrap(promise);
  return isMethodCall(at, 'then', 'catch', 'finally') ? rootOf(at.expression.expression) : at;
}

/** Whether the same promise is meant again in the rest of a function. */
function isUsedAfter(held: ast.Expression, promise: ast.Expression): boolean {
  if (!ast.isIdentifier(held) && !ast.isPropertyAccessExpression(held)) return false;
  const words = held.getText();
  return after(promise, ast.isExpression).some((node) => node.getText() === words);
}

/** Whether a function goes on after a promise; a script may as well wait for each of its parts. */
function hasCodeAfter(promise: ast.Expression): boolean {
  if (enclosingFunction(promise) === undefined) return false;
  for (let at: ast.Node = promise; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (isFunction(parent)) return false;
    if (isLoop(parent)) return true;
    const after = statementsOf(parent)?.filter(({ pos }) => pos >= at.end) ?? [];
    if (!after.every(isDeclarative)) return true;
  }
  return false;
}

/** `pipe.writable` in `source.pipeTo(pipe.writable)`, and in `writer.write(…)` where that is its writer. */
function sinkOf(call: ast.CallExpression, names: Names): ast.PropertyAccessExpression | undefined {
  const [target] = call.arguments;
  if (isMethodCall(call, 'pipeTo') && target !== undefined) return writableAt(target);
  if (!isMethodCall(call, 'write', 'close')) return undefined;
  const writer = unwrap(call.expression.expression);
  const made = ast.isIdentifier(writer) ? names.calls.scopes.declarationOf(writer) : undefined;
  const value = made && ast.isVariableDeclaration(made) ? made.initializer : undefined;
  const source = value && unwrap(value);
  if (source === undefined || !isMethodCall(source, 'getWriter')) return undefined;
  return writableAt(source.expression.expression);
}

function writableAt(node: ast.Expression): ast.PropertyAccessExpression | undefined {
  const at = unwrap(node);
  return ast.isPropertyAccessExpression(at) && at.name.text === 'writable' ? at : undefined;
}

/** Whether what comes out of a pair of streams is used in the rest of a function. */
function isRead(pair: ast.Expression, promise: ast.Expression): boolean {
  const words = pair.getText();
  return after(promise, ast.isPropertyAccessExpression).some(
    ({ name, expression }) => name.text === 'readable' && expression.getText() === words,
  );
}

/** The nodes of a kind in the rest of a function. */
function after<T extends ast.Node>(
  promise: ast.Expression,
  is: (node: ast.Node) => node is T,
): readonly T[] {
  const within = enclosingFunction(promise) ?? promise.getSourceFile();
  return collect(within, is, { intoFunctions: true }).filter(({ pos }) => pos >= promise.end);
}
