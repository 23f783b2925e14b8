/** The functions of a file by the names that people call them: `load`, `Users.load`. */
import * as ast from '#ast';
import { collect, type FunctionNode, isFunction } from '../shape/syntax.ts';

/** A function with a body and a name. */
export interface NamedFunction {
  /** With the name of its class or object before it: `Users.load`. */
  readonly name: string;
  readonly fn: FunctionNode;
}

/** All functions of a file that have a name, in the order of the text. */
export function functionsIn(file: ast.SourceFile): readonly NamedFunction[] {
  const found: NamedFunction[] = [];
  const look = (node: ast.Node): undefined => {
    const name = isFunction(node) && node.body !== undefined ? nameOf(node) : undefined;
    if (name !== undefined && isFunction(node)) found.push({ name, fn: node });
    node.forEachChild(look);
    return undefined;
  };
  look(file);
  return found;
}

/** All functions of a file that have a body, in the order of the text. */
export function functionsWithBody(file: ast.SourceFile): readonly FunctionNode[] {
  return collect(file, isFunction, { intoFunctions: true }).filter(
    ({ body }) => body !== undefined,
  );
}

/** The functions that an offset stands in, or on the line before they begin; innermost first. */
export function functionsRound(file: ast.SourceFile, offset: number): readonly FunctionNode[] {
  const lineStart = (start: number): number => file.text.lastIndexOf('\n', start - 1) + 1;
  return functionsWithBody(file)
    .filter((fn) => lineStart(fn.getStart()) <= offset && offset <= fn.end)
    .toReversed();
}

/** Those that a name means: its own whole name, else the last part of it. */
export function functionsNamed(
  name: string,
  functions: readonly NamedFunction[],
): readonly NamedFunction[] {
  const exact = functions.filter((one) => one.name === name);
  return exact.length > 0 ? exact : functions.filter((one) => one.name.endsWith(`.${name}`));
}

function nameOf(fn: FunctionNode): string | undefined {
  if (ast.isConstructorDeclaration(fn)) return `${ownerOf(fn)}constructor`;
  const own = 'name' in fn ? fn.name?.getText() : undefined;
  if (own !== undefined && !ast.isFunctionExpression(fn)) return `${ownerOf(fn)}${own}`;
  const isDefault = ast.isFunctionDeclaration(fn) || ast.isExportAssignment(fn.parent);
  return given(fn) ?? own ?? (isDefault ? 'default' : undefined);
}

/** The name of the variable or member that a function is the value of. */
function given(fn: FunctionNode): string | undefined {
  let at: ast.Node = fn;
  // `export const load = cache(async () => { … })` is still called `load`.
  while (ast.isParenthesizedExpression(at.parent) || isSoleArgument(at)) at = at.parent;
  const { parent } = at;
  if (ast.isVariableDeclaration(parent) && ast.isIdentifier(parent.name)) return parent.name.text;
  if (ast.isPropertyAssignment(parent) || ast.isPropertyDeclaration(parent)) {
    return `${ownerOf(parent)}${parent.name.getText()}`;
  }
  if (!ast.isBinaryExpression(parent) || parent.right !== at) return undefined;
  return ast.isPropertyAccessExpression(parent.left) ? parent.left.getText() : undefined;
}

function isSoleArgument(node: ast.Node): boolean {
  const { parent } = node;
  return ast.isCallExpression(parent) && parent.arguments[0] === node && isNamed(parent.parent);
}

function isNamed(node: ast.Node): boolean {
  return ast.isVariableDeclaration(node) || ast.isPropertyAssignment(node);
}

/** `Users.` for a member of the class or object `Users`. */
function ownerOf(member: ast.Node): string {
  const { parent } = member;
  if (ast.isClassDeclaration(parent) || ast.isClassExpression(parent)) {
    return parent.name === undefined ? '' : `${parent.name.text}.`;
  }
  if (!ast.isObjectLiteralExpression(parent)) return '';
  const holder = parent.parent;
  const isVariable = ast.isVariableDeclaration(holder) && ast.isIdentifier(holder.name);
  return isVariable ? `${holder.name.getText()}.` : '';
}
