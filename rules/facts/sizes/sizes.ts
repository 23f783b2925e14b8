/**
 * How many values a collection holds. Constants are followed to where they are made, collections that are filled later
 * to where they are filled. What a caller passes, a function returns or a file or database holds is `input`. Names
 * are evidence only for silence: what is called a batch was cut to size by somebody.
 */
import * as ast from '#ast';
import { type Program, together } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import type { Promises } from '../promises/promises.ts';
import { isFunctionExpression, isLogical, isMethodCall, unwrap } from '../shape/syntax.ts';
import { either, exactly, INPUT, product, type Size, sum, UNKNOWN } from './bounds.ts';
import { isCapped, takesParts } from './capping.ts';
import { CollectionCalls } from './collection-calls.ts';
import {
  type Addition,
  additionsTo,
  assignmentsTo,
  type Loop,
  perElementCall,
  type Repeater,
} from './growth.ts';
import { Numbers } from './numbers.ts';
import { SmallTypes } from './small-types.ts';
import { elementsOf, sourceOf, unwrapAwait } from './taking-apart.ts';

/** Names that say that somebody cut a larger collection to size, or keeps it small. */
const CUT = /(?:batch|chunk|slice|window|page)(?!e?s)|^(?:freq|recent)/i;

/** Names of functions that call another for one part after the other. */
const HANDING_OUT = /(?:batch|chunk)(?:e?s|ed)?$|per(?:batch|chunk)|\b(?:batch|chunk)\.\w+$/i;

/** Names of objects that a person fills in by hand. */
const CONFIGURED =
  /^(?:\w*[cC]onfig(?:uration)?|\w*[sS]ettings|\w*[oO]ptions|opts|env|argv|process|[A-Z][A-Z_\d]+)$/;

/** Works out sizes; nothing is remembered, as few collections are ever asked for. */
export class Sizes {
  readonly #origins: Origins;
  readonly #types: SmallTypes;
  readonly #calls: CollectionCalls;
  readonly #numbers: Numbers;
  readonly #open = new Set<ast.Node>();

  constructor(program: Program, calls: Calls, origins: Origins, promises: Promises) {
    this.#origins = origins;
    this.#types = new SmallTypes(program, promises);
    this.#numbers = new Numbers(this, origins);
    this.#calls = new CollectionCalls(this, calls, origins);
  }

  /** How many values an array, a set, a map or another iterable holds. */
  of(node: ast.Expression): Size {
    const at = unwrap(node);
    // A collection made of itself (`xs = xs.filter(…)`) is no larger for it.
    if (this.#open.has(at)) return exactly(0);
    this.#open.add(at);
    try {
      return this.#collection(at);
    } finally {
      this.#open.delete(at);
    }
  }

  /** How big a number can be. */
  number(node: ast.Expression): Size {
    return this.#numbers.of(node);
  }

  /** How many values an element of an array literal, or an argument, stands for. */
  element(node: ast.Expression): Size {
    return ast.isSpreadElement(node) ? this.of(node.expression) : exactly(1);
  }

  /** How many values each of some elements or arguments stands for, all asked together. */
  elements(nodes: readonly ast.Expression[]): readonly Size[] {
    return together(nodes.map((one) => () => this.element(one)));
  }

  /** How many values each of some collections holds, all asked together. */
  all(nodes: readonly ast.Expression[]): readonly Size[] {
    return together(nodes.map((one) => () => this.of(one)));
  }

  /** How many keys an object has. */
  keysOf(node: ast.Expression): Size {
    const at = unwrap(node);
    if (ast.isObjectLiteralExpression(at)) {
      return sum(
        at.properties.map((one) =>
          ast.isSpreadAssignment(one) ? this.keysOf(one.expression) : exactly(1),
        ),
      );
    }
    const declaration = this.#origins.declarationOf(at);
    if (declaration && ast.isEnumDeclaration(declaration))
      return exactly(declaration.members.length);
    const small = this.#types.keysOf(at);
    if (small !== undefined) return small;
    if (declaration && ast.isVariableDeclaration(declaration)) return this.#variable(declaration);
    return this.#isOutside(at) ? INPUT : UNKNOWN;
  }

  /** How often a loop runs. */
  iterations(loop: Loop): Size {
    if (ast.isForOfStatement(loop)) return this.of(loop.expression);
    if (ast.isForInStatement(loop)) return this.keysOf(loop.expression);
    if (!ast.isForStatement(loop) || loop.condition === undefined) return UNKNOWN;
    const condition = unwrap(loop.condition);
    if (!ast.isBinaryExpression(condition) || !isCounting(loop)) return UNKNOWN;
    return condition.operatorToken.kind === ast.SyntaxKind.LessThanToken ||
      condition.operatorToken.kind === ast.SyntaxKind.LessThanEqualsToken
      ? this.number(condition.right)
      : UNKNOWN;
  }

  /** The size of what comes from outside: input, unless its type says that there are few. */
  fromOutside(node: ast.Expression): Size {
    return this.#types.sizeOf(node) ?? INPUT;
  }

  #collection(at: ast.Expression): Size {
    if (ast.isArrayLiteralExpression(at)) return sum(this.elements(at.elements));
    if (ast.isStringLiteral(at)) return exactly(at.text.length);
    if (ast.isObjectLiteralExpression(at)) return this.keysOf(at);
    if (ast.isConditionalExpression(at))
      return either([this.of(at.whenTrue), this.of(at.whenFalse)]);
    if (isLogical(at)) {
      const isAnd = at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken;
      return isAnd ? this.of(at.right) : either([this.of(at.left), this.of(at.right)]);
    }
    if (ast.isAwaitExpression(at)) return this.of(at.expression);
    if (ast.isCallExpression(at)) return this.#calls.of(at);
    if (ast.isNewExpression(at)) return this.#calls.ofNew(at);
    if (ast.isIdentifier(at)) return this.#named(at);
    if (ast.isPropertyAccessExpression(at)) return this.#member(at);
    if (ast.isElementAccessExpression(at)) return this.#isOutside(at) ? INPUT : UNKNOWN;
    return at.kind === ast.SyntaxKind.NullKeyword ? exactly(0) : UNKNOWN;
  }

