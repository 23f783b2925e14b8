/** Members of classes and overloads, by their names. */
import * as ast from '#ast';
import { type FunctionNode, hasModifier, isFunction } from '../shape/syntax.ts';

/** The overload that has a body. */
export function implementationOf(fn: FunctionNode): FunctionNode | undefined {
  const name = declaredName(fn);
  let found: FunctionNode | undefined;
  fn.parent.forEachChild((one) => {
    if (isFunction(one) && one.kind === fn.kind && one.body && declaredName(one) === name) {
      found = one;
    }
    return undefined;
  });
  return name === undefined ? undefined : found;
}

/** Members of the class that `this` means at a node, static ones where it means the class itself. */
export function membersOf(node: ast.Node): readonly ast.ClassElement[] {
  for (let at = node.parent; at?.parent !== undefined; at = at.parent) {
    const { parent } = at;
    // In arrows outside all classes and objects, `this` is what the module exports.
    if (parent === undefined) return [];
    if (ast.isFunctionDeclaration(at) || ast.isFunctionExpression(at)) return [];
    if (ast.isClassDeclaration(parent) || ast.isClassExpression(parent)) {
      const isStatic = hasModifier(at, ast.SyntaxKind.StaticKeyword);
      return parent.members.filter(
        (one) => hasModifier(one, ast.SyntaxKind.StaticKeyword) === isStatic,
      );
    }
    if (ast.isObjectLiteralExpression(parent) && isFunction(at) && !ast.isArrowFunction(at)) {
      return [];
    }
  }
  return [];
}

/** The name that a function, method, accessor or field is declared with. */
export function declaredName(node: ast.Node): string | undefined {
  if (
    ast.isFunctionDeclaration(node) ||
    ast.isMethodDeclaration(node) ||
    ast.isGetAccessorDeclaration(node) ||
    ast.isSetAccessorDeclaration(node) ||
    ast.isPropertyDeclaration(node)
  ) {
    const { name } = node;
    return name !== undefined && ast.isIdentifier(name) ? name.text : name?.getText();
  }
  return undefined;
}
