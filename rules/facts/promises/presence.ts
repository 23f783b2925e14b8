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
  enclosingFunction,
  hasModifier,
  isFunction,
  isLogical,
  isMethodCall,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import { isPromiseType } from './asyncify.ts';
import { classOf, fieldUses, Makers } from './makers.ts';
import type { Promises } from './promises.ts';

/** Tells promises that are surely there from those that may be missing whatever their type says. */
export class Presence {
  readonly #program: Program;
  readonly #scopes: Scopes;
  readonly #promises: Promises;
  readonly #makers: Makers;
  readonly #isStrict: boolean;

  constructor(program: Program, scopes: Scopes, promises: Promises) {
    this.#program = program;
    this.#scopes = scopes;
    this.#promises = promises;
    this.#makers = new Makers(scopes);
    this.#isStrict = strictNullChecks(program);
  }

  /**
   * Whether an expression surely gives a promise, and nothing in sight takes it for one: a call, or a name or field of the
   * same file that holds what a call gave. A condition asks for anything that has a `then`, and what it does not decide
   * about may well take it for a promise: that does not make the condition any better.
   */
  isUnnoticedPromise(node: ast.Expression, { isCondition = false } = {}): boolean {
    const at = unwrap(node);
    const maker = this.#makers.of(at);
    if (maker === undefined) return false;
    const type = this.#program.query.typeAt(at);
    const answer = isCondition ? this.#promises.thenable(type) : this.#promises.of(type);
    if (answer !== 'always' || this.#isTreatedAsPromise(at, isCondition)) return false;
    if (this.#isStrict || ast.isNewExpression(maker)) return true;
    return ast.isCallExpression(maker) && this.#callsAsync(maker);
  }

  #isTreatedAsPromise(node: ast.Expression, isCondition: boolean): boolean {
    if (ast.isIdentifier(node)) {
      const isSure = isCondition && this.#isStrict;
      const scope = isSure ? decidedBy(node) : this.#scopes.of(node)?.scope;
      return scope !== undefined && usesOf(node.text, scope).some(isPromiseUse);
    }
    if (!ast.isPropertyAccessExpression(node)) return false;
    const isOwn = node.expression.kind === ast.SyntaxKind.ThisKeyword;
    const owner = isOwn ? classOf(node) : decidedBy(node);
    return owner !== undefined && fieldUses(owner, node.name.text).some(isPromiseUse);
  }

  /** Whether what is called is declared to return a promise, and not just something that may be one. */
  #callsAsync(call: ast.CallExpression): boolean {
    const { query } = this.#program;
    const signature = query.signatureAt(call);
    const declaration = signature && query.declarationOf(signature)?.node();
    if (declaration === undefined) return false;
    if (hasModifier(declaration, ast.SyntaxKind.AsyncKeyword)) return true;
    const isTyped = isFunction(declaration) || ast.isMethodSignatureDeclaration(declaration);
    return isTyped && declaration.type !== undefined && isPromiseType(declaration.type);
  }
}

/** What a condition decides about: its statement or expression; where it asks for nothing, all of the function. */
function decidedBy(condition: ast.Expression): ast.Node {
  let at = wrapped(condition);
  let asksForNothing = false;
  while (isPartOfCondition(at.parent)) {
    asksForNothing ||= !isLogical(at.parent);
    at = wrapped(at.parent);
  }
  return asksForNothing ? (enclosingFunction(at) ?? at.getSourceFile()) : at.parent;
}

/** `!p`, `p === undefined`, `p && …`. */
function isPartOfCondition(node: ast.Node): node is ast.Expression {
  if (ast.isPrefixUnaryExpression(node)) return node.operator === ast.SyntaxKind.ExclamationToken;
  if (!ast.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    isLogical(node) ||
    kind === ast.SyntaxKind.EqualsEqualsToken ||
    kind === ast.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ast.SyntaxKind.ExclamationEqualsToken ||
    kind === ast.SyntaxKind.ExclamationEqualsEqualsToken
  );
}

function strictNullChecks({ options }: Program): boolean {
  const chosen = options['strictNullChecks'] ?? options['strict'];
  return chosen === undefined || chosen === true;
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
