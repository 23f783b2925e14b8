/**
 * What makes a promise, or is declared to hold one, as far as its own file tells: what has no maker is not worth a
 * question to the compiler. Elements, imported values and what may be filled later have none.
 */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import {
  collect,
  enclosingFunction,
  hasModifier,
  isAssignment,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';
import { isPromiseType } from './asyncify.ts';
import { resultsOf } from './losses.ts';
import { isPlainCall } from './plain-calls.ts';

/** A call, or what is declared to be a promise from the start. */
export type Maker = ast.CallExpression | ast.NewExpression | Declared;

type Declared =
  | ast.BindingElement
  | ast.GetAccessorDeclaration
  | ast.ParameterDeclaration
  | ast.PropertyDeclaration
  | ast.PropertySignatureDeclaration
  | ast.VariableDeclaration;

/** Finds makers. */
export class Makers {
  readonly #scopes: Scopes;

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /** What makes the promise that an expression may be. */
  of(node: ast.Expression): Maker | undefined {
    const at = unwrap(node);
    if (ast.isCallExpression(at)) return isPlainCall(at, this.#scopes) ? undefined : at;
    if (ast.isNewExpression(at)) return at;
    if (ast.isIdentifier(at)) return this.#ofName(at);
    return ast.isPropertyAccessExpression(at) ? this.#ofMember(at) : undefined;
  }

  #ofName(name: ast.Identifier): Maker | undefined {
    const declaration = this.#scopes.declarationOf(name);
    if (declaration === undefined) return undefined;
    if (ast.isParameterDeclaration(declaration)) {
      const { initializer, type } = declaration;
      return type === undefined && initializer ? this.of(initializer) : held(declaration);
    }
    if (ast.isBindingElement(declaration)) return elementOf(declaration);
    if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name)) return;
    if (isItem(declaration)) return this.#ofItems(declaration.parent.parent.expression);
    const value = declaration.initializer && unwrap(declaration.initializer);
    if (value === undefined) return isFilled(declaration, name) ? held(declaration) : undefined;
    return ast.isIdentifier(value) ? undefined : this.of(value);
  }

  /** `xs.map(async …)`, by itself or behind a name: an array of promises. */
  #ofItems(items: ast.Expression): Maker | undefined {
    const at = unwrap(items);
    if (isMethodCall(at, 'map')) return at;
    const declared = ast.isIdentifier(at) ? this.#scopes.declarationOf(at) : undefined;
    if (declared === undefined || !ast.isVariableDeclaration(declared)) return undefined;
    const value = declared.initializer && unwrap(declared.initializer);
    return value !== undefined && isMethodCall(value, 'map') ? value : undefined;
  }

  #ofMember({ expression, name }: ast.PropertyAccessExpression): Maker | undefined {
    const owner = unwrap(expression);
    if (owner.kind === ast.SyntaxKind.ThisKeyword) return this.#ofField(classOf(owner), name.text);
    const declared = ast.isIdentifier(owner) ? this.#scopes.declarationOf(owner) : undefined;
    if (declared === undefined) return undefined;
    if (ast.isClassDeclaration(declared)) return this.#ofField(declared, name.text);
    const isTyped = ast.isParameterDeclaration(declared) || ast.isVariableDeclaration(declared);
    if (!isTyped || declared.type === undefined || !ast.isIdentifier(declared.name))
      return undefined;
    return memberOf(declared.type, name.text);
  }

  #ofField(owner: ClassNode | undefined, name: string): Maker | undefined {
    const field = owner && fieldIn(owner.members, name);
    if (owner === undefined || field === undefined) return givenOf(owner, name);
    if (ast.isGetAccessorDeclaration(field)) {
      const [result] = resultsOf(field);
      return field.type === undefined && result ? this.of(result) : held(field);
    }
    if (!ast.isPropertyDeclaration(field)) return undefined;
    const value = field.initializer && unwrap(field.initializer);
    if (value !== undefined) return ast.isCallExpression(value) ? value : undefined;
    const maker = owner.members.find(ast.isConstructorDeclaration);
    const isSet = maker && fieldUses(maker, name).some(isAssigned);
    return isSet ? held(field) : undefined;
  }
}

/** `constructor(readonly name: Promise<T>)`: a field, too. */
function givenOf(owner: ClassNode | undefined, name: string): Maker | undefined {
  const maker = owner?.members.find(ast.isConstructorDeclaration);
  const given = maker?.parameters.find((parameter) => parameter.name.getText() === name);
  return given?.modifiers === undefined ? undefined : held(given);
}

/** `{ name }` of a parameter whose type is written beside it. */
function elementOf(element: ast.BindingElement): Maker | undefined {
  const pattern = element.parent;
  const owner = pattern.parent;
  if (!ast.isObjectBindingPattern(pattern) || element.initializer || element.dotDotDotToken) return;
  const isTyped = ast.isParameterDeclaration(owner) || ast.isVariableDeclaration(owner);
  if (!isTyped || owner.type === undefined) return undefined;
  return memberOf(owner.type, (element.propertyName ?? element.name)?.getText() ?? '');
}

