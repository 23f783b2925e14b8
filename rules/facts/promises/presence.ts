/**
 * Which promises are surely there. Types say `Promise<T>` of much that may be missing: elements, fields that are filled
 * later, everything in projects without `strictNullChecks`. Whoever checks these asks whether there is a promise, not
 * what it holds.
 */
import * as ast from '#ast';
import type { Program } from '#program';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import {
  collect,
  hasModifier,
  isAssignment,
  isInOptionalChain,
  isMethodCall,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import { isPromiseType } from './asyncify.ts';
import { isPlainCall } from './plain-calls.ts';
import type { Promises } from './promises.ts';
import { givesUnchecked, signatureOf } from './signatures.ts';

/** What makes a promise, or promises one: a call, a parameter, a field. */
type Maker =
  | ast.CallExpression
  | ast.NewExpression
  | ast.ParameterDeclaration
  | ast.PropertyDeclaration;

/** Tells promises that are surely there from those that may be missing whatever their type says. */
export class Presence {
  readonly #program: Program;
  readonly #scopes: Scopes;
  readonly #promises: Promises;
  readonly #isStrict: boolean;

  constructor(program: Program, scopes: Scopes, promises: Promises) {
    this.#program = program;
    this.#scopes = scopes;
    this.#promises = promises;
    this.#isStrict = strictNullChecks(program);
  }

  /**
   * Whether an expression surely gives a promise, and nothing in sight takes it for one: a call, or a name or field of
   * the same file that holds what a call gave.
   */
  isUnnoticedPromise(node: ast.Expression): boolean {
    const at = unwrap(node);
    const maker = this.#makerOf(at);
    if (maker === undefined) return false;
    if (this.#promises.of(this.#program.query.typeAt(at)) !== 'always') return false;
    if (this.#isTreatedAsPromise(at)) return false;
    if (ast.isCallExpression(maker) && givesUnchecked(maker, this.#program)) return false;
    if (this.#isStrict || ast.isNewExpression(maker)) return true;
    return ast.isCallExpression(maker) && this.#callsAsync(maker);
  }

  #makerOf(node: ast.Expression): Maker | undefined {
    const at = unwrap(node);
    if (ast.isCallExpression(at)) {
      // `?.` says that there may be nothing, whatever the types say.
      return isInOptionalChain(at) || isPlainCall(at, this.#scopes) ? undefined : at;
    }
    if (ast.isNewExpression(at)) return at;
    if (ast.isIdentifier(at)) return this.#makerOfName(at);
    if (!ast.isPropertyAccessExpression(at)) return undefined;
    if (at.expression.kind !== ast.SyntaxKind.ThisKeyword) return undefined;
    return this.#makerOfField(at.name.text, at);
  }

  #makerOfName(name: ast.Identifier): Maker | undefined {
    const declaration = this.#scopes.declarationOf(name);
    if (declaration === undefined) return undefined;
    if (ast.isParameterDeclaration(declaration)) return declaredPromise(declaration);
    if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name)) return;
    if (isItem(declaration)) return this.#makerOfItems(declaration.parent.parent.expression);
    const value = declaration.initializer && unwrap(declaration.initializer);
    return value === undefined || ast.isIdentifier(value) ? undefined : this.#makerOf(value);
  }

  /** `xs.map(async …)`, by itself or behind a name: an array of promises. */
  #makerOfItems(items: ast.Expression): Maker | undefined {
    const at = unwrap(items);
    if (isMethodCall(at, 'map')) return at;
    const declared = ast.isIdentifier(at) ? this.#scopes.declarationOf(at) : undefined;
    if (declared === undefined || !ast.isVariableDeclaration(declared)) return undefined;
    const value = declared.initializer && unwrap(declared.initializer);
    return value !== undefined && isMethodCall(value, 'map') ? value : undefined;
  }

  #makerOfField(name: string, at: ast.Node): Maker | undefined {
    const owner = classOf(at);
    const field = owner?.members.find(
      (member) => ast.isPropertyDeclaration(member) && member.name.getText() === name,
    );
    if (owner === undefined || field === undefined || !ast.isPropertyDeclaration(field)) return;
    const value = field.initializer && unwrap(field.initializer);
    if (value !== undefined) return ast.isCallExpression(value) ? value : undefined;
    const maker = owner.members.find(ast.isConstructorDeclaration);
    const isSet = maker && fieldUses(maker, name).some(isAssigned);
    return isSet ? declaredPromise(field) : undefined;
  }

  #isTreatedAsPromise(node: ast.Expression): boolean {
    if (ast.isIdentifier(node)) {
      const scope = this.#scopes.of(node)?.scope;
      return scope !== undefined && usesOf(node.text, scope).some(isPromiseUse);
    }
    if (!ast.isPropertyAccessExpression(node)) return false;
    const owner = classOf(node);
    return owner !== undefined && fieldUses(owner, node.name.text).some(isPromiseUse);
  }

  /** Whether what is called is declared to return a promise, and not just something that may be one. */
  #callsAsync(call: ast.CallExpression): boolean {
    const signature = signatureOf(call, this.#program);
    if (signature === undefined) return false;
    if (hasModifier(signature, ast.SyntaxKind.AsyncKeyword)) return true;
    return signature.type !== undefined && isPromiseType(signature.type);
  }
}

/** The variable of a `for…of` that does not wait. */
function isItem(
  declaration: ast.VariableDeclaration,
): declaration is ast.VariableDeclaration & { readonly parent: { parent: ast.ForOfStatement } } {
  const loop = declaration.parent.parent;
  return ast.isForOfStatement(loop) && loop.awaitModifier === undefined;
}

function strictNullChecks({ options }: Program): boolean {
  const chosen = options['strictNullChecks'] ?? options['strict'];
  return chosen === undefined || chosen === true;
}

/** A parameter of which its declaration says that there is a promise from the start. */
function declaredPromise<T extends ast.ParameterDeclaration | ast.PropertyDeclaration>(
  node: T,
): T | undefined {
  const mark = ast.isParameterDeclaration(node) ? node.questionToken : node.postfixToken;
  return mark === undefined && node.type !== undefined && isPromiseType(node.type)
    ? node
    : undefined;
}

/** Uses that only a promise is put to: `await p`, `p.then(…)`, `Promise.race([p, …])`. */
function isPromiseUse(use: ast.Expression): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ast.isAwaitExpression(parent)) return true;
  if (ast.isPropertyAccessExpression(parent)) {
    return isMethodCall(parent.parent, 'then', 'catch', 'finally') && parent.expression === at;
  }
  if (!ast.isArrayLiteralExpression(parent)) return false;
  return isMethodCall(parent.parent, 'all', 'allSettled', 'any', 'race');
}

function fieldUses(within: ast.Node, name: string): readonly ast.PropertyAccessExpression[] {
  const isUse = (node: ast.Node): node is ast.PropertyAccessExpression =>
    ast.isPropertyAccessExpression(node) && node.name.text === name;
  return collect(within, isUse, { intoFunctions: true });
}

function isAssigned(use: ast.Expression): boolean {
  return isAssignment(use.parent) && use.parent.left === use;
}

function classOf(node: ast.Node): ast.ClassDeclaration | ast.ClassExpression | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ast.isClassDeclaration(at) || ast.isClassExpression(at)) return at;
  }
  return undefined;
}
