/** What a function owes to others, so that it cannot become async by itself. */
import * as ast from '#ast';
import type { Program } from '#program';
import { type FunctionNode, hasModifier, isAsync, isGenerator, wrapped } from '../shape/syntax.ts';
import type { Obstacle } from './plan.ts';
import { namedBy } from './references.ts';

/** Why a function cannot be made async, its callers aside. */
export function contractOf(fn: FunctionNode, program: Program): Obstacle | undefined {
  if (isAsync(fn)) return undefined;
  const name = spokenName(fn);
  const node = 'name' in fn && fn.name ? fn.name : fn;
  const prevented = (why: string): Obstacle => ({
    node,
    message: `${name} cannot be async: ${why}`,
  });
  if (ast.isConstructorDeclaration(fn)) return prevented('it is a constructor');
  if (ast.isGetAccessorDeclaration(fn)) return prevented('it is a getter');
  if (ast.isSetAccessorDeclaration(fn)) return prevented('it is a setter');
  if (isGenerator(fn)) return prevented('it is a generator');
  if (fn.type !== undefined && ast.isTypePredicateNode(fn.type)) {
    return prevented('its answer narrows types');
  }
  if (/Sync`$/.test(name)) return prevented('its name says so');
  if (hasModifier(fn, ast.SyntaxKind.OverrideKeyword)) return prevented('it overrides a method');
  if (ast.isMethodDeclaration(fn)) {
    const owner = contractIn(fn, program);
    return owner === undefined ? undefined : prevented(`\`${owner}\` declares it`);
  }
  const { parent } = wrapped(fn);
  const isTyped = 'type' in parent && parent.type !== undefined;
  return isTyped ? prevented('its type is declared apart from it') : undefined;
}

/** The interface or class that says what a method has to be. */
function contractIn(method: ast.MethodDeclaration, { query }: Program): string | undefined {
  const { parent } = method;
  if (ast.isObjectLiteralExpression(parent))
    return isFree(parent) ? undefined : "its object's type";
  if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return undefined;
  const bases = (parent.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  query.expectTypes(bases);
  const name = method.name.getText();
  const owner = bases.find((base) => {
    const type = query.typeAt(base);
    return type === undefined || query.property(type, name) !== undefined;
  });
  return owner?.expression.getText();
}

/** An object literal that a variable or the module's exports hold, its type its own. */
function isFree(literal: ast.ObjectLiteralExpression): boolean {
  const at = wrapped(literal);
  const { parent } = at;
  if (at !== literal) return false;
  if (ast.isVariableDeclaration(parent)) return parent.type === undefined;
  return ast.isBinaryExpression(parent) && /^(module\.)?exports$/.test(parent.left.getText());
}

/** How a message speaks of a function. */
export function spokenName(fn: FunctionNode): string {
  if (ast.isConstructorDeclaration(fn)) {
    const { parent } = fn;
    const isNamed = ast.isClassDeclaration(parent) || ast.isClassExpression(parent);
    return isNamed && parent.name ? `\`new ${parent.name.text}\`` : 'this class';
  }
  if (ast.isGetAccessorDeclaration(fn) || ast.isSetAccessorDeclaration(fn)) {
    return `\`${fn.name.getText()}\``;
  }
  const text = namedBy(fn)?.text ?? '';
  return text === '' ? 'this function' : `\`${text}\``;
}
