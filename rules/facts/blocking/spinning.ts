/**
 * Loops that wait without letting anything else run. A loop spins when all that it does is to look: at the clock, or at
 * a value that only other code could change. Anything else in it counts as work.
 */
import * as ast from '#ast';
import type { Calls } from '../names/calls.ts';
import { isAssignment, isMethodCall, unwrap, walk } from '../shape/syntax.ts';

/** A loop with a condition that is asked again and again. */
export type Loop = ast.WhileStatement | ast.DoStatement | ast.ForStatement;

/** What a loop that does nothing waits for. */
export interface Spin {
  readonly loop: Loop;
  /** `clock`: for time to pass. `probe`: for a file, or for memory that threads share. `flag`: for a variable. */
  readonly watches: 'clock' | 'probe' | 'flag';
  /** Whether nothing at all stands in the loop's body. */
  readonly isEmpty: boolean;
}

/** Clocks in milliseconds, by module and name. */
const MILLISECONDS = new Set([
  'global#Date.now',
  'global#performance.now',
  'perf_hooks#performance.now',
]);

/** Other clocks. */
const CLOCKS = new Set([
  'global#process.hrtime',
  'global#process.hrtime.bigint',
  'global#process.uptime',
  'process#hrtime',
  'process#hrtime.bigint',
  'process#uptime',
]);

/** What looks at something that others may change meanwhile. */
const PROBES = new Set(['fs#existsSync', 'global#Atomics.load', 'global#Atomics.compareExchange']);

/** What computes and has no effect. */
const PURE = /^global#(Math\.\w+|Number|BigInt|Boolean|String)$/;

/** What a loop waits for, if it does nothing else. */
export function spinOf(loop: Loop, calls: Calls): Spin | undefined {
  const { statement } = loop;
  const condition = conditionOf(loop);
  const isEmpty = isNothing(statement);
  const exits = [...(condition ? [condition] : []), ...exitsIn(statement)];
  if (exits.length === 0) return undefined;
  const parts = [...(condition ? [condition] : []), ...headOf(loop), statement];
  const clocks = parts.flatMap((part) => clocksIn(part, calls));
  if (clocks.length > 0 && exits.some((exit) => tellsTime(exit, clocks))) {
    return parts.every((part) => isIdle(part, calls))
      ? { loop, watches: 'clock', isEmpty }
      : undefined;
  }
  if (!isEmpty || condition === undefined || headOf(loop).length > 0) return undefined;
  const watches = watchedBy(condition, calls);
  return watches && { loop, watches, isEmpty };
}

/** Whether an expression reads a clock that counts milliseconds. */
export function isMillisecondClock(node: ast.Expression, calls: Calls): boolean {
  const at = unwrap(node);
  return (
    ast.isCallExpression(at) && at.arguments.length === 0 && MILLISECONDS.has(keyOf(at, calls))
  );
}

function conditionOf(loop: Loop): ast.Expression | undefined {
  return ast.isForStatement(loop) ? loop.condition : loop.expression;
}

/** What else a `for` loop does. */
function headOf(loop: Loop): readonly ast.Node[] {
  if (!ast.isForStatement(loop)) return [];
  return [loop.initializer, loop.incrementor].filter((part) => part !== undefined);
}

function isNothing(statement: ast.Statement): boolean {
  if (ast.isEmptyStatement(statement) || ast.isContinueStatement(statement)) return true;
  return ast.isBlock(statement) && statement.statements.every(isNothing);
}

/** The conditions under which a loop's body leaves the loop. */
function exitsIn(statement: ast.Statement): readonly ast.Expression[] {
  const found: ast.Expression[] = [];
  walk(statement, (node) => {
    if (!ast.isIfStatement(node)) return;
    const text = node.thenStatement.getText();
    if (/\b(break|return)\b/.test(text)) found.push(node.expression);
  });
  return found;
}

