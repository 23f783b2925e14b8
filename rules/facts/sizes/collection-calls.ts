/** How many values a call hands out: methods of collections, their makers, and functions of the project. */
import * as ast from '#ast';
import { isOwn } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import {
  collect,
  enclosingFunction,
  isFunction,
  isFunctionExpression,
  isMethodCall,
  type MethodCall,
  unwrap,
} from '../shape/syntax.ts';
import {
  atMost,
  either,
  exactly,
  fewer,
  mostOf,
  product,
  type Size,
  smallest,
  sum,
  UNKNOWN,
} from './bounds.ts';
import { isCapped } from './capping.ts';
import type { Sizes } from './sizes.ts';

/** Methods that hand out as many values as they were called on. */
const KEEPING = new Set(
  'map sort toSorted reverse toReversed fill keys values entries with toArray'.split(' '),
);

/** Libraries of functions that take the collection as the first argument. */
const LIBRARY = /^(?:lodash|underscore|radash|es-toolkit|remeda)/;

/** Functions that cut a collection into pieces. */
export const CUTTING = /chunk|batch|splitEvery|inGroupsOf|paginate|^slices?$/i;

/** Works out how many values calls hand out. */
export class CollectionCalls {
  readonly #sizes: Sizes;
  readonly #calls: Calls;
  readonly #origins: Origins;

  constructor(sizes: Sizes, calls: Calls, origins: Origins) {
    this.#sizes = sizes;
    this.#calls = calls;
    this.#origins = origins;
  }

