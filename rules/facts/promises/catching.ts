/** Edits that let code hear its own rejections, and log them. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { indentLines, indentUnit } from '../shape/indenting.ts';
import { functionGiven } from '../shape/slots.ts';
import { type FunctionNode, indentOf, isAsync, isPostfix } from '../shape/syntax.ts';
import type { Promiseness } from './promises.ts';

/** Puts all of a block into `try`, with a `catch` that logs. */
function tryEdits(block: ast.Block): readonly Edit[] | undefined {
  const [first] = block.statements;
  if (first === undefined || isDirective(first)) return undefined;
  const { text } = block.getSourceFile();
  const start = block.getStart() + 1;
  const end = block.end - 1;
  if (!text.slice(start, end).includes('\n')) {
    return [
      edit.range(block, start, start, ' try {'),
      edit.range(block, end, end, '} catch (error) { console.error(error); } '),
    ];
  }
  const unit = indentUnit(block);
  const indent = `${indentOf(block)}${unit}`;
  const lastLine = text.lastIndexOf('\n', end) + 1;
  if (text.slice(lastLine, end).trim() !== '') return undefined;
  const caught = `${indent}} catch (error) {\n${indent}${unit}console.error(error);\n${indent}}\n`;
  return [
    edit.range(block, start, start, `\n${indent}try {`),
    ...indentLines({ node: block, start, end: lastLine - 1 }, unit),
    edit.range(block, lastLine, lastLine, caught),
  ];
}

/** Puts the body of a function into `try`, or appends `.catch(…)` to the promise that is the body, also behind `await`. */
export function catchInsideEdits(
  fn: FunctionNode,
  types: { promiseness(node: ast.Node): Promiseness },
): readonly Edit[] | undefined {
  const { body } = fn;
  if (body === undefined) return undefined;
  if (ast.isBlock(body)) return isAsync(fn) ? tryEdits(body) : undefined;
  const promise = ast.isAwaitExpression(body) ? body.expression : body;
  if (!isPostfix(promise) || types.promiseness(promise) !== 'always') return undefined;
  return catchEdits(promise);
}

/** Appends a handler that logs to an expression that a method can be called on. */
export function catchEdits(promise: ast.Expression): readonly Edit[] {
  return [edit.after(promise, '.catch((error) => console.error(error))')];
}

/** Makes `f` into `() => f().catch(…)`, and `x.f.bind(x)` into `() => x.f().catch(…)`. */
export function catchCallEdits(callback: ast.Expression): readonly Edit[] {
  const bound = functionGiven(callback);
  const call = isMemberAsItIs(callback, bound)
    ? edit.range(callback, bound.end, callback.end, '()')
    : edit.after(callback, '()');
  return [edit.before(callback, '() => '), call, ...catchEdits(callback)];
}

/** `x.f.bind(x)`, which `() => x.f()` says as well. */
function isMemberAsItIs(given: ast.Expression, bound: ast.Expression): boolean {
  if (!ast.isCallExpression(given) || !ast.isPropertyAccessExpression(bound)) return false;
  const [owner, ...more] = given.arguments;
  return more.length === 0 && owner?.getText() === bound.expression.getText();
}

/** `'use server'` and its like have to come first. */
function isDirective(statement: ast.Statement): boolean {
  return ast.isExpressionStatement(statement) && ast.isStringLiteral(statement.expression);
}
