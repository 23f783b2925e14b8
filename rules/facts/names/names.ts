/** Where a local name is used, told from the tree alone: declarations that hide the name are respected. */
import * as ast from '#ast';
import { type FunctionNode, isAssignment, isFunction } from '../shape/syntax.ts';

/** Identifiers below a node that stand for the variable of this name declared outside of the node. */
export function usesOf(name: string, within: ast.Node): readonly ast.Identifier[] {
  const found: ast.Identifier[] = [];
  const visit = (node: ast.Node): undefined => {
    if (isFunction(node) && node !== within && declares(node, name)) return undefined;
    if (ast.isIdentifier(node) && node.text === name && isVariableUse(node)) found.push(node);
    node.forEachChild(visit);
    return undefined;
  };
  visit(within);
  return found;
}

/** Names that a parameter or variable declares: `{ a, b: [c] }` declares `a` and `c`. */
export function namesOf(name: ast.BindingName): readonly string[] {
  if (ast.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ast.isBindingElement(element) && element.name !== undefined ? namesOf(element.name) : [],
  );
}

/** Whether code below a node gives a variable of this name a new value. */
export function isAssignedIn(name: string, within: ast.Node): boolean {
  return usesOf(name, within).some(isTarget);
}

function declares(fn: FunctionNode, name: string): boolean {
  if ('name' in fn && ast.isFunctionExpression(fn) && fn.name?.text === name) return true;
  return fn.parameters.some((parameter) => namesOf(parameter.name).includes(name));
}

/** Whether an identifier stands for a variable, and not for a member, a key or a label. */
export function isVariableUse(node: ast.Identifier): boolean {
  const { parent } = node;
  if (ast.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ast.isPropertyAssignment(parent) || ast.isMethodDeclaration(parent)) {
    return parent.name !== node;
  }
  if (ast.isPropertyDeclaration(parent) || ast.isEnumMember(parent)) return parent.name !== node;
  if (ast.isBindingElement(parent)) return parent.propertyName !== node;
  if (ast.isJsxAttribute(parent) || ast.isQualifiedName(parent)) return false;
  return !ast.isLabeledStatement(parent) && !ast.isBreakOrContinueStatement(parent);
}

function isTarget(node: ast.Identifier): boolean {
  const { parent } = node;
  if (ast.isPrefixUnaryExpression(parent) || ast.isPostfixUnaryExpression(parent)) {
    return (
      parent.operator === ast.SyntaxKind.PlusPlusToken ||
      parent.operator === ast.SyntaxKind.MinusMinusToken
    );
  }
  let at: ast.Node = node;
  while (isPattern(at.parent)) at = at.parent;
  if (ast.isForOfStatement(at.parent) || ast.isForInStatement(at.parent)) {
    return at.parent.initializer === at;
  }
  return isAssignment(at.parent) && at.parent.left === at;
}

function isPattern(node: ast.Node): boolean {
  return (
    ast.isArrayLiteralExpression(node) ||
    ast.isObjectLiteralExpression(node) ||
    ast.isPropertyAssignment(node) ||
    ast.isShorthandPropertyAssignment(node) ||
    ast.isSpreadElement(node) ||
    ast.isSpreadAssignment(node) ||
    ast.isParenthesizedExpression(node)
  );
}