  #named(name: ast.Identifier): Size {
    if (name.text === 'undefined') return exactly(0);
    const declaration = this.#origins.declarationOf(name);
    const size = declaration === undefined ? UNKNOWN : this.#declared(declaration, name);
    return 'n' in size || !CUT.test(name.text) ? size : UNKNOWN;
  }

  #declared(declaration: ast.Node, name: ast.Identifier): Size {
    if (ast.isVariableDeclaration(declaration)) return this.#variable(declaration);
    if (ast.isParameterDeclaration(declaration)) return this.#parameter(declaration, name);
    if (ast.isBindingElement(declaration)) return this.#destructured(declaration, name);
    return UNKNOWN;
  }

  #variable(declaration: ast.VariableDeclaration): Size {
    const head = declaration.parent.parent;
    if (ast.isForOfStatement(head)) return this.#elementOf(head.expression);
    const { initializer } = declaration;
    const given = [...(initializer ? [initializer] : []), ...assignmentsTo(declaration)];
    if (ast.isForInStatement(head) || given.length === 0) return UNKNOWN;
    const start = either(this.all(given));
    const additions = additionsTo(declaration);
    // An empty collection that nothing here fills is filled by somebody else.
    if (additions.length === 0) return 'n' in start && start.n === 0 ? UNKNOWN : start;
    return sum([start, ...together(additions.map((one) => () => this.#added(one)))]);
  }

  #added({ values, repeaters }: Addition): Size {
    if (repeaters === undefined) return UNKNOWN;
    const once = sum(this.elements(values));
    return repeaters.reduce((size, repeater) => product(size, this.#times(repeater)), once);
  }

  #times(repeater: Repeater): Size {
    if (!ast.isCallExpression(repeater)) return this.iterations(repeater);
    return isMethodCall(repeater) ? this.of(repeater.expression.expression) : UNKNOWN;
  }

  #parameter(declaration: ast.ParameterDeclaration, name: ast.Identifier): Size {
    const fn = declaration.parent;
    if (declaration.dotDotDotToken || CONFIGURED.test(name.text) || takesParts(fn)) return UNKNOWN;
    const call = perElementCall(fn);
    if (call !== undefined && declaration === firstParameter(fn)) {
      return this.#elementOf(call.expression.expression);
    }
    const taker = ast.isCallExpression(fn.parent) ? fn.parent : undefined;
    // `inBatches(query, (users) => …)` hands out what it has cut to size.
    if (taker !== undefined && HANDING_OUT.test(taker.expression.getText())) return UNKNOWN;
    const [first] = taker?.arguments ?? [];
    const pieces =
      first && first !== fn && isFunctionExpression(fn) ? this.#elementOf(first) : INPUT;
    return 'n' in pieces ? pieces : this.fromOutside(name);
  }

  #destructured(element: ast.BindingElement, name: ast.Identifier): Size {
    const pattern = element.parent;
    const source = unwrapAwait(sourceOf(pattern));
    if (source !== undefined && ast.isArrayBindingPattern(pattern)) {
      const value = elementsOf(source)?.[pattern.elements.indexOf(element)];
      if (value !== undefined && !ast.isSpreadElement(value)) return this.of(value);
    }
    if (element.dotDotDotToken) return UNKNOWN;
    return this.#isOutsideDeclaration(element) ? this.fromOutside(name) : UNKNOWN;
  }

  #member(node: ast.PropertyAccessExpression): Size {
    if (CONFIGURED.test(node.name.text)) return this.#constant(node);
    if (this.#isOutside(node)) return CUT.test(node.getText()) ? UNKNOWN : this.fromOutside(node);
    return this.#constant(node);
  }

  /** What a constant object or a class says of a member, where it says it in full. */
  #constant(node: ast.PropertyAccessExpression): Size {
    const value = this.#origins.initializerOf(node);
    const size = value === undefined ? UNKNOWN : this.of(value);
    return 'n' in size && size.n > 0 ? size : UNKNOWN;
  }

  /** How many values each element of a collection of collections holds. */
  #elementOf(node: ast.Expression): Size {
    const at = unwrapAwait(unwrap(node));
    if (at === undefined) return UNKNOWN;
    if (ast.isArrayLiteralExpression(at)) {
      return either(
        this.all(at.elements.map((one) => (ast.isSpreadElement(one) ? one.expression : one))),
      );
    }
    if (ast.isCallExpression(at)) {
      const pieces = this.#calls.pieces(at);
      if (pieces !== undefined) return pieces;
      const body = isMethodCall(at, 'map') ? at.arguments[0] : undefined;
      if (body && isFunctionExpression(body) && !ast.isBlock(body.body)) return this.of(body.body);
      if (isMethodCall(at, 'filter', 'sort', 'slice', 'reverse', 'entries', 'values')) {
        return this.#elementOf(at.expression.expression);
      }
    }
    const declaration = ast.isIdentifier(at) ? this.#origins.declarationOf(at) : undefined;
    if (declaration && ast.isVariableDeclaration(declaration) && declaration.initializer) {
      const added = additionsTo(declaration).flatMap(({ values }) => values);
      if (added.length > 0) return either(this.all(added));
      return this.#elementOf(declaration.initializer);
    }
    return this.#isOutside(at) ? INPUT : UNKNOWN;
  }

  /** Whether a value is, or was read from, a parameter, what a function returned, or what was awaited. */
  #isOutside(node: ast.Expression): boolean {
    let at = unwrap(node);
    while (ast.isPropertyAccessExpression(at) || ast.isElementAccessExpression(at)) {
      if (ast.isPropertyAccessExpression(at) && CONFIGURED.test(at.name.text)) return false;
      at = unwrap(at.expression);
    }
    if (ast.isAwaitExpression(at)) {
      const awaited = unwrap(at.expression);
      return !ast.isCallExpression(awaited) || !isCapped(awaited, this.#origins);
    }
    if (ast.isCallExpression(at)) {
      return (
        !isCapped(at, this.#origins) && !/config|settings|options/i.test(at.expression.getText())
      );
    }
    if (!ast.isIdentifier(at) || CONFIGURED.test(at.text)) return false;
    const declaration = this.#origins.localOf(at);
    return declaration !== undefined && this.#isOutsideDeclaration(declaration);
  }

  #isOutsideDeclaration(declaration: ast.Node): boolean {
    if (ast.isParameterDeclaration(declaration)) {
      return declaration.dotDotDotToken === undefined && !isConfigured(declaration);
    }
    if (ast.isBindingElement(declaration))
      return this.#isOutsideDeclaration(declaration.parent.parent);
    if (!ast.isVariableDeclaration(declaration)) return false;
    const head = declaration.parent.parent;
    if (ast.isForOfStatement(head)) return this.#isOutside(head.expression);
    return declaration.initializer !== undefined && this.#isOutside(declaration.initializer);
  }
}

/** `i++` or `i += n`: the loop runs no more often than its bound says. */
function isCounting({ incrementor }: ast.ForStatement): boolean {
  if (incrementor === undefined) return false;
  const at = unwrap(incrementor);
  if (ast.isPostfixUnaryExpression(at) || ast.isPrefixUnaryExpression(at)) return true;
  return ast.isBinaryExpression(at) && at.operatorToken.kind === ast.SyntaxKind.PlusEqualsToken;
}

function isConfigured(parameter: ast.ParameterDeclaration): boolean {
  const type = parameter.type?.getText() ?? '';
  return CONFIGURED.test(parameter.name.getText()) || /(?:Options|Config|Settings)$/.test(type);
}

function firstParameter(fn: ast.Node): ast.Node | undefined {
  return isFunctionExpression(fn) ? fn.parameters[0] : undefined;
}
