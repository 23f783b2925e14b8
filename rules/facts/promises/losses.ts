/** Functions that return promises which nobody but their caller could handle. */
import * as ast from '#ast';
import { together } from '#program';
import { usesOf } from '../names/names.ts';
import type { Origins } from '../names/origins.ts';
import { functionGiven, isIgnorant, slotOf } from '../shape/slots.ts';
import {
  collect,
  type FunctionNode,
  isAsync,
  isComma,
  isFunction,
  isFunctionExpression,
  isGenerator,
  isLogical,
  isMethodCall,
  outcomesOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import type { Promiseness } from './promises.ts';

/** What has to be asked of the compiler. */
export interface ReturnTypes {
  functionAt(callee: ast.Expression): FunctionNode | undefined;
  hearsItself(fn: FunctionNode): boolean;
  neverRejects(node: ast.Expression): boolean;
  promiseness(node: ast.Node): Promiseness;
  returnsPromise(node: ast.Expression): Promiseness;
}

/** Whether calling what an expression stands for gives a promise: async functions, and those that return promises. */
export function returnsPromises(node: ast.Expression, types: ReturnTypes): boolean {
  const fn = functionGiven(node);
  if (!isFunctionExpression(fn)) return isPromised(types.returnsPromise(fn));
  return isAsync(fn) || promisesOf(fn, types).length > 0;
}

function isPromised(answer: Promiseness): boolean {
  return answer === 'always' || answer === 'sometimes';
}

/** Whether nobody but its caller could handle the promise that a function gives. */
export function returnsUnhandled(node: ast.Expression, types: ReturnTypes): boolean {
  const at = functionGiven(node);
  if (isFunctionExpression(at)) return isAsync(at) || unhandledResult(at, types) !== undefined;
  const fn = types.functionAt(at);
  if (fn?.body === undefined || isAsync(fn)) return true;
  const results = resultsOf(fn).flatMap(outcomesOf);
  const answers = together(results.map((result) => () => types.promiseness(result)));
  return results.some((result, at) => answers[at] !== 'never' && !types.neverRejects(result));
}

/** Whether an async function that is given handles whatever goes wrong in it. */
export function hearsWithin(node: ast.Expression, types: ReturnTypes): boolean {
  const at = functionGiven(node);
  const fn = isFunctionExpression(at) ? at : types.functionAt(at);
  return fn !== undefined && isAsync(fn) && types.hearsItself(fn);
}

/** The first of the promises that a sync function returns and nobody handles in it. */
export function unhandledResult(fn: FunctionNode, types: ReturnTypes): ast.Expression | undefined {
  return promisesOf(fn, types).find((result) => !types.neverRejects(result));
}

function promisesOf(fn: FunctionNode, types: ReturnTypes): readonly ast.Expression[] {
  const results = resultsOf(fn).flatMap(outcomesOf).filter(mayBePromise);
  const answers = together(results.map((result) => () => types.promiseness(result)));
  return results.filter((_, at) => isPromised(answers[at] ?? 'unknown'));
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

/** Functions that are handed on from one to the next, at most. */
const MOST_HANDS = 4;

/** Whether a function waits for one that it is given, whatever its type says: `await done?.()`, or all that it hands it to do. */
export function awaitsGiven(
  { body, parameters }: FunctionNode,
  index: number,
  types: Pick<ReturnTypes, 'functionAt'>,
  hands = MOST_HANDS,
): boolean {
  const name = parameters[index]?.name;
  if (body === undefined || name === undefined || !ast.isIdentifier(name)) return false;
  const uses = usesOf(name.text, body);
  if (uses.some(isAwaitedCall)) return true;
  if (uses.length === 0 || hands === 0) return false;
  return uses.every((use) => {
    const slot = slotOf(use);
    if (slot?.kind !== 'argument' || !ast.isCallExpression(slot.call)) return false;
    const fn = types.functionAt(slot.call.expression);
    return fn !== undefined && awaitsGiven(fn, slot.index, types, hands - 1);
  });
}

function isAwaitedCall(use: ast.Identifier): boolean {
  const { parent: call } = use;
  if (!ast.isCallExpression(call) || call.expression !== use) return false;
  return ast.isAwaitExpression(wrapped(call).parent);
}

/** Whether a function may return a promise, by the tree alone: what cannot is not worth a question. */
export function mayReturnPromise(node: ast.Expression, origins: Origins): boolean {
  const at = functionGiven(node);
  if (isFunctionExpression(at)) return isCandidate(at);
  if (ast.isIdentifier(at)) {
    // Names of classes, components and constants: what is imported under such a name is no handler.
    const declared = /^[A-Z]/.test(at.text) ? undefined : origins.localOf(at);
    return declared !== undefined && mayDeclarePromise(declared);
  }
  return ast.isPropertyAccessExpression(at) && mayHoldAsync(at, origins);
}

/** Whether a member may be an async function: as its own file tells, or as those think who give it to a timer. */
function mayHoldAsync(at: ast.PropertyAccessExpression, origins: Origins): boolean {
  const { expression, name } = at;
  if (expression.kind === ast.SyntaxKind.ThisKeyword) {
    const owner = classOf(at);
    const member = owner && memberOf(owner, name.text);
    return member === undefined ? isBound(at) : mayDeclarePromise(member);
  }
  const declared = ast.isIdentifier(expression) ? origins.localOf(expression) : undefined;
  if (declared !== undefined && ast.isNamespaceImport(declared)) return /^[a-z]/.test(name.text);
  const owner = declared && madeAs(declared, origins);
  const member = owner && memberOf(owner, name.text);
  if (member !== undefined) return mayDeclarePromise(member);
  return isBound(at) || isIgnorant(wrapped(at).parent);
}

/** Whether a member is followed by `.bind(…)`: it surely is a function, and there are few. */
function isBound(at: ast.Expression): boolean {
  const { parent } = wrapped(at);
  return ast.isPropertyAccessExpression(parent) && isMethodCall(parent.parent, 'bind');
}

/** The object, or the class of the object, that a variable was given. */
function madeAs(declared: ast.Node, origins: Origins): Owner | undefined {
  if (!ast.isVariableDeclaration(declared) || declared.initializer === undefined) return undefined;
  const value = unwrap(declared.initializer);
  if (ast.isObjectLiteralExpression(value)) return value;
  if (!ast.isNewExpression(value) || !ast.isIdentifier(value.expression)) return undefined;
  const made = origins.localOf(value.expression);
  return made !== undefined && ast.isClassDeclaration(made) ? made : undefined;
}

type Owner = ast.ClassDeclaration | ast.ClassExpression | ast.ObjectLiteralExpression;

function mayDeclarePromise(declared: ast.Node): boolean {
  if (isFunction(declared)) return isCandidate(declared);
  if (ast.isParameterDeclaration(declared)) return /Promise/.test(declared.type?.getText() ?? '');
  if (ast.isPropertyAssignment(declared)) return mayValuePromise(declared.initializer);
  if (ast.isVariableDeclaration(declared) || ast.isPropertyDeclaration(declared)) {
    const { initializer } = declared;
    if (initializer === undefined) return /Promise/.test(declared.type?.getText() ?? '');
    return mayValuePromise(initializer);
  }
  return ast.isImportSpecifier(declared) || ast.isImportClause(declared);
}

/** A function that may return a promise, or what a call made. */
function mayValuePromise(initializer: ast.Expression): boolean {
  const value = unwrap(initializer);
  return isFunctionExpression(value) ? isCandidate(value) : ast.isCallExpression(value);
}

/** Whether calling a function may give a promise, by the tree alone. */
export function isCandidate(fn: FunctionNode): boolean {
  if (isGenerator(fn)) return false;
  if (isAsync(fn)) return true;
  if (fn.type !== undefined) return /\bPromise\b/.test(fn.type.getText());
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
  if (isComma(at)) return mayBePromise(at.right);
  return ast.isCallExpression(at) || ast.isNewExpression(at);
}

function classOf(node: ast.Node): ast.ClassDeclaration | ast.ClassExpression | undefined {
  let at: ast.Node | undefined = node;
  while (at !== undefined && !ast.isClassDeclaration(at) && !ast.isClassExpression(at)) {
    at = at.parent;
  }
  return at;
}

function memberOf(owner: Owner, name: string): ast.Node | undefined {
  const isObject = ast.isObjectLiteralExpression(owner);
  const members: readonly ast.Node[] = isObject ? owner.properties : owner.members;
  return members.find((member) => 'name' in member && nameIs(member.name, name));
}

function nameIs(node: unknown, name: string): boolean {
  return typeof node === 'object' && node !== null && 'text' in node && node.text === name;
}
