/** `setInterval` with work that may take longer than the interval, and how to begin a run only when the last is over. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import {
  collect,
  type FunctionNode,
  indentOf,
  isAssignment,
  isAsync,
  isFunctionExpression,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';

/** Work that a timer starts again and again. */
export interface TimerLoop {
  /** What the timer calls, as written. */
  readonly callback: ast.Expression;
  readonly interval: ast.Expression;
}

/** The repetition that `setInterval(f, ms)` sets up. */
export function timerLoopOf(call: ast.CallExpression): TimerLoop | undefined {
  const [callback, interval, ...more] = call.arguments;
  if (callback === undefined || interval === undefined || more.length > 0) return undefined;
  return { callback: unwrap(callback), interval };
}

/** Whether a run looks first whether another is still going, or puts an end to the repetition. */
export function minds({ body }: FunctionNode): boolean {
  if (body === undefined || !ast.isBlock(body)) return false;
  const text = body.getText();
  if (/\bclearInterval\(|\bnavigator\.locks\b/.test(text)) return true;
  const set = collect(body, isAssignment, { intoFunctions: true }).map(({ left }) =>
    left.getText(),
  );
  return collect(body, ast.isIfStatement, { intoFunctions: true }).some(({ expression }) => {
    return set.some((name) => /^[\w.$#]+$/.test(name) && expression.getText().includes(name));
  });
}

/** Makes `setInterval(async () => { … }, ms)` into a `setTimeout` that is set again when the run is over. */
export function rearmEdits(
  call: ast.CallExpression,
  { callback, interval }: TimerLoop,
  name: string,
): readonly Edit[] | undefined {
  if (!isFunctionExpression(callback) || callback.parameters.length > 0) return undefined;
  if (!ast.isExpressionStatement(call.parent) || !isSteady(interval)) return undefined;
  if (!ast.isArrowFunction(callback) || collect(callback, isThis).length > 0) return undefined;
  const again = `setTimeout(${name}, ${interval.getText()})`;
  const body = isAsync(callback) ? atTheEnd(callback, again) : afterwards(callback, again);
  if (body === undefined) return undefined;
  const start = callback.getStart();
  const head = `${isAsync(callback) ? 'async ' : ''}function ${name}() `;
  return [
    edit.replace(call.expression, 'setTimeout'),
    edit.range(callback, start, callback.body.getStart(), head),
    ...body,
  ];
}

/** Sets the timer as the last thing of the body, where nothing leaves it earlier. */
function atTheEnd({ body }: ast.ArrowFunction, again: string): readonly Edit[] | undefined {
  const indent = indentOf(body);
  if (!ast.isBlock(body)) {
    const wait = ast.isAwaitExpression(body) ? '' : 'await ';
    return [
      edit.before(body, `{\n${indent}  ${wait}`),
      edit.after(body, `;\n${indent}  ${again};\n${indent}}`),
    ];
  }
  const last = body.statements.at(-1);
  if (last === undefined || collect(body, ast.isReturnStatement).length > 0) return undefined;
  return [edit.after(last, `\n${indentOf(last)}${again};`)];
}

/** Sets the timer when the one promise that the body starts is settled. */
function afterwards({ body }: ast.ArrowFunction, again: string): readonly Edit[] | undefined {
  const settled = `.finally(() => ${again})`;
  if (!ast.isBlock(body)) {
    const promise = ast.isVoidExpression(body) ? unwrap(body.expression) : unwrap(body);
    if (!ast.isCallExpression(promise)) return undefined;
    const indent = indentOf(body);
    return [
      edit.before(body, `{\n${indent}  `),
      edit.after(promise, settled),
      edit.after(body, `;\n${indent}}`),
    ];
  }
  const [only, ...more] = body.statements;
  if (only === undefined || more.length > 0 || !ast.isExpressionStatement(only)) return undefined;
  const value = unwrap(only.expression);
  const promise = ast.isVoidExpression(value) ? unwrap(value.expression) : value;
  return isMethodCall(promise) || ast.isCallExpression(promise)
    ? [edit.after(promise, settled)]
    : undefined;
}

function isThis(node: ast.Node): node is ast.Node {
  return node.kind === ast.SyntaxKind.ThisKeyword;
}

/** An interval that may be read again: nothing in it is called. */
function isSteady(interval: ast.Expression): boolean {
  return collect(interval, ast.isCallExpression).length === 0 && !interval.getText().includes('\n');
}
