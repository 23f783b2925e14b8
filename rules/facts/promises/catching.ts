/** Edits that let code hear its own rejections, and log them. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit, Fix } from '#engine/finding.ts';
import { indentLines, indentUnit } from '../shape/indenting.ts';
import { functionGiven } from '../shape/slots.ts';
import { type FunctionNode, indentOf, isAsync, isMethodCall, isPostfix } from '../shape/syntax.ts';
import { type Aftermath, handlerLines } from './aftermath.ts';
import type { Promiseness } from './promises.ts';
import { rejectorAt, rejectorOfCallback } from './settling.ts';

/** Puts all of a block into `try`, with a `catch` of the given lines. */
function tryEdits(block: ast.Block, lines: readonly string[]): readonly Edit[] | undefined {
  const [first] = block.statements;
  if (first === undefined || isDirective(first)) return undefined;
  const { text } = block.getSourceFile();
  const start = block.getStart() + 1;
  const end = block.end - 1;
  if (!text.slice(start, end).includes('\n')) {
    return [
      edit.range(block, start, start, ' try {'),
      edit.range(block, end, end, `} catch (error) { ${lines.join(' ')} } `),
    ];
  }
  const unit = indentUnit(block);
  const indent = `${indentOf(block)}${unit}`;
  const lastLine = text.lastIndexOf('\n', end) + 1;
  if (text.slice(lastLine, end).trim() !== '') return undefined;
  const caught = lines.map((line) => `${indent}${unit}${line}\n`).join('');
  return [
    edit.range(block, start, start, `\n${indent}try {`),
    ...indentLines({ node: block, start, end: lastLine - 1 }, unit),
    edit.range(block, lastLine, lastLine, `${indent}} catch (error) {\n${caught}${indent}}\n`),
  ];
}

/** What has to be known of promises, and of what runs when they fail. */
interface Judge {
  promiseness(node: ast.Node): Promiseness;
  aftermathAt(node: ast.Node): Aftermath;
  isInTest(node: ast.Node): boolean;
}

const INSIDE = {
  'go-on': 'Log what goes wrong inside',
  fail: 'Log what goes wrong inside, and exit with 1',
  leave: 'Log what goes wrong inside, and end the process',
} as const;

const BEHIND = {
  'go-on': 'Let it run, and log when it fails',
  fail: 'Let it run, log when it fails, and exit with 1',
  leave: 'Let it run, log when it fails, and end the process',
} as const;

/** Puts the body into `try` with a `catch` that logs, or appends `.catch(…)` to the promise that is the body. */
export function caughtInside(fn: FunctionNode, judge: Judge): Fix | undefined {
  const rejected = rejectedInside(fn, judge);
  if (rejected !== undefined) return rejected;
  const aftermath = judge.aftermathAt(fn.body ?? fn);
  const edits = catchInsideEdits(fn, judge, aftermath);
  return edits && { id: 'catch', title: INSIDE[aftermath], kind: 'suggested', edits };
}

/** Lets the promise reject that a callback settles: `new Promise((resolve, reject) => on('end', async () => resolve(await f())))`. */
function rejectedInside(fn: FunctionNode, judge: Judge): Fix | undefined {
  const found = rejectorOfCallback(fn);
  const { body } = fn;
  if (found === undefined || body === undefined) return undefined;
  const { name, edits } = found;
  const inside = ast.isBlock(body)
    ? isAsync(fn) && tryEdits(body, [`${name}(error);`])
    : isPostfix(body) && judge.promiseness(body) === 'always' && appended(body, name);
  if (inside === false || inside === undefined) return undefined;
  return {
    id: 'catch',
    title: `Pass what goes wrong inside to \`${name}\``,
    kind: 'suggested',
    edits: [...edits, ...inside],
  };
}

/** Makes `f();` into `f().catch((error) => console.error(error));`, and lets a script that failed tell so. */
export function caughtFix(promise: ast.Expression, judge: Judge): Fix | undefined {
  // A test that only logs a failure passes.
  if (judge.isInTest(promise)) return undefined;
  if (judge.promiseness(promise) !== 'always' || !isPostfix(promise)) return undefined;
  const aftermath = judge.aftermathAt(promise);
  const edits = catchEdits(promise, aftermath);
  return { id: 'catch', title: BEHIND[aftermath], kind: 'suggested', edits };
}

