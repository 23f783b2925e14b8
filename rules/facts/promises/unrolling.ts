/** Edits that make `xs.forEach(async (x) => { … })` wait: one at a time in a loop, or all at once. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isAssignedIn, namesOf } from '../names/names.ts';
import { outdentLines } from '../shape/indenting.ts';
import {
  collect,
  indentOf,
  isAsync,
  isFunctionExpression,
  isGenerator,
  type MethodCall,
  unwrap,
} from '../shape/syntax.ts';
import { awaitEdits } from './asyncify.ts';

/** What `for…of` can go through as `forEach` does. */
export type Collection = 'array' | 'set' | 'map';

type Callback = ast.ArrowFunction | ast.FunctionExpression;

/** The statement that a call is all of, awaited or not. */
export function statementOfCall(call: ast.CallExpression): ast.ExpressionStatement | undefined {
  const at = ast.isAwaitExpression(call.parent) ? call.parent : call;
  return ast.isExpressionStatement(at.parent) ? at.parent : undefined;
}

/** Makes `xs.forEach(async (x) => { … });` into `for (const x of xs) { … }`, body untouched. */
export function loopEdits(
  call: MethodCall,
  kind: Collection,
  statement: ast.Statement | undefined = statementOfCall(call),
): readonly Edit[] | undefined {
  const [argument, ...more] = call.arguments;
  const callback = argument && unwrap(argument);
  if (statement === undefined || callback === undefined || more.length > 0) return undefined;
  if (!isFunctionExpression(callback) || !isMovable(callback)) return undefined;
  const head = headOfLoop(call, callback, kind);
  const body = bodyEdits(callback, indentOf(statement));
  if (head === undefined || body === undefined) return undefined;
  const receiver = call.expression.expression;
  const { text } = statement.getSourceFile();
  const between = [
    text.slice(receiver.end, callback.body.getStart()),
    text.slice(callback.body.end, statement.end),
  ];
  if (between.some((part) => /\/[/*]/.test(part))) return undefined;
  return [
    edit.range(statement, statement.getStart(), receiver.getStart(), head.before),
    edit.range(statement, receiver.end, callback.body.getStart(), head.after),
    ...body,
    ...shiftedTo(indentOf(statement), callback.body),
    edit.range(statement, callback.body.end, statement.end, ''),
  ];
}

/** Makes `xs.forEach(f);` into `await Promise.all(xs.map(f));`. */
export function gatherAllEdits(call: MethodCall): readonly Edit[] {
  const { expression } = call;
  const wait = ast.isAwaitExpression(call.parent) ? '' : 'await ';
  const rest = isOptional(expression) ? ' ?? [])' : ')';
  return [
    edit.before(call, `${wait}Promise.all(`),
    edit.replace(expression.name, 'map'),
    edit.after(call, rest),
  ];
}

/** A callback whose body means the same in a loop: no `this`, no `arguments`, no `var`, no value returned. */
function isMovable(callback: Callback): boolean {
  if (isGenerator(callback) || callback.parameters.some((one) => one.dotDotDotToken)) return false;
  if (callback.parameters.some((one) => one.initializer)) return false;
  const isOwn = ast.isFunctionExpression(callback);
  const hinders = (node: ast.Node): node is ast.Node =>
    (isOwn && node.kind === ast.SyntaxKind.ThisKeyword) ||
    (isOwn && ast.isIdentifier(node) && node.text === 'arguments') ||
    (ast.isVariableDeclarationList(node) && (node.flags & ast.NodeFlags.BlockScoped) === 0);
  return collect(callback.body, hinders, { intoFunctions: isOwn }).length === 0;
}

/** What stands before and after the receiver in the loop's head: `for (const [i, x] of` and `.entries())`. */
function headOfLoop(
  call: MethodCall,
  callback: Callback,
  kind: Collection,
): { readonly before: string; readonly after: string } | undefined {
  const [first, second, ...more] = callback.parameters.map(({ name }) => name);
  if (first === undefined || more.length > 0) return undefined;
  const names = [...namesOf(first), ...(second === undefined ? [] : namesOf(second))];
  const receiver = call.expression.expression;
  const mentioned = collect(receiver, ast.isIdentifier, { intoFunctions: true });
  if (mentioned.some(({ text }) => names.includes(text))) return undefined;
  const isMap = kind === 'map';
  const mayMiss = isOptional(call.expression);
  if (isMap && mayMiss) return undefined;
  const word = names.some((name) => isAssignedIn(name, callback.body)) ? 'let' : 'const';
  const isPair = second !== undefined;
  const binding = isPair ? `[${second.getText()}, ${first.getText()}]` : first.getText();
  const method = isMap === isPair ? '' : isMap ? '.values()' : '.entries()';
  const isNested = mayMiss && method !== '';
  return {
    before: `for (${word} ${binding} of ${isNested ? '(' : ''}`,
    after: `${mayMiss ? ' ?? []' : ''}${isNested ? ')' : ''}${method}) `,
  };
}

/** A body that stood further to the right, for its call did, moves to where the loop is. */
function shiftedTo(indent: string, body: ast.Node): readonly Edit[] {
  const wanted = ast.isBlock(body) ? indent : `${indent}  `;
  const own = indentOf(body);
  if (!own.startsWith(wanted)) return [];
  const stretch = { node: body, start: body.getStart(), end: body.end };
  return outdentLines(stretch, own.slice(wanted.length));
}

/** `return;` goes on with the next item; an expression, and a call that is returned last, becomes a statement that waits. */
function bodyEdits(callback: Callback, indent: string): readonly Edit[] | undefined {
  const { body } = callback;
  if (!ast.isBlock(body)) {
    return [
      edit.before(body, `{\n${indent}  `),
      ...(ast.isAwaitExpression(body) ? [] : awaitEdits(body)),
      edit.after(body, `;\n${indent}}`),
    ];
  }
  const last = isAsync(callback) ? undefined : callReturnedLast(body);
  const returns = collect(body, ast.isReturnStatement);
  const others = returns.filter((one) => one !== last);
  if (others.some((one) => one.expression !== undefined || isNested(one, body))) return undefined;
  return returns.map((one) => {
    const start = one.getStart();
    return edit.range(one, start, start + 'return'.length, one === last ? 'await' : 'continue');
  });
}

/** `return save(x);` at the end of a body. */
function callReturnedLast({ statements }: ast.Block): ast.ReturnStatement | undefined {
  const last = statements.at(-1);
  if (last === undefined || !ast.isReturnStatement(last)) return undefined;
  return last.expression && ast.isCallExpression(last.expression) ? last : undefined;
}

const LOOPS = new Set([
  ast.SyntaxKind.DoStatement,
  ast.SyntaxKind.ForInStatement,
  ast.SyntaxKind.ForOfStatement,
  ast.SyntaxKind.ForStatement,
  ast.SyntaxKind.SwitchStatement,
  ast.SyntaxKind.WhileStatement,
]);

/** Whether `continue` at a node would go on with another loop, or looks as if it might. */
function isNested(node: ast.Node, body: ast.Block): boolean {
  for (let at = node.parent; at !== body; at = at.parent) {
    if (LOOPS.has(at.kind)) return true;
  }
  return false;
}

/** `a?.b.forEach`: nothing happens where there is no `a`. */
export function isOptional(node: ast.Expression): boolean {
  if (ast.isNonNullExpression(node)) return isOptional(node.expression);
  const isLink =
    ast.isPropertyAccessExpression(node) ||
    ast.isElementAccessExpression(node) ||
    ast.isCallExpression(node);
  return isLink && (node.questionDotToken !== undefined || isOptional(node.expression));
}
