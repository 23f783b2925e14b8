/**
 * Awaits that stand side by side in one value: `return { a: await f(), b: await g() };`. Most else in a value only names what
 * is there already; what does more is told apart, and what would wait or leave something out takes the value away from here.
 */
import * as ast from '#ast';
import { combinationOf } from '../promises/combining.ts';
import { collect, isAssignment, statementOf, statementsOf, unwrap } from '../shape/syntax.ts';
import { type AwaitStatement, handlesItself, pauses } from './awaits.ts';
import { bracketed } from './choices.ts';

/** A value with more than one `await` in it. */
export interface ValueAwaits {
  /** In the order of the code. */
  readonly awaits: readonly AwaitStatement[];
  /** Parts that do something else, in between or after: what they do has to be looked into. */
  readonly others: readonly ast.Expression[];
  /** What waits for the call that they are arguments of. */
  readonly last: ast.AwaitExpression | undefined;
}

/** The awaits of the value that an `await` is a part of, where they can be told apart. */
export function awaitsBeside(node: ast.AwaitExpression): ValueAwaits | undefined {
  const statement = isPart(node) ? statementOf(node) : undefined;
  if (statement === undefined || !ast.isStatement(statement)) return undefined;
  const value = valueAwaitsOf(statement);
  return value?.awaits.some((one) => one.await === node) ? value : undefined;
}

/** The awaits of a statement's value, where there are several that can be told apart. */
export function valueAwaitsOf(statement: ast.Statement): ValueAwaits | undefined {
  const root = statementsOf(statement.parent) && valueIn(statement);
  if (root === undefined) return undefined;
  const found: Found = { awaits: [], others: [] };
  if (!collectFrom(root, found)) return undefined;
  const awaits = found.awaits.flatMap((one) => partOf(one, statement) ?? []);
  if (awaits.length < 2 || awaits.length < found.awaits.length) return undefined;
  const at = unwrap(root);
  return { awaits, others: found.others, last: ast.isAwaitExpression(at) ? at : undefined };
}

interface Found {
  readonly awaits: ast.AwaitExpression[];
  readonly others: ast.Expression[];
}

/** Whether an `await` is a part of something larger that may have others: what most are is told without a search. */
function isPart(node: ast.AwaitExpression): boolean {
  const { parent } = bracketed(node);
  return !ast.isVariableDeclaration(parent) && !ast.isStatement(parent) && !isAssignment(parent);
}

/** The value that a statement returns, declares or does something with. */
function valueIn(statement: ast.Statement): ast.Expression | undefined {
  if (ast.isReturnStatement(statement)) return statement.expression;
  if (ast.isExpressionStatement(statement)) {
    const { expression } = statement;
    if (!isAssignment(expression)) return expression;
    const isPlain = expression.operatorToken.kind === ast.SyntaxKind.EqualsToken;
    return isPlain && isNamed(expression.left) ? expression.right : undefined;
  }
  if (!ast.isVariableStatement(statement)) return undefined;
  const { declarations, flags } = statement.declarationList;
  const isUsing = (flags & ast.NodeFlags.Using) !== 0;
  return declarations.length > 1 || isUsing ? undefined : declarations[0]?.initializer;
}

/** Collects the awaits of a statement's value: arguments of what is called last are parts of it. */
function collectFrom(root: ast.Expression, found: Found): boolean {
  const at = unwrap(root);
  const last = ast.isAwaitExpression(at) ? unwrap(at.expression) : at;
  if (!ast.isCallExpression(last) && !ast.isNewExpression(last)) return collectParts(at, found);
  if (ast.isCallExpression(last)) {
    if (last.questionDotToken !== undefined || combinationOf(last) !== undefined) return false;
  }
  return (
    isNamed(last.expression) && (last.arguments ?? []).every((one) => collectParts(one, found))
  );
}