/** Makes `f();` into `f().catch(reject);` where an executor has it for its promise. */
export function rejectedFix(promise: ast.Expression, judge: Judge): Fix | undefined {
  const found = isPostfix(promise) ? rejectorAt(promise) : undefined;
  if (found === undefined || judge.promiseness(promise) !== 'always') return undefined;
  const { name, edits } = found;
  return {
    id: 'reject',
    title: `Let it run, and \`${name}\` when it fails`,
    kind: 'suggested',
    edits: [...edits, ...appended(promise, name)],
  };
}

/** Puts the body of a function into `try`, or appends `.catch(…)` to the promise that is the body, also behind `await`. */
function catchInsideEdits(
  fn: FunctionNode,
  judge: Judge,
  aftermath: Aftermath,
): readonly Edit[] | undefined {
  const { body } = fn;
  if (body === undefined) return undefined;
  if (ast.isBlock(body)) return isAsync(fn) ? tryEdits(body, handlerLines(aftermath)) : undefined;
  const promise = ast.isAwaitExpression(body) ? body.expression : body;
  if (!isPostfix(promise) || judge.promiseness(promise) !== 'always') return undefined;
  return catchEdits(promise, aftermath);
}

/** Appends a handler that logs to an expression that a method can be called on. */
export function catchEdits(promise: ast.Expression, aftermath: Aftermath): readonly Edit[] {
  const [only = '', ...more] = handlerLines(aftermath);
  if (more.length === 0) return appended(promise, `(error) => ${only.replace(/;$/, '')}`);
  const indent = lineOfLink(promise) ?? indentAt(promise.getSourceFile().text, promise.end);
  const unit = indent.startsWith('\t') ? '\t' : '  ';
  const body = [only, ...more].map((line) => `\n${indent}${unit}${line}`).join('');
  return appended(promise, `(error) => {${body}\n${indent}}`);
}

/** Puts `.catch(…)` after an expression, on a line of its own if the last link is; a `.catch()` that is there gets the handler. */
function appended(promise: ast.Expression, handler: string): readonly Edit[] {
  if (isMethodCall(promise, 'catch') && promise.arguments.length === 0) {
    return [edit.range(promise, promise.end - 1, promise.end - 1, handler)];
  }
  const indent = lineOfLink(promise);
  const link = `.catch(${handler})`;
  return [edit.after(promise, indent === undefined ? link : `\n${indent}${link}`)];
}

/** The indentation of the last link of a chain that has a line to itself: `.then(…)`. */
function lineOfLink(promise: ast.Expression): string | undefined {
  if (!isMethodCall(promise)) return undefined;
  const { text } = promise.getSourceFile();
  const from = promise.expression.expression.end;
  return /^[ \t]*\r?\n([ \t]*)\??\./.exec(text.slice(from, promise.end))?.[1];
}

/** The indentation of the line that an offset is in. */
function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}

/** Makes `f` into `() => f().catch(…)`, and `x.f.bind(x, a)` into `() => x.f(a).catch(…)`. */
export function catchCallEdits(callback: ast.Expression): readonly Edit[] {
  const bound = functionGiven(callback);
  const given = argumentsBound(callback, bound);
  const [first] = given ?? [];
  const calls = first === undefined ? '()' : '(';
  const from = given === undefined ? callback.end : bound.end;
  const call = edit.range(callback, from, first?.getStart() ?? callback.end, calls);
  return [edit.before(callback, '() => '), call, ...catchEdits(callback, 'go-on')];
}

/** What `x.f.bind(x, …)` is given for arguments, which `() => x.f(…)` says as well. */
function argumentsBound(
  given: ast.Expression,
  bound: ast.Expression,
): readonly ast.Expression[] | undefined {
  if (!ast.isCallExpression(given) || !ast.isPropertyAccessExpression(bound)) return undefined;
  const [owner, ...more] = given.arguments;
  return owner?.getText() === bound.expression.getText() ? more : undefined;
}

/** `'use server'` and its like have to come first. */
function isDirective(statement: ast.Statement): boolean {
  return ast.isExpressionStatement(statement) && ast.isStringLiteral(statement.expression);
}
