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
import { collect, hasModifier, isAssignment, wrapped } from '../shape/syntax.ts';
import { type AsyncFunction, functionName } from './suspensions.ts';

/**
 * `asked`: an interface, a base class or the type of its place wants what a function returns, perhaps a promise. `open`:
 * whoever calls it by its name, or is handed it, may want one. `free`: it is all its own. `unheard`: the type of its place
 * wants none, so that whoever calls it there waits for nothing.
 */
export type Contract = 'asked' | 'open' | 'free' | 'unheard';

type ClassMember = ast.MethodDeclaration | ast.PropertyDeclaration;
type ClassNode = ast.ClassDeclaration | ast.ClassExpression;

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

  /** Who may want a promise of a function. */
  of(fn: AsyncFunction): Contract {
    if (ast.isMethodDeclaration(fn)) return this.#ofMember(fn);
    if (isLookedFor(fn)) return 'open';
    if (ast.isFunctionDeclaration(fn)) return this.#ofName(fn.name);
    const at = wrapped(fn);
    const { parent } = at;
    if (ast.isPropertyDeclaration(parent)) {
      return parent.type === undefined ? this.#ofMember(parent) : this.#ofPlace(fn);
    }
    if (ast.isVariableDeclaration(parent) && parent.type === undefined) {
      return ast.isIdentifier(parent.name) ? this.#ofName(parent.name) : 'open';
    }
    if (ast.isCallExpression(parent) && parent.expression === at) return 'free';
    return this.#ofPlace(fn);
  }

  #ofPlace(fn: ast.ArrowFunction | ast.FunctionExpression): Contract {
    return this.#byType(this.#query.contextualType(fn));
  }

  #ofMember(member: ClassMember): Contract {
    const { parent, name } = member;
    if (ast.isComputedPropertyName(name)) return 'open';
    if (ast.isObjectLiteralExpression(parent)) {
      const type = this.#query.contextualType(parent);
      const property = type && this.#query.property(type, name.getText());
      return this.#byType(property && this.#query.typeOf(property));
    }
    if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return 'open';
    if (hasModifier(member, ast.SyntaxKind.OverrideKeyword)) return 'asked';
    const inherited = this.#inherited(member, parent);
    if (inherited !== undefined) return inherited;
    if (isOpen(member, parent) || isHandedOn(member, parent)) return 'open';
    return isStatic(member) && isGivenAway(parent) ? 'open' : 'free';
  }

  /** What becomes of a member that a base or an interface of the class has too, or may have. */
  #inherited(member: ClassMember, owner: ClassNode): Contract | undefined {
    const name = member.name.getText();
    const bases = basesOf(owner, isStatic(member));
    this.#query.expectTypes(bases);
    const types = bases.map((base) => this.#query.typeAt(base));
    if (types.some((type) => type && this.#query.property(type, name) !== undefined)) {
      return 'asked';
    }
    const isUnknown = types.some((type) => this.#promises.of(type) === 'unknown');
    return isUnknown ? 'open' : undefined;
  }

  /** A function that goes anywhere by its name, other than being called and exported. */
  #ofName(name: ast.Identifier | undefined): Contract {
    if (name === undefined) return 'open';
    const isHandedOn = usesOf(name.text, name.getSourceFile())
      .filter((use) => use !== name && this.#scopes.of(use)?.declaration === name.parent)
      .some((use) => !isCallee(use) && !isMention(use.parent));
    return isHandedOn ? 'open' : 'free';
  }

  #byType(type: Type | undefined): Contract {
    if (type === undefined) return 'open';
    const results = this.#query.results([type]).map((one) => this.#promises.thenable(one));
    if (results.length === 0 || results.includes('unknown')) return 'open';
    return results.every((one) => one === 'never') ? 'unheard' : 'asked';
  }
}