  /** How many values the collection holds that a call hands out. */
  of(call: ast.CallExpression): Size {
    const [first] = call.arguments;
    if (isMethodCall(call)) {
      const made = this.#made(call) ?? this.#method(call);
      if (made !== undefined) return made;
    } else if (call.expression.getText() === 'Array') return this.#counted(call);
    if (first !== undefined && this.#isLibrary(call)) return this.#library(call, first);
    if (first !== undefined && isCutting(call)) return fewer(this.#sizes.of(first));
    return this.#result(call);
  }

  /** How many values `new Set(…)`, `new Map(…)` and `new Array(…)` hold. */
  ofNew(made: ast.NewExpression): Size {
    const name = made.expression.getText();
    if (name === 'Array') return this.#counted(made);
    if (name !== 'Set' && name !== 'Map') return UNKNOWN;
    const [first] = made.arguments ?? [];
    return first === undefined ? exactly(0) : fewer(this.#sizes.of(first));
  }

  /** How many values are in each piece that a cutting function hands out. */
  pieces(call: ast.CallExpression): Size | undefined {
    if (!isCutting(call)) return undefined;
    for (const argument of call.arguments) {
      const n = mostOf(this.#sizes.number(argument));
      if (n !== undefined) return atMost(n);
    }
    return UNKNOWN;
  }

  /** `Object.keys(x)`, `Array.from(x)`, `Array.of(…)`, `Promise.all(xs)`. */
  #made(call: MethodCall): Size | undefined {
    const owner = call.expression.expression.getText();
    const { text } = call.expression.name;
    const [first] = call.arguments;
    if (first === undefined) return undefined;
    if (owner === 'Object') {
      if (['keys', 'values', 'entries', 'getOwnPropertyNames'].includes(text)) {
        return this.#sizes.keysOf(first);
      }
      return text === 'freeze' ? this.#sizes.of(first) : undefined;
    }
    if (owner === 'Array') {
      if (text === 'of') return sum(this.#sizes.elements(call.arguments));
      return text === 'from' || text === 'fromAsync' ? this.#arrayFrom(first) : undefined;
    }
    if (owner !== 'Promise') return undefined;
    return text === 'all' || text === 'allSettled' ? this.#sizes.of(first) : undefined;
  }

  #arrayFrom(source: ast.Expression): Size {
    const at = unwrap(source);
    if (!ast.isObjectLiteralExpression(at)) return this.#sizes.of(at);
    for (const property of at.properties) {
      if (nameOf(property) !== 'length') continue;
      if (ast.isPropertyAssignment(property)) return this.#sizes.number(property.initializer);
    }
    return UNKNOWN;
  }

  #counted(made: ast.CallExpression | ast.NewExpression): Size {
    const given = made.arguments ?? [];
    const [first] = given;
    if (given.length === 1 && first && !ast.isSpreadElement(first))
      return this.#sizes.number(first);
    return sum(this.#sizes.elements(given));
  }

  #method(call: MethodCall): Size | undefined {
    const { expression: receiver, name } = call.expression;
    const own = () => this.#sizes.of(receiver);
    if (this.#isLibrary(call)) return undefined;
    if (KEEPING.has(name.text)) return own();
    switch (name.text) {
      case 'filter':
      case 'drop':
        return fewer(own());
      case 'concat':
        return sum([own(), ...this.#sizes.all(call.arguments)]);
      case 'slice':
      case 'subarray':
        return this.#slice(call);
      case 'splice':
        return call.arguments[1] ? this.#cutTo(call.arguments[1], receiver) : fewer(own());
      case 'take':
        return call.arguments[0] ? this.#cutTo(call.arguments[0], receiver) : undefined;
      case 'flat':
      case 'flatMap':
        return this.#flat(call);
      case 'split':
        return call.arguments[1] ? this.#cutTo(call.arguments[1], receiver) : this.#split(call);
      default:
        return undefined;
    }
  }

  /** Cut to a number: where the number is not known, a person chose it elsewhere. */
  #cutTo(count: ast.Expression, collection: ast.Expression): Size {
    const cut = smallest([this.#sizes.number(count), this.#sizes.of(collection)]);
    return 'n' in cut ? cut : UNKNOWN;
  }

  #slice(call: MethodCall): Size {
    const [from, to] = call.arguments;
    const own = call.expression.expression;
    if (from !== undefined && to === undefined) {
      const last = negated(from);
      return last === undefined ? fewer(this.#sizes.of(own)) : this.#cutTo(last, own);
    }
    if (from === undefined || to === undefined || negated(to)) return fewer(this.#sizes.of(own));
    const start = mostOf(this.#sizes.number(from));
    const end = mostOf(this.#sizes.number(to));
    if (start !== undefined && end !== undefined) return atMost(Math.max(0, end - start));
    const step = stepBetween(from, to);
    return step === undefined ? UNKNOWN : this.#cutTo(step, own);
  }

  #flat(call: MethodCall): Size {
    const own = this.#sizes.of(call.expression.expression);
    const [callback] = call.arguments;
    if (!('n' in own) || callback === undefined) return 'n' in own ? UNKNOWN : own;
    const body = isFunctionExpression(callback) ? callback.body : undefined;
    if (body === undefined || ast.isBlock(body)) return UNKNOWN;
    return product(own, this.#sizes.of(body));
  }

  #split(call: MethodCall): Size {
    const text = unwrap(call.expression.expression);
    const separator = call.arguments[0] && unwrap(call.arguments[0]);
    if (!ast.isStringLiteral(text) || !separator) return this.#sizes.of(text);
    return ast.isStringLiteral(separator)
      ? exactly(text.text.split(separator.text).length)
      : atMost(text.text.length);
  }

  #isLibrary(call: ast.CallExpression): boolean {
    return LIBRARY.test(this.#calls.imported(call.expression)?.module ?? '');
  }

  #library(call: ast.CallExpression, first: ast.Expression): Size {
    const name = this.#calls.imported(call.expression)?.name ?? '';
    const own = this.#sizes.of(first);
    if (/^(?:range|times)$/.test(name)) return this.#sizes.number(call.arguments.at(-1) ?? first);
    if (/^(?:take\w*|sampleSize)$/.test(name)) {
      return call.arguments[1] ? this.#cutTo(call.arguments[1], first) : atMost(1);
    }
    if (/flat/i.test(name)) return 'n' in own ? UNKNOWN : own;
    return fewer(own);
  }

  /** A function of the project is as big as what it returns; any other hands out what comes from outside. */
  #result(call: ast.CallExpression): Size {
    if (isCapped(call, this.#origins) || this.#isRegistered(call)) return UNKNOWN;
    const declaration = this.#calls.declaration(call);
    const returned =
      declaration && isOwn(declaration.path) ? returnsOf(declaration.node()) : undefined;
    const isAwaited = ast.isAwaitExpression(call.parent);
    if (!isAwaited && call.arguments.some((one) => this.#isBounded(one))) return UNKNOWN;
    if (returned !== undefined && returned.length > 0) {
      return either(this.#sizes.all(returned));
    }
    return declaration === undefined && !isAwaited ? UNKNOWN : this.#sizes.fromOutside(call);
  }

  /** `relations.get(model)`, where `relations` is a map of the module: the code itself has put there what it declares. */
  #isRegistered(call: ast.CallExpression): boolean {
    if (!isMethodCall(call, 'get')) return false;
    const made = this.#origins.initializerOf(call.expression.expression);
    return made !== undefined && ast.isNewExpression(made) && !enclosingFunction(made);
  }

  #isBounded(argument: ast.Expression): boolean {
    const at = unwrap(argument);
    if (!ast.isIdentifier(at) && !ast.isPropertyAccessExpression(at)) return false;
    return 'n' in this.#sizes.of(at);
  }
}

function isCutting(call: ast.CallExpression): boolean {
  const callee = unwrap(call.expression);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name : callee;
  return ast.isIdentifier(name) && CUTTING.test(name.text) && call.arguments.length >= 2;
}

/** `2` for `-2`. */
function negated(node: ast.Expression): ast.Expression | undefined {
  const at = unwrap(node);
  if (!ast.isPrefixUnaryExpression(at)) return undefined;
  return at.operator === ast.SyntaxKind.MinusToken ? at.operand : undefined;
}

/** `n` for the bounds `i` and `i + n`, also within `Math.min`. */
function stepBetween(from: ast.Expression, to: ast.Expression): ast.Expression | undefined {
  const end = unwrap(to);
  if (ast.isCallExpression(end) && end.expression.getText() === 'Math.min') {
    return end.arguments.map((one) => stepBetween(from, one)).find((one) => one !== undefined);
  }
  if (!ast.isBinaryExpression(end) || end.operatorToken.kind !== ast.SyntaxKind.PlusToken) {
    return undefined;
  }
  const start = from.getText();
  if (end.left.getText() === start) return end.right;
  return end.right.getText() === start ? end.left : undefined;
}

function nameOf(property: ast.ObjectLiteralElementLike): string {
  return 'name' in property ? (property.name?.getText() ?? '') : '';
}

/** What a function of the project returns, if its body is at hand. */
function returnsOf(node: ast.Node | undefined): readonly ast.Expression[] | undefined {
  const value = node !== undefined && ast.isVariableDeclaration(node) ? node.initializer : node;
  if (value === undefined || !isFunction(value) || value.body === undefined) return undefined;
  if (!ast.isBlock(value.body)) return [value.body];
  return collect(value.body, ast.isReturnStatement).flatMap(({ expression }) => expression ?? []);
}