/** The member of an object type that is written in place, or declared in the same file. */
function memberOf(type: ast.TypeNode, name: string): Maker | undefined {
  const member = fieldIn(membersOf(type), name);
  return member === undefined || ast.isGetAccessorDeclaration(member) ? undefined : held(member);
}

type Field =
  | ast.GetAccessorDeclaration
  | ast.PropertyDeclaration
  | ast.PropertySignatureDeclaration;

function fieldIn(members: readonly ast.Node[], name: string): Field | undefined {
  return members.find((member): member is Field => {
    const isField =
      ast.isPropertyDeclaration(member) ||
      ast.isPropertySignatureDeclaration(member) ||
      ast.isGetAccessorDeclaration(member);
    return isField && member.name.getText() === name;
  });
}

function membersOf(type: ast.TypeNode): readonly (ast.TypeElement | ast.ClassElement)[] {
  if (ast.isTypeLiteralNode(type)) return type.members;
  const declared = declarationOf(type);
  if (declared === undefined) return [];
  if (!ast.isTypeAliasDeclaration(declared)) return declared.members;
  return ast.isTypeLiteralNode(declared.type) ? declared.type.members : [];
}

function declarationOf(
  type: ast.TypeNode,
): ast.ClassDeclaration | ast.InterfaceDeclaration | ast.TypeAliasDeclaration | undefined {
  if (!ast.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  for (const statement of type.getSourceFile().statements) {
    const isType =
      ast.isInterfaceDeclaration(statement) ||
      ast.isTypeAliasDeclaration(statement) ||
      ast.isClassDeclaration(statement);
    if (isType && statement.name?.text === name) return statement;
  }
  return undefined;
}

/** A declaration that says that there is a promise, and no `?` or `!` with it. */
function held<T extends Declared & { readonly type?: ast.TypeNode }>(node: T): T | undefined {
  return !isOpen(node) && node.type !== undefined && isPromise(node.type) ? node : undefined;
}

function isOpen(node: Declared): boolean {
  if (ast.isParameterDeclaration(node)) return node.questionToken !== undefined;
  if (ast.isVariableDeclaration(node)) return node.exclamationToken !== undefined;
  return 'postfixToken' in node && node.postfixToken !== undefined;
}

/** `Promise<T>`, what extends it in the same file, and type parameters that must be one. */
function isPromise(type: ast.TypeNode): boolean {
  if (isPromiseType(type)) return true;
  if (!ast.isTypeReferenceNode(type)) return false;
  const name = type.typeName.getText();
  if (name === 'PromiseLike') return true;
  const fn = enclosingFunction(type);
  const parameter = fn?.typeParameters?.find((one) => one.name.text === name);
  if (parameter?.constraint !== undefined) return isPromiseType(parameter.constraint);
  const declared = declarationOf(type);
  if (declared === undefined || ast.isTypeAliasDeclaration(declared)) return false;
  const bases = declared.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
  return bases.some(({ expression }) => expression.getText() === 'Promise');
}

/**
 * Whether a variable holds something wherever it is read: what is declared to be there elsewhere, and what the compiler
 * follows, which it does not do into functions.
 */
function isFilled(declaration: ast.VariableDeclaration, use: ast.Identifier): boolean {
  const statement = declaration.parent.parent;
  if (hasModifier(statement, ast.SyntaxKind.DeclareKeyword)) return true;
  return enclosingFunction(declaration) === enclosingFunction(use);
}

/** The variable of a `for…of` that does not wait. */
function isItem(
  declaration: ast.VariableDeclaration,
): declaration is ast.VariableDeclaration & { readonly parent: { parent: ast.ForOfStatement } } {
  const loop = declaration.parent.parent;
  return ast.isForOfStatement(loop) && loop.awaitModifier === undefined;
}

type ClassNode = ast.ClassDeclaration | ast.ClassExpression;

/** The class round a node. */
export function classOf(at: ast.Node): ClassNode | undefined {
  for (let node = at.parent; node !== undefined; node = node.parent) {
    if (ast.isClassDeclaration(node) || ast.isClassExpression(node)) return node;
  }
  return undefined;
}

/** Where a member of this name is used. */
export function fieldUses(within: ast.Node, name: string): readonly ast.PropertyAccessExpression[] {
  const isUse = (node: ast.Node): node is ast.PropertyAccessExpression =>
    ast.isPropertyAccessExpression(node) && node.name.text === name;
  return collect(within, isUse, { intoFunctions: true });
}

function isAssigned(use: ast.Expression): boolean {
  return isAssignment(use.parent) && use.parent.left === use;
}
