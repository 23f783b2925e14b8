/** Edits that make the variable behind a name wait, where the name is used as if it held the value throughout. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit, Fix } from '#engine/finding.ts';
import { isScript } from '../names/modules.ts';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isAsync,
  isLogical,
  spoken,
  wrapped,
} from '../shape/syntax.ts';
import { awaitEdits } from './asyncify.ts';

/** What has to be known of the code round a name. */
interface Places {
  readonly calls: { readonly scopes: Pick<Scopes, 'declarationOf'> };
  functionOf(node: ast.Node): FunctionNode | undefined;
  roomForAwait(node: ast.Node): readonly Edit[] | undefined;
  variableOf(name: ast.Identifier): ast.VariableDeclaration | undefined;
}

/** Makes `const user = find(); if (!user) …` wait in its first line, where the name is used as the value throughout. */
export function awaitWhereMade(promise: ast.Expression, places: Places): Fix | undefined {
  const made = ast.isIdentifier(promise) ? places.variableOf(promise) : undefined;
  if (made?.initializer === undefined || made.type !== undefined) return undefined;
  if (!ast.isVariableDeclarationList(made.parent)) return undefined;
  const room = places.roomForAwait(made);
  if (room === undefined || places.functionOf(made) !== places.functionOf(promise))
    return undefined;
  if (!usesOf(made.name.getText(), made.parent.parent.parent).every(isUsedAsValue))
    return undefined;
  return {
    id: 'await-source',
    title: `Add \`await\` where \`${made.name.getText()}\` is made`,
    kind: 'suggested',
    edits: [...room, ...awaitEdits(made.initializer)],
  };
}

/** Says what comes of a promise that is used as if it were its value. */
export function mistaken(promise: ast.Expression, consequence: string): string {
  const verb = ast.isCallExpression(promise) ? 'returns a promise' : 'is a promise';
  return `${spoken(promise, 'This expression')} ${verb}, so ${consequence}.`;
}

/** Makes `if (f())` into `if (await f())`. */
export function awaitWhereUsed(promise: ast.Expression, places: Places): Fix | undefined {
  const room = places.roomForAwait(promise);
  if (room === undefined || isKept(promise, places)) return undefined;
  return {
    id: 'await',
    title: room.length === 0 ? 'Add `await`' : 'Make the function async and `await`',
    kind: 'suggested',
    edits: [...room, ...waiting(promise)],
  };
}

/** Whether a promise goes into something first that may have no room for its value: `while ((line = next())) …`. */
function isKept(promise: ast.Expression, places: Places): boolean {
  let at = wrapped(promise);
  while (isOutcomeOf(at, at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  if (!ast.isBinaryExpression(parent) || !isAssignment(parent) || parent.right !== at) return false;
  if (isScript(parent.getSourceFile().fileName)) return false;
  const { left } = parent;
  const held = ast.isIdentifier(left) ? places.calls.scopes.declarationOf(left) : undefined;
  const isOpen = held !== undefined && ast.isVariableDeclaration(held);
  return !isOpen || (held.type ?? held.initializer) !== undefined;
}

/** Whether a condition or a logical expression may come to what stands last in it. */
function isOutcomeOf(at: ast.Node, parent: ast.Node): parent is ast.Expression {
  if (ast.isConditionalExpression(parent)) return parent.condition !== at;
  return ast.isBinaryExpression(parent) && isLogical(parent) && parent.right === at;
}

/** In an object `{ user }` becomes `{ user: await user }`. */
function waiting(promise: ast.Expression): readonly Edit[] {
  if (!ast.isShorthandPropertyAssignment(promise.parent)) return awaitEdits(promise);
  return [edit.before(promise, `${promise.getText()}: await `)];
}

/**
 * Uses that a value can be put to as well as its promise: conditions, operands, text, members, and what an async function
 * returns.
 */
function isUsedAsValue(use: ast.Identifier): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ast.isVariableDeclaration(parent)) return parent.name === use;
  if (ast.isReturnStatement(parent)) {
    const fn = enclosingFunction(parent);
    return fn !== undefined && isAsync(fn);
  }
  return (
    ast.isPrefixUnaryExpression(parent) ||
    ast.isIfStatement(parent) ||
    ast.isPropertyAccessExpression(parent) ||
    ast.isTemplateSpan(parent) ||
    ast.isSpreadAssignment(parent) ||
    ast.isSwitchStatement(parent) ||
    (ast.isConditionalExpression(parent) && parent.condition === at) ||
    (ast.isBinaryExpression(parent) && (isOperation(parent) || isLogical(parent)))
  );
}

/** Comparisons and arithmetic. */
function isOperation({ operatorToken: { kind } }: ast.BinaryExpression): boolean {
  return (
    (kind >= ast.SyntaxKind.LessThanToken && kind <= ast.SyntaxKind.CaretToken) ||
    kind === ast.SyntaxKind.InKeyword
  );
}
