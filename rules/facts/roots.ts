/** Which object an expression stands for, as far as its effects tell objects apart: by the variable that holds it. */
import * as ast from '#ast';
import type { Root } from './places.ts';
import type { Binding, Scopes } from './scopes.ts';
import { isAssignment, isFunctionExpression, unwrap } from './syntax.ts';
import { type CallLike, calleeOf, isCallLike, type Targets } from './targets.ts';

const OTHER: Root = { kind: 'other' };

/** How many names for the same object are followed. */
const MOST_NAMES = 8;

/** Tells new objects from those that others may hold. */
export class Roots {
  readonly #scopes: Scopes;
  readonly #targets: Targets;

  constructor(scopes: Scopes, targets: Targets) {
    this.#scopes = scopes;
    this.#targets = targets;
  }

  /** The root of an object that is read or changed; nothing when it is new and nobody else's. */
  of(object: ast.Expression): Root | undefined {
    let at = unwrap(object);
    for (let names = 0; names < MOST_NAMES; names++) {
      if (at.kind === ast.SyntaxKind.ThisKeyword) return { kind: 'this' };
      if (!ast.isIdentifier(at)) return this.#isNew(at) ? undefined : OTHER;
      const binding = this.#scopes.of(at);
      if (binding === undefined) return OTHER;
      const alias = aliasOf(binding);
      if (alias === undefined) return { kind: 'variable', declaration: binding.declaration };
      at = alias;
    }
    return OTHER;
  }

  /** Whether a variable only ever holds objects that were made for it. */
  isFresh(declaration: ast.Node): boolean {
    if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name))
      return false;
    const { initializer } = declaration;
    if (initializer !== undefined && !this.#isNew(unwrap(initializer))) return false;
    const binding = this.#scopes.of(declaration.name);
    if (binding === undefined || binding.kind === 'const') return initializer !== undefined;
    return this.#scopes.writes(binding).every((name) => {
      const { parent } = name;
      return isAssignment(parent) && parent.left === name && this.#isNew(unwrap(parent.right));
    });
  }

  #isNew(node: ast.Expression): boolean {
    if (ast.isAwaitExpression(node)) {
      const operand = unwrap(node.expression);
      return isCallLike(operand) && this.#isNew(operand);
    }
    if (ast.isConditionalExpression(node)) {
      return this.#isNew(unwrap(node.whenTrue)) && this.#isNew(unwrap(node.whenFalse));
    }
    if (isCallLike(node)) return this.#makesNew(node);
    return (
      ast.isObjectLiteralExpression(node) ||
      ast.isArrayLiteralExpression(node) ||
      ast.isLiteralExpression(node) ||
      ast.isTemplateExpression(node) ||
      isFunctionExpression(node)
    );
  }

  #makesNew(call: CallLike): boolean {
    if (ast.isNewExpression(call)) return true;
    const target = this.#targets.of(calleeOf(call));
    return target.kind === 'known' && target.effect.fresh !== false;
  }
}

/** `b` of `const a = b`. */
function aliasOf({ kind, declaration }: Binding): ast.Expression | undefined {
  if (kind !== 'const' || !ast.isVariableDeclaration(declaration)) return undefined;
  if (!ast.isIdentifier(declaration.name) || declaration.initializer === undefined)
    return undefined;
  const value = unwrap(declaration.initializer);
  const isName = ast.isIdentifier(value) || value.kind === ast.SyntaxKind.ThisKeyword;
  return isName ? value : undefined;
}
