/** Functions that return promises which nobody but their caller could handle. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import {
  collect,
  type FunctionNode,
  isAsync,
  isFunction,
  isFunctionExpression,
  isGenerator,
  isLogical,
  unwrap,
} from '../shape/syntax.ts';
import { isPromiseType } from './asyncify.ts';
import type { Promiseness } from './promises.ts';

/** What has to be asked of the compiler. */
interface Types {
  neverRejects(node: ast.Expression): boolean;
  promiseness(node: ast.Node): Promiseness;
  returnsPromise(node: ast.Expression): Promiseness;
}

/** Whether calling what an expression stands for gives a promise: async functions, and those that return promises. */
export function returnsPromises(node: ast.Expression, types: Types): boolean {
  const fn = unwrap(node);
  if (!isFunctionExpression(fn)) return types.returnsPromise(fn) === 'always';
  return isAsync(fn) || promisesOf(fn, types).length > 0;
}

/** Whether nobody but its caller could handle the promise that a function gives. */
export function returnsUnhandled(node: ast.Expression, types: Types): boolean {
  const fn = unwrap(node);
  return !isFunctionExpression(fn) || isAsync(fn) || unhandledResult(fn, types) !== undefined;
}

/** The first of the promises that a sync function returns and nobody handles in it. */
export function unhandledResult(fn: FunctionNode, types: Types): ast.Expression | undefined {
  return promisesOf(fn, types).find((result) => !types.neverRejects(result));
}

function promisesOf(fn: FunctionNode, types: Types): readonly ast.Expression[] {
  return resultsOf(fn).filter((result) => {
    const promiseness = mayBePromise(result) ? types.promiseness(result) : 'never';
    return promiseness === 'always' || promiseness === 'sometimes';
  });
}

/** Whether a function written in place waits for something, or returns what it started. */
export function waits(fn: FunctionNode): boolean {
  if (fn.body === undefined || !ast.isBlock(fn.body)) return true;
  const isWait = (node: ast.Node): node is ast.Node =>
    ast.isAwaitExpression(node) ||
    (ast.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (ast.isReturnStatement(node) && node.expression !== undefined);
  return collect(fn.body, isWait).length > 0;
}

/** Whether a function may return a promise, by the tree alone: what cannot is not worth a question. */
export function mayReturnPromise(node: ast.Expression, origins: Origins): boolean {
  const at = unwrap(node);
  if (isFunctionExpression(at)) return isCandidate(at);
  if (ast.isIdentifier(at)) {
    // Names of classes, components and constants: what is imported under such a name is no handler.
    const declared = /^[A-Z]/.test(at.text) ? undefined : origins.localOf(at);
    return declared !== undefined && mayDeclarePromise(declared);
  }
  if (!ast.isPropertyAccessExpression(at)) return false;
  if (at.expression.kind !== ast.SyntaxKind.ThisKeyword) return false;
  const member = memberOf(at, at.name.text);
  return member !== undefined && mayDeclarePromise(member);
}

function mayDeclarePromise(declared: ast.Node): boolean {
  if (isFunction(declared)) return isCandidate(declared);
  if (ast.isParameterDeclaration(declared)) return /Promise/.test(declared.type?.getText() ?? '');
  if (ast.isVariableDeclaration(declared) || ast.isPropertyDeclaration(declared)) {
    const { initializer } = declared;
    if (initializer === undefined) return /Promise/.test(declared.type?.getText() ?? '');
    const value = unwrap(initializer);
    return isFunctionExpression(value) ? isCandidate(value) : ast.isCallExpression(value);
  }
  return ast.isImportSpecifier(declared) || ast.isImportClause(declared);
}

function isCandidate(fn: FunctionNode): boolean {
  if (isGenerator(fn)) return false;
  if (isAsync(fn)) return true;
  if (fn.type !== undefined) return isPromiseType(fn.type);
  return resultsOf(fn).some(mayBePromise);
}

/** The values that a function may return. */
export function resultsOf({ body }: FunctionNode): readonly ast.Expression[] {
  if (body === undefined) return [];
  if (!ast.isBlock(body)) return [unwrap(body)];
  const returns = collect(body, ast.isReturnStatement);
  return returns.flatMap(({ expression }) =>
    expression === undefined ? [] : [unwrap(expression)],
  );
}

function mayBePromise(node: ast.Expression): boolean {
  const at = unwrap(node);
  if (ast.isConditionalExpression(at))
    return mayBePromise(at.whenTrue) || mayBePromise(at.whenFalse);
  if (isLogical(at)) return mayBePromise(at.left) || mayBePromise(at.right);
  return ast.isCallExpression(at) || ast.isNewExpression(at);
}

function memberOf(node: ast.Node, name: string): ast.Node | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (!ast.isClassDeclaration(at) && !ast.isClassExpression(at)) continue;
    return at.members.find((member) => 'name' in member && nameIs(member.name, name));
  }
  return undefined;
}

function nameIs(node: unknown, name: string): boolean {
  return typeof node === 'object' && node !== null && 'text' in node && node.text === name;
}