/** What a class extends and implements; for static members the class itself that it extends, which alone has them. */
function basesOf(owner: ClassNode, forStatic: boolean): readonly ast.Expression[] {
  const clauses = owner.heritageClauses ?? [];
  if (!forStatic) return clauses.flatMap(({ types }) => [...types]);
  return clauses
    .filter(({ token }) => token === ast.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types.map(({ expression }) => expression));
}

function isStatic(member: ClassMember): boolean {
  return hasModifier(member, ast.SyntaxKind.StaticKeyword);
}

/** `register(Report)`: whoever is given a class may call its static methods as it calls their like of others. */
function isGivenAway({ name }: ClassNode): boolean {
  if (name === undefined) return false;
  return usesOf(name.text, name.getSourceFile()).some(
    (use) => ast.isCallExpression(use.parent) && !isCallee(use),
  );
}

/** Whether others than the class may call a method as they call its like. */
function isOpen(member: ClassMember, owner: ClassNode): boolean {
  if (isPrivate(member)) return false;
  if (member.modifiers?.some(ast.isDecorator) || FRAMEWORK_HOOKS.has(member.name.getText())) {
    return true;
  }
  return (
    hasModifier(member, ast.SyntaxKind.ProtectedKeyword) ||
    hasModifier(owner, ast.SyntaxKind.AbstractKeyword) ||
    owner.members.some((one) => one !== member && isOpenAsync(one)) ||
    hasHeirs(owner)
  );
}

/** Whether a method goes anywhere without being called: `app.get('/', this.list)`, `this.list.bind(this)`. */
function isHandedOn({ name }: ClassMember, owner: ClassNode): boolean {
  return collect(owner, ast.isPropertyAccessExpression, { intoFunctions: true }).some((use) => {
    return use.name.getText() === name.getText() && !isCallee(use);
  });
}

/** A class whose methods are async, one like the other, stands for something slow that its users wait for. */
function isOpenAsync(member: ast.ClassElement): boolean {
  if (ast.isMethodDeclaration(member)) {
    return !isPrivate(member) && hasModifier(member, ast.SyntaxKind.AsyncKeyword);
  }
  if (!ast.isPropertyDeclaration(member) || isPrivate(member)) return false;
  const { initializer } = member;
  return initializer !== undefined && hasModifier(initializer, ast.SyntaxKind.AsyncKeyword);
}

function isPrivate(member: ClassMember): boolean {
  return ast.isPrivateIdentifier(member.name) || hasModifier(member, ast.SyntaxKind.PrivateKeyword);
}

/** Whether another class of the file extends a class, and may do with its methods what it likes. */
function hasHeirs(node: ClassNode): boolean {
  if (node.name === undefined) return false;
  return usesOf(node.name.text, node.getSourceFile()).some(({ parent }) => {
    return ast.isExpressionWithTypeArguments(parent);
  });
}

/** A name that a framework looks for, the default export, a server action, what CommonJS exports. */
function isLookedFor(fn: AsyncFunction): boolean {
  const name = functionName(fn);
  if (name !== undefined && FRAMEWORK_HOOKS.has(name)) return true;
  if (hasModifier(fn, ast.SyntaxKind.DefaultKeyword) || isServerAction(fn)) return true;
  const { parent } = wrapped(fn);
  return isAssignment(parent) && /^(module\.)?exports\b/.test(parent.left.getText());
}

function isCallee(use: ast.Expression): boolean {
  return ast.isCallExpression(use.parent) && use.parent.expression === use;
}

function isMention(parent: ast.Node): boolean {
  return ast.isExportSpecifier(parent) || ast.isTypeQueryNode(parent);
}

/** Server actions are called from elsewhere: they have to be async. */
function isServerAction(fn: AsyncFunction): boolean {
  if (/^\s*(?:\/\/.*\s*)*['"]use server['"]/.test(fn.getSourceFile().text)) return true;
  const first = fn.body && ast.isBlock(fn.body) ? fn.body.statements[0]?.getText() : undefined;
  return first !== undefined && /^['"]use server['"]/.test(first);
}