/** Collects the awaits among the parts of a value; not if any part does something else. */
function collectParts(value: ast.Expression, found: Found): boolean {
  const at = unwrap(value);
  const parts = partsOf(at);
  if (parts !== undefined) return parts.every((one) => collectParts(one, found));
  const start = takenFrom(at);
  if (ast.isAwaitExpression(start)) found.awaits.push(start);
  else if (pauses(at)) return false;
  else if (!isStill(at)) found.others.push(at);
  return true;
}

/** The expressions that a literal, a template or a sum is made of. */
function partsOf(at: ast.Expression): readonly ast.Expression[] | undefined {
  if (ast.isSpreadElement(at)) return [at.expression];
  if (ast.isArrayLiteralExpression(at)) return at.elements;
  if (ast.isTemplateExpression(at)) return at.templateSpans.map(({ expression }) => expression);
  if (ast.isBinaryExpression(at))
    return MIXES.has(at.operatorToken.kind) ? [at.left, at.right] : undefined;
  if (!ast.isObjectLiteralExpression(at)) return undefined;
  return at.properties.flatMap((property) => {
    if (ast.isPropertyAssignment(property)) return keyed(property);
    if (ast.isSpreadAssignment(property)) return property.expression;
    return [];
  });
}

function keyed({ name, initializer }: ast.PropertyAssignment): readonly ast.Expression[] {
  return ast.isComputedPropertyName(name) ? [name.expression, initializer] : [initializer];
}

/** Operators that take both sides, whatever the first is. */
const MIXES: ReadonlySet<ast.SyntaxKind> = new Set([
  ast.SyntaxKind.PlusToken,
  ast.SyntaxKind.MinusToken,
  ast.SyntaxKind.AsteriskToken,
  ast.SyntaxKind.SlashToken,
  ast.SyntaxKind.PercentToken,
  ast.SyntaxKind.LessThanToken,
  ast.SyntaxKind.LessThanEqualsToken,
  ast.SyntaxKind.GreaterThanToken,
  ast.SyntaxKind.GreaterThanEqualsToken,
  ast.SyntaxKind.EqualsEqualsToken,
  ast.SyntaxKind.EqualsEqualsEqualsToken,
  ast.SyntaxKind.ExclamationEqualsToken,
  ast.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** What a value is taken from: `await f()` in `(await f()).data`. */
function takenFrom(value: ast.Expression): ast.Expression {
  let at = value;
  while (ast.isPropertyAccessExpression(at) && at.questionDotToken === undefined) {
    at = unwrap(at.expression);
  }
  return at;
}

/** Whether a value only names what is there: nothing is called or set. */
function isStill(value: ast.Expression): boolean {
  return collect(value, doesSomething).length === 0 && !doesSomething(value);
}

function doesSomething(node: ast.Node): node is ast.Node {
  return (
    ast.isCallExpression(node) ||
    ast.isNewExpression(node) ||
    ast.isTaggedTemplateExpression(node) ||
    isAssignment(node) ||
    ast.isPostfixUnaryExpression(node) ||
    ast.isPrefixUnaryExpression(node) ||
    ast.isDeleteExpression(node) ||
    ast.isClassExpression(node)
  );
}

/** Whether whom is called is found by names alone: `save`, `this.users.save`; `users?.save` may call nobody. */
function isNamed(callee: ast.Expression): boolean {
  const at = takenFrom(unwrap(callee));
  return ast.isIdentifier(at) || at.kind === ast.SyntaxKind.ThisKeyword;
}

function partOf(node: ast.AwaitExpression, statement: ast.Statement): AwaitStatement | undefined {
  const call = unwrap(node.expression);
  if (!ast.isCallExpression(call) || handlesItself(call) || pauses(call)) return undefined;
  const choice = { awaits: [node], deciding: [], others: [] };
  const part = { await: node, call, value: node, work: call, choice, calls: [call], path: [] };
  return { kind: 'await', statement, ...part, target: { kind: 'part', key: keyOf(node) } };
}

/** `users` of `{ users: await f() }`. */
function keyOf(node: ast.AwaitExpression): string | undefined {
  const { parent } = bracketed(node);
  if (!ast.isPropertyAssignment(parent) || !ast.isIdentifier(parent.name)) return undefined;
  return parent.name.text;
}