function clocksIn(part: ast.Node, calls: Calls): readonly ast.Node[] {
  const found: ast.Node[] = [];
  walk(part, (node) => void (isClock(node, calls) && found.push(node)));
  return found;
}

/** `Date.now()`, `performance.now()`, `process.hrtime()`, `new Date()`. */
function isClock(node: ast.Node, calls: Calls): boolean {
  if (ast.isNewExpression(node)) {
    const isNow = (node.arguments?.length ?? 0) === 0;
    return isNow && ast.isIdentifier(node.expression) && node.expression.text === 'Date';
  }
  if (!ast.isCallExpression(node)) return false;
  const key = keyOf(node, calls);
  return MILLISECONDS.has(key) || CLOCKS.has(key);
}

/** Whether a condition reads a clock, or a variable that the loop sets by one. */
function tellsTime(exit: ast.Expression, clocks: readonly ast.Node[]): boolean {
  const names = clocks.flatMap((clock) => variableOf(clock) ?? []);
  let tells = false;
  walk(exit, (node) => {
    if (clocks.includes(node)) tells = true;
    if (ast.isIdentifier(node) && names.includes(node.text)) tells = true;
  });
  return tells;
}

/** `now` in `now = Date.now()` and in `const passed = Date.now() - start`. */
function variableOf(clock: ast.Node): string | undefined {
  for (let at = clock; at.parent !== undefined && !ast.isStatement(at); at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent) && ast.isIdentifier(parent.left)) return parent.left.text;
    if (ast.isVariableDeclaration(parent)) return parent.name.getText();
  }
  return undefined;
}

/** Whether running code only looks, computes, counts, and keeps what the clock said. */
function isIdle(part: ast.Node, calls: Calls): boolean {
  let idle = true;
  walk(part, (node) => {
    if (ast.isCallExpression(node)) idle &&= isQuiet(node, calls);
    else if (ast.isNewExpression(node)) idle &&= node.expression.getText() === 'Date';
    else if (isAssignment(node)) idle &&= clocksIn(node.right, calls).length > 0;
    else idle &&= !isWork(node);
  });
  return idle;
}

function isQuiet(call: ast.CallExpression, calls: Calls): boolean {
  if (isMethodCall(call, 'getTime', 'valueOf') && call.arguments.length === 0) {
    return isClock(unwrap(call.expression.expression), calls);
  }
  return isClock(call, calls) || PURE.test(keyOf(call, calls));
}

function isWork(node: ast.Node): boolean {
  return (
    ast.isAwaitExpression(node) ||
    ast.isYieldExpression(node) ||
    ast.isTaggedTemplateExpression(node) ||
    ast.isDeleteExpression(node) ||
    ast.isThrowStatement(node) ||
    ast.isForOfStatement(node) ||
    ast.isForInStatement(node) ||
    ast.isTryStatement(node)
  );
}

/** What an empty loop watches: nothing that it could change by looking. */
function watchedBy(condition: ast.Expression, calls: Calls): 'probe' | 'flag' | undefined {
  let names = 0;
  let probes = 0;
  let pure = true;
  walk(condition, (node) => {
    if (ast.isCallExpression(node)) {
      if (PROBES.has(keyOf(node, calls))) probes++;
      else pure = false;
    } else if (isAssignment(node) || isStep(node) || isWork(node) || ast.isNewExpression(node)) {
      pure = false;
    } else if (ast.isIdentifier(node)) names++;
  });
  if (!pure || names === 0) return undefined;
  return probes > 0 ? 'probe' : 'flag';
}

function isStep(node: ast.Node): boolean {
  if (ast.isPostfixUnaryExpression(node)) return true;
  if (!ast.isPrefixUnaryExpression(node)) return false;
  const { operator } = node;
  return operator === ast.SyntaxKind.PlusPlusToken || operator === ast.SyntaxKind.MinusMinusToken;
}

function keyOf(call: ast.CallExpression, calls: Calls): string {
  const origin = calls.origin(call.expression);
  return origin === undefined ? '' : `${origin.module}#${origin.name}`;
}
