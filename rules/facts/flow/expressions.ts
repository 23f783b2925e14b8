/** The order in which the parts of an expression run, and where it may go one way or another. */
import * as ast from '#ast';
import { isAssignment, isFunction, isInOptionalChain, isLogical } from '../shape/syntax.ts';
import type { Loose, Wiring } from './wiring.ts';

/** Goes through an expression, or a pattern that takes values apart. */
export function evaluate(node: ast.Node, wiring: Wiring): void {
  if (isChained(node) && !isLink(node)) evaluateChain(node, wiring);
  else evaluatePlain(node, wiring);
}

/** Goes through a condition; gives the ways on which it holds and those on which it does not. */
export function condition(
  node: ast.Expression,
  wiring: Wiring,
): { readonly yes: Loose[]; readonly no: Loose[] } {
  if (ast.isParenthesizedExpression(node)) return condition(node.expression, wiring);
  if (node.kind === ast.SyntaxKind.TrueKeyword) return { yes: wiring.loose, no: [] };
  if (node.kind === ast.SyntaxKind.FalseKeyword) return { yes: [], no: wiring.loose };
  if (ast.isPrefixUnaryExpression(node) && node.operator === ast.SyntaxKind.ExclamationToken) {
    const { yes, no } = condition(node.operand, wiring);
    return { yes: no, no: yes };
  }
  if (isLogical(node) && !isNullish(node)) {
    const isAnd = node.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken;
    const left = condition(node.left, wiring);
    wiring.loose = isAnd ? left.yes : left.no;
    const right = condition(node.right, wiring);
    return isAnd
      ? { yes: right.yes, no: [...left.no, ...right.no] }
      : { yes: [...left.yes, ...right.yes], no: right.no };
  }
  evaluate(node, wiring);
  return wiring.branch(node);
}

function evaluatePlain(node: ast.Node, wiring: Wiring): void {
  if (ast.isTypeNode(node)) return;
  if (isFunction(node) || ast.isClassExpression(node)) {
    wiring.step('evaluate', node);
    return;
  }
  if (ast.isConditionalExpression(node)) evaluateConditional(node, wiring);
  else if (isLogical(node)) evaluateLogical(node, wiring);
  else if (isAssignment(node)) assign(node, wiring);
  else if (ast.isVariableDeclaration(node)) declare(node, wiring);
  else if (ast.isBindingElement(node)) bind(node, wiring);
  else {
    evaluateParts(node, wiring);
    finish(node, wiring);
  }
}

function evaluateParts(node: ast.Node, wiring: Wiring): void {
  node.forEachChild((child) => {
    evaluate(child, wiring);
    if (isCutShortAfter(node, child)) cutShort(child, wiring);
    return undefined;
  });
}

/** The step of an expression that does something, once all its parts are there. */
function finish(node: ast.Node, wiring: Wiring): void {
  switch (node.kind) {
    case ast.SyntaxKind.AwaitExpression:
    case ast.SyntaxKind.CallExpression:
    case ast.SyntaxKind.NewExpression:
    case ast.SyntaxKind.TaggedTemplateExpression:
      wiring.fails(wiring.step('evaluate', node));
      return;
    case ast.SyntaxKind.YieldExpression: {
      const step = wiring.step('evaluate', node);
      wiring.fails(step);
      wiring.alsoLeaves(step, 'closed', wiring.returned);
    }
  }
}

function evaluateConditional(node: ast.ConditionalExpression, wiring: Wiring): void {
  const { yes, no } = condition(node.condition, wiring);
  wiring.loose = yes;
  evaluate(node.whenTrue, wiring);
  const after = wiring.loose;
  wiring.loose = no;
  evaluate(node.whenFalse, wiring);
  wiring.loose = [...after, ...wiring.loose];
}

function evaluateLogical(node: ast.BinaryExpression, wiring: Wiring): void {
  const isAnd = node.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken;
  const { yes, no } = isNullish(node)
    ? evaluatedBranch(node.left, wiring)
    : condition(node.left, wiring);
  wiring.loose = isAnd ? yes : no;
  evaluate(node.right, wiring);
  wiring.loose = [...(isAnd ? no : yes), ...wiring.loose];
}

function evaluatedBranch(
  node: ast.Expression,
  wiring: Wiring,
): { readonly yes: Loose[]; readonly no: Loose[] } {
  evaluate(node, wiring);
  return wiring.branch(node);
}

function isNullish({ operatorToken }: ast.BinaryExpression): boolean {
  return operatorToken.kind === ast.SyntaxKind.QuestionQuestionToken;
}

/** `x = …`, `x.y = …`, `[x] = …`, and `x ??= …`, which may leave all as it was. */
function assign(node: ast.BinaryExpression, wiring: Wiring): void {
  const { left, right, operatorToken } = node;
  const isPattern = ast.isArrayLiteralExpression(left) || ast.isObjectLiteralExpression(left);
  if (!isPattern && !ast.isIdentifier(left)) evaluateParts(left, wiring);
  const { kind } = operatorToken;
  const isAnd = kind === ast.SyntaxKind.AmpersandAmpersandEqualsToken;
  const isMaybe =
    isAnd ||
    kind === ast.SyntaxKind.BarBarEqualsToken ||
    kind === ast.SyntaxKind.QuestionQuestionEqualsToken;
  const { yes, no } = isMaybe ? wiring.branch(left) : { yes: wiring.loose, no: wiring.loose };
  if (isMaybe) wiring.loose = isAnd ? yes : no;
  evaluate(right, wiring);
  if (isPattern) evaluateParts(left, wiring);
  wiring.step('evaluate', node);
  if (isMaybe) wiring.loose = [...wiring.loose, ...(isAnd ? no : yes)];
}

function declare(node: ast.VariableDeclaration, wiring: Wiring): void {
  if (node.initializer !== undefined) evaluate(node.initializer, wiring);
  evaluate(node.name, wiring);
  wiring.step('evaluate', node);
}

/** A default is evaluated where there is nothing. */
function bind(node: ast.BindingElement, wiring: Wiring): void {
  if (node.propertyName !== undefined) evaluate(node.propertyName, wiring);
  if (node.initializer !== undefined) {
    const { yes, no } = wiring.branch(node);
    wiring.loose = no;
    evaluate(node.initializer, wiring);
    wiring.loose = [...yes, ...wiring.loose];
  }
  if (node.name !== undefined) evaluate(node.name, wiring);
}

type Chained =
  | ast.CallExpression
  | ast.ElementAccessExpression
  | ast.NonNullExpression
  | ast.PropertyAccessExpression;

function isChained(node: ast.Node): node is Chained {
  return isInOptionalChain(node);
}

/** Whether a part of an optional chain is not its last. */
function isLink(node: Chained): boolean {
  const { parent } = node;
  return isChained(parent) && parent.expression === node;
}

/** `a?.b(c).d`: where there is no `a`, nothing of the rest runs. */
function evaluateChain(node: Chained, wiring: Wiring): void {
  const cut: Loose[] = [];
  wiring.chains.push(cut);
  evaluatePlain(node, wiring);
  wiring.chains.pop();
  wiring.loose = [...wiring.loose, ...cut];
}

function isCutShortAfter(node: ast.Node, child: ast.Node): boolean {
  if (!isChained(node) || ast.isNonNullExpression(node)) return false;
  return node.questionDotToken !== undefined && node.expression === child;
}

function cutShort(node: ast.Node, wiring: Wiring): void {
  const { yes, no } = wiring.branch(node);
  wiring.loose = yes;
  wiring.chains.at(-1)?.push(...no);
}
