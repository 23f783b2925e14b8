/**
 * Whether a value is new: made by the code at hand or just come from outside, so that nobody else can see it change.
 * A value is new to the bottom when all that it holds is new as well, as with parsed text and rows of a database.
 */
import * as ast from '#ast';
import type { Resource } from '#catalog';
import type { Binding, Scopes } from '../names/scopes.ts';
import {
  enclosingFunction,
  isAssignment,
  isComma,
  isFunctionExpression,
  isLogical,
  unwrap,
  walk,
} from '../shape/syntax.ts';
import { argumentsOf } from './known-calls.ts';
import { type CallLike, calleeOf, isCallLike, type Targets } from './targets.ts';

/** Where values come from that are made for whoever asks. */
const OUTSIDE: ReadonlySet<Resource | undefined> = new Set(['filesystem', 'network', 'database']);

/** Methods that put their arguments into their receiver. */
const PUTS = new Set(['push', 'unshift', 'splice', 'fill', 'set', 'add', 'concat']);

/** Tells new values from those that others may hold. */
export class Freshness {
  readonly #scopes: Scopes;
  readonly #targets: Targets;
  readonly #mixed = new Map<ast.Node, boolean>();
  /** Variables at work, as two may be made of each other. */
  readonly #active = new Set<ast.Node>();

  constructor(scopes: Scopes, targets: Targets) {
    this.#scopes = scopes;
    this.#targets = targets;
  }

  /** Whether an expression's value is new, or with `deep` all that it holds. */
  of(value: ast.Expression, deep: boolean): boolean {
    const at = unwrap(value);
    if (ast.isAwaitExpression(at)) return this.of(at.expression, deep);
    if (ast.isConditionalExpression(at)) {
      return this.of(at.whenTrue, deep) && this.of(at.whenFalse, deep);
    }
    if (isCallLike(at)) return this.#made(at, deep);
    if (ast.isObjectLiteralExpression(at)) return !deep || at.properties.every(this.#isNewMember);
    if (ast.isArrayLiteralExpression(at)) return !deep || at.elements.every(this.#isNewElement);
    if (isLogical(at)) return this.of(at.left, deep) && this.of(at.right, deep);
    if (isPrimitive(at) || isFunctionExpression(at)) return true;
    if (!deep) return false;
    if (ast.isPropertyAccessExpression(at) || ast.isElementAccessExpression(at)) {
      return this.of(at.expression, true);
    }
    return ast.isIdentifier(at) && this.#isNewVariable(at);
  }

  /** Whether a variable only ever holds values that were made for it, with `deep` to the bottom. */
  ofVariable(declaration: ast.Node, deep: boolean): boolean {
    if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name))
      return false;
    if (this.#active.has(declaration)) return false;
    this.#active.add(declaration);
    try {
      const { initializer } = declaration;
      if (initializer !== undefined && !this.of(initializer, deep)) return false;
      const binding = this.#scopes.of(declaration.name);
      if (binding === undefined || (deep && !this.isUnmixed(binding))) return false;
      if (binding.kind === 'const') return initializer !== undefined;
      return this.#scopes.writes(binding).every((name) => this.#isNewAssignment(name, deep));
    } finally {
      this.#active.delete(declaration);
    }
  }

  /** Whether nothing that is not new is ever put into what a variable holds. */
  isUnmixed(binding: Binding): boolean {
    const known = this.#mixed.get(binding.declaration);
    if (known !== undefined) return !known;
    let mixed = false;
    const look = (node: ast.Node): void => {
      const put = mixed ? [] : putInto(node, binding.name);
      mixed ||= put.some((value) => !this.of(value, true));
    };
    walk(binding.scope, look, { intoFunctions: true });
    this.#mixed.set(binding.declaration, mixed);
    return !mixed;
  }

  #isNewAssignment(name: ast.Identifier, deep: boolean): boolean {
    const { parent } = name;
    return isAssignment(parent) && parent.left === name && this.of(parent.right, deep);
  }

  #isNewVariable(name: ast.Identifier): boolean {
    const declaration = this.#scopes.of(name)?.declaration;
    if (declaration === undefined) return name.text === 'undefined';
    if (enclosingFunction(declaration) !== enclosingFunction(name)) return false;
    return this.ofVariable(declaration, true);
  }

  readonly #isNewMember = (member: ast.ObjectLiteralElementLike): boolean => {
    if (ast.isPropertyAssignment(member)) return this.of(member.initializer, true);
    if (ast.isSpreadAssignment(member)) return this.of(member.expression, true);
    if (!ast.isShorthandPropertyAssignment(member)) return true;
    return ast.isIdentifier(member.name) && this.#isNewVariable(member.name);
  };

  readonly #isNewElement = (element: ast.Expression): boolean => {
    return this.of(ast.isSpreadElement(element) ? element.expression : element, true);
  };

  #made(call: CallLike, deep: boolean): boolean {
    if (ast.isNewExpression(call)) return !deep || argumentsOf(call).every(this.#isNewElement);
    const callee = calleeOf(call);
    const target = this.#targets.of(callee);
    if (target.kind !== 'known') return false;
    const { effect } = target;
    if (!deep) return effect.fresh !== false;
    if (effect.fresh === 'deep' || OUTSIDE.has(effect.reads)) return true;
    if (effect.calls === true || effect.fresh === false) return false;
    const receiver = ast.isPropertyAccessExpression(callee) ? callee.expression : undefined;
    const isMember = receiver !== undefined && isObject(receiver);
    return argumentsOf(call).every(this.#isNewElement) && (!isMember || this.of(receiver, true));
  }
}

/** Namespaces of functions (`Object.keys`, `_.omit`) give nothing of their own, unlike objects. */
function isObject(receiver: ast.Expression): boolean {
  return !/^(?:[A-Z]\w*|_)$/.test(receiver.getText());
}

/** The values that a node puts into an object that is reached through a variable: `x.a = b`, `x.list.push(b)`. */
function putInto(node: ast.Node, name: string): readonly ast.Expression[] {
  if (isAssignment(node)) {
    const target = unwrap(node.left);
    return !ast.isIdentifier(target) && rootName(target) === name ? [node.right] : [];
  }
  if (!ast.isCallExpression(node)) return [];
  const callee = calleeOf(node);
  if (!ast.isPropertyAccessExpression(callee) || !PUTS.has(callee.name.text)) return [];
  return rootName(callee.expression) === name ? node.arguments : [];
}

function rootName(node: ast.Expression): string | undefined {
  let at = unwrap(node);
  while (ast.isPropertyAccessExpression(at) || ast.isElementAccessExpression(at)) {
    at = unwrap(at.expression);
  }
  return ast.isIdentifier(at) ? at.text : undefined;
}

/** Values that cannot change. */
function isPrimitive(node: ast.Expression): boolean {
  if (ast.isLiteralExpression(node) || ast.isTemplateExpression(node)) return true;
  if (ast.isPrefixUnaryExpression(node) || ast.isPostfixUnaryExpression(node)) return true;
  if (ast.isTypeOfExpression(node) || ast.isVoidExpression(node)) return true;
  if (ast.isBinaryExpression(node)) return !isAssignment(node) && !isComma(node);
  const { kind } = node;
  return (
    kind === ast.SyntaxKind.TrueKeyword ||
    kind === ast.SyntaxKind.FalseKeyword ||
    kind === ast.SyntaxKind.NullKeyword
  );
}
