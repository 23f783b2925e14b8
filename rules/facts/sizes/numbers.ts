/** How big a number can be: literals, constants, lengths and arithmetic over them. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import { isLogical, isMethodCall, unwrap } from '../shape/syntax.ts';
import {
  atMost,
  either,
  exactly,
  INPUT,
  mostOf,
  type Size,
  smallest,
  sum,
  UNKNOWN,
} from './bounds.ts';
import { assignmentsTo } from './growth.ts';
import type { Sizes } from './sizes.ts';

const ROUNDING = new Set(['ceil', 'floor', 'round', 'trunc']);

/** Works out numbers, as far as the code says them. */
export class Numbers {
  readonly #sizes: Sizes;
  readonly #origins: Origins;

  constructor(sizes: Sizes, origins: Origins) {
    this.#sizes = sizes;
    this.#origins = origins;
  }

  /** How big a number can be. */
  of(node: ast.Expression): Size {
    const at = unwrap(node);
    if (ast.isNumericLiteral(at)) return exactly(Number(at.text.replaceAll('_', '')));
    if (ast.isIdentifier(at)) return this.#named(at);
    if (ast.isPropertyAccessExpression(at)) return this.#member(at);
    if (ast.isCallExpression(at)) return this.#call(at);
    if (ast.isConditionalExpression(at)) return either([at.whenTrue, at.whenFalse].map(this.#each));
    if (isLogical(at)) return either([at.left, at.right].map(this.#each));
    if (ast.isBinaryExpression(at)) return this.#arithmetic(at);
    return UNKNOWN;
  }

  readonly #each = (node: ast.Expression): Size => this.of(node);

  #named(name: ast.Identifier): Size {
    const declaration = this.#origins.declarationOf(name);
    if (declaration === undefined) return UNKNOWN;
    if (ast.isParameterDeclaration(declaration)) {
      // A default says that the caller may choose: configuration rather than data.
      return declaration.initializer === undefined ? INPUT : UNKNOWN;
    }
    if (!ast.isVariableDeclaration(declaration) || !declaration.initializer) return UNKNOWN;
    if (assignmentsTo(declaration).length > 0) return UNKNOWN;
    return ast.isForStatement(declaration.parent.parent)
      ? UNKNOWN
      : this.of(declaration.initializer);
  }

  #member(node: ast.PropertyAccessExpression): Size {
    const { text } = node.name;
    if (text === 'length' || text === 'size') return this.#sizes.of(node.expression);
    const value = this.#origins.initializerOf(node);
    return value === undefined ? UNKNOWN : this.of(value);
  }

  #call(call: ast.CallExpression): Size {
    if (!isMethodCall(call) || call.expression.expression.getText() !== 'Math') return UNKNOWN;
    const { text } = call.expression.name;
    const sizes = call.arguments.map(this.#each);
    if (text === 'min') return smallest(sizes);
    if (text === 'max') return either(sizes);
    const [size] = sizes;
    return ROUNDING.has(text) && size !== undefined ? rounded(size) : UNKNOWN;
  }

  #arithmetic({ left, operatorToken, right }: ast.BinaryExpression): Size {
    const a = this.of(left);
    const b = this.of(right);
    const m = mostOf(a);
    const n = mostOf(b);
    switch (operatorToken.kind) {
      case ast.SyntaxKind.PlusToken:
        return sum([a, b]);
      case ast.SyntaxKind.MinusToken:
        return m === undefined
          ? a
          : n === undefined || b.kind !== 'exact'
            ? atMost(m)
            : withN(a, m - n);
      case ast.SyntaxKind.AsteriskToken:
        return m === undefined ? a : n === undefined ? b : withN(sum([a, b]), m * n);
      case ast.SyntaxKind.SlashToken:
        return m === undefined ? a : b.kind === 'exact' && n ? withN(a, Math.ceil(m / n)) : UNKNOWN;
      case ast.SyntaxKind.PercentToken:
        return n === undefined ? UNKNOWN : atMost(n);
      default:
        return UNKNOWN;
    }
  }
}

function withN(size: Size, n: number): Size {
  return size.kind === 'exact' ? exactly(n) : atMost(n);
}

function rounded(size: Size): Size {
  return 'n' in size ? withN(size, Math.ceil(size.n)) : size;
}
