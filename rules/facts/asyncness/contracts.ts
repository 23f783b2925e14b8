/**
 * Who wants a promise of a function whatever it does: an interface or a base class, the type of the place that it is
 * written at, a framework that looks for its name, whoever is handed the function itself.
 */
import * as ast from '#ast';
import { FRAMEWORK_HOOKS } from '#catalog';
import type { Program, Type } from '#program';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import type { Promises } from '../promises/promises.ts';
import { hasModifier, isAssignment, wrapped } from '../shape/syntax.ts';
import { type AsyncFunction, functionName } from './suspensions.ts';

/** Tells whether anything but a function itself makes it return a promise. */
export class Contracts {
  readonly #query: Program['query'];
  readonly #promises: Promises;
  readonly #scopes: Scopes;

  constructor(program: Program, promises: Promises, scopes: Scopes) {
    this.#query = program.query;
    this.#promises = promises;
    this.#scopes = scopes;
  }

  /** Whether somebody may want a promise of a function; what cannot be seen counts. */
  mayBind(fn: AsyncFunction): boolean {
    const name = functionName(fn);
    if (name !== undefined && FRAMEWORK_HOOKS.has(name)) return true;
    if (hasUseServer(fn)) return true;
    if (ast.isFunctionDeclaration(fn)) return isDefault(fn) || this.#isHandedOn(fn.name);
    if (ast.isMethodDeclaration(fn)) return this.#ofMember(fn);
    const at = wrapped(fn);
    const { parent } = at;
    if (ast.isPropertyDeclaration(parent))
      return parent.type !== undefined || this.#ofMember(parent);
    if (ast.isVariableDeclaration(parent)) {
      if (parent.type !== undefined) return this.#isWanted(this.#query.contextualType(fn));
      return !ast.isIdentifier(parent.name) || this.#isHandedOn(parent.name);
    }
    return this.#ofPlace(fn, parent);
  }

  /** An object's property may be called by whoever gets the object; so only places whose type says `void` are none. */
  #ofPlace(fn: ast.ArrowFunction | ast.FunctionExpression, parent: ast.Node): boolean {
    if (ast.isCallExpression(parent) && parent.expression === wrapped(fn)) return false;
    if (isAssignment(parent) && parent.right === wrapped(fn) && isExports(parent.left)) return true;
    return this.#isWanted(this.#query.contextualType(fn));
  }

  #ofMember(member: ast.MethodDeclaration | ast.PropertyDeclaration): boolean {
    const { parent, name } = member;
    if (ast.isComputedPropertyName(name)) return true;
    if (ast.isObjectLiteralExpression(parent)) {
      const type = this.#query.contextualType(parent);
      const property = type && this.#query.property(type, name.getText());
      return this.#isWanted(property && this.#query.typeOf(property));
    }
    if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return true;
    if (member.modifiers?.some(ast.isDecorator)) return true;
    if (INHERITED.some((kind) => hasModifier(member, kind))) return true;
    if (hasModifier(parent, ast.SyntaxKind.AbstractKeyword)) return true;
    if (!isPrivate(member) && parent.members.some((one) => one !== member && isOpenAsync(one))) {
      return true;
    }
    return this.#isInherited(parent, name.getText()) || this.#hasHeirs(parent);
  }

  /** Whether what a class extends or implements has a member of this name, or nobody knows. */
  #isInherited(node: ast.ClassDeclaration | ast.ClassExpression, name: string): boolean {
    const bases = node.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
    this.#query.expectTypes(bases);
    return bases.some((base) => {
      const type = this.#query.typeAt(base);
      if (type === undefined || this.#promises.of(type) === 'unknown') return true;
      return this.#query.property(type, name) !== undefined;
    });
  }

  /** Whether another class of the file extends a class, and may do with its methods what it likes. */
  #hasHeirs(node: ast.ClassDeclaration | ast.ClassExpression): boolean {
    if (node.name === undefined) return false;
    return usesOf(node.name.text, node.getSourceFile()).some(({ parent }) => {
      return ast.isExpressionWithTypeArguments(parent);
    });
  }

  /** Whether a function goes anywhere by its name, other than being called and exported. */
  #isHandedOn(name: ast.Identifier | undefined): boolean {
    if (name === undefined) return true;
    return usesOf(name.text, name.getSourceFile())
      .filter((use) => use !== name && this.#scopes.of(use)?.declaration === name.parent)
      .some((use) => !isCallee(use) && !isMention(use.parent));
  }

  #isWanted(type: Type | undefined): boolean {
    if (type === undefined) return true;
    const results = this.#query
      .parts(type)
      .flatMap((part) => this.#query.callSignatures(part))
      .map((signature) => this.#query.returnType(signature));
    return results.length === 0 || results.some((one) => this.#promises.thenable(one) !== 'never');
  }
}

/** A class whose methods are async, one like the other, stands for something slow that its users wait for. */
function isOpenAsync(member: ast.ClassElement): boolean {
  if (!ast.isMethodDeclaration(member) || isPrivate(member)) return false;
  return hasModifier(member, ast.SyntaxKind.AsyncKeyword);
}

function isPrivate(member: ast.MethodDeclaration | ast.PropertyDeclaration): boolean {
  return ast.isPrivateIdentifier(member.name) || hasModifier(member, ast.SyntaxKind.PrivateKeyword);
}

const INHERITED = [ast.SyntaxKind.OverrideKeyword, ast.SyntaxKind.ProtectedKeyword];

function isDefault(fn: ast.FunctionDeclaration): boolean {
  return hasModifier(fn, ast.SyntaxKind.DefaultKeyword);
}

function isCallee(use: ast.Identifier): boolean {
  return ast.isCallExpression(use.parent) && use.parent.expression === use;
}

function isMention(parent: ast.Node): boolean {
  return ast.isExportSpecifier(parent) || ast.isTypeQueryNode(parent);
}

/** `module.exports = …`, `exports.load = …`. */
function isExports(target: ast.Expression): boolean {
  return /^(module\.)?exports\b/.test(target.getText());
}

/** Server actions are called from elsewhere: they have to be async. */
function hasUseServer(fn: AsyncFunction): boolean {
  if (/^\s*(?:\/\/.*\s*)*['"]use server['"]/.test(fn.getSourceFile().text)) return true;
  const first = fn.body && ast.isBlock(fn.body) ? fn.body.statements[0]?.getText() : undefined;
  return first !== undefined && /^['"]use server['"]/.test(first);
}
