/** Async functions that never wait: everything in them is done by the time the caller has their promise. */
import * as ast from '#ast';
import {
  collect,
  type FunctionNode,
  hasModifier,
  isAsync,
  isAwaitUsing,
  isGenerator,
  unwrap,
  walk,
} from '../shape/syntax.ts';

/** A function that is written with `async`. */
export type AsyncFunction = Exclude<
  FunctionNode,
  ast.ConstructorDeclaration | ast.GetAccessorDeclaration | ast.SetAccessorDeclaration
>;

/** Whether a function is async, is no generator, and holds no `await` of any kind of its own. */
export function neverWaits(fn: FunctionNode): fn is AsyncFunction {
  if (!isAsync(fn) || isGenerator(fn) || fn.body === undefined) return false;
  let waits = false;
  walk(fn.body, (node) => {
    waits ||= ast.isAwaitExpression(node) || isAwaitingLoop(node) || isAwaitUsing(node);
  });
  return !waits;
}

/** Whether a function within is async: what it waits for may be what the outer one was made async for. */
export function holdsAsync({ body }: AsyncFunction): boolean {
  let found = false;
  if (body === undefined) return false;
  walk(
    body,
    (node) => {
      found ||= hasModifier(node, ast.SyntaxKind.AsyncKeyword);
    },
    { intoFunctions: true },
  );
  return found;
}

/**
 * Whether a function stands for one that is not there: it is empty, it throws whatever happens, or all it gives is a value
 * that is written out, with a word to the log perhaps.
 */
export function isStub({ body }: AsyncFunction): boolean {
  if (body === undefined) return true;
  if (!ast.isBlock(body)) return isWrittenOut(body);
  const last = body.statements.at(-1);
  if (last === undefined) return true;
  const returned = collect(body, ast.isReturnStatement);
  if (ast.isThrowStatement(last)) return returned.length === 0;
  if (!ast.isReturnStatement(last) || returned.length > 1) return false;
  if (last.expression !== undefined && !isWrittenOut(last.expression)) return false;
  return body.statements.every((one) => one === last || ast.isExpressionStatement(one));
}

/** The word `async` of a function. */
export function asyncKeywordOf(fn: AsyncFunction): ast.Node | undefined {
  return fn.modifiers?.find(({ kind }) => kind === ast.SyntaxKind.AsyncKeyword);
}

/** What a function is called in messages: by its name, or by what it is assigned to. */
export function functionName(fn: AsyncFunction): string | undefined {
  const own = ast.isArrowFunction(fn) ? undefined : fn.name;
  const name = own ?? nameOfOwner(fn.parent);
  const text = name?.getText().replace(/['"]/g, '');
  return text !== undefined && /^#?[\w$]+$/.test(text) ? text : undefined;
}

function nameOfOwner(parent: ast.Node): ast.Node | undefined {
  const isOwner =
    ast.isVariableDeclaration(parent) ||
    ast.isPropertyAssignment(parent) ||
    ast.isPropertyDeclaration(parent);
  return isOwner ? parent.name : undefined;
}

function isAwaitingLoop(node: ast.Node): boolean {
  return ast.isForOfStatement(node) && node.awaitModifier !== undefined;
}

/** `'text'`, `1`, `true`, `null`, `undefined`, `[]`, `{}`, and lists and objects of these. */
function isWrittenOut(value: ast.Expression): boolean {
  const at = unwrap(value);
  if (ast.isLiteralExpression(at) || ast.isVoidExpression(at)) return true;
  if (ast.isIdentifier(at)) return at.text === 'undefined';
  if (ast.isPrefixUnaryExpression(at)) return isWrittenOut(at.operand);
  if (ast.isArrayLiteralExpression(at)) return at.elements.every(isWrittenOut);
  if (ast.isObjectLiteralExpression(at)) {
    return at.properties.every(
      (one) => ast.isPropertyAssignment(one) && isWrittenOut(one.initializer),
    );
  }
  return (
    at.kind === ast.SyntaxKind.TrueKeyword ||
    at.kind === ast.SyntaxKind.FalseKeyword ||
    at.kind === ast.SyntaxKind.NullKeyword
  );
}
