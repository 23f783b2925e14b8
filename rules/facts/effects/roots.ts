/**
 * Which object an expression stands for, as far as effects tell objects apart: by the variable that it is reached through.
 * What has just been made, or has just come from outside (a row, a parsed file), is nobody else's and does not count.
 */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { unwrap } from '../shape/syntax.ts';
import type { Freshness } from './freshness.ts';
import type { Root } from './places.ts';

const OTHER: Root = { kind: 'other' };

/** How many names for the same object are followed. */
const MOST_NAMES = 12;

/** A value, and whether the object in question is reached within it rather than being it. */
interface Step {
  readonly at: ast.Expression;
  readonly within: boolean;
}

/** Finds the roots of objects. */
export class Roots {
  readonly #scopes: Scopes;
  readonly #freshness: Freshness;

  constructor(scopes: Scopes, freshness: Freshness) {
    this.#scopes = scopes;
    this.#freshness = freshness;
  }

  /** The root of an object (or of what is within it); nothing when it is new and nobody else's. */
  of(object: ast.Expression, within = false): Root | undefined {
    let step: Step = { at: unwrap(object), within };
    for (let names = 0; names < MOST_NAMES; names++) {
      const { at } = step;
      if (at.kind === ast.SyntaxKind.ThisKeyword) return step.within ? OTHER : { kind: 'this' };
      if (ast.isPropertyAccessExpression(at) || ast.isElementAccessExpression(at)) {
        step = { at: unwrap(at.expression), within: true };
      } else if (!ast.isIdentifier(at)) {
        return this.#freshness.of(at, step.within) ? undefined : OTHER;
      } else {
        const next = this.#behind(at, step.within);
        if (!isStep(next)) return next;
        step = next;
      }
    }
    return OTHER;
  }

  #behind(name: ast.Identifier, within: boolean): Step | Root {
    const binding = this.#scopes.of(name);
    if (binding === undefined) return OTHER;
    const { declaration, kind } = binding;
    const source = kind === 'const' ? sourceOf(declaration, within) : undefined;
    if (source !== undefined) return source;
    if (ast.isBindingElement(declaration)) {
      const owner = ownerOf(declaration);
      const isParameter = ast.isParameterDeclaration(owner);
      return isParameter ? { kind: 'variable', declaration: owner, within: true } : OTHER;
    }
    if (within && !this.#freshness.isUnmixed(binding)) return OTHER;
    return { kind: 'variable', declaration, within };
  }
}

function isStep(value: Step | Root): value is Step {
  return 'at' in value;
}

/** `b` of `const a = b`, `b` of `const a = b.c`, `b` of `const { a } = b` and of `for (const a of b)`. */
function sourceOf(declaration: ast.Node, within: boolean): Step | undefined {
  if (ast.isBindingElement(declaration)) {
    const owner = ownerOf(declaration);
    const value = ast.isVariableDeclaration(owner) ? owner.initializer : undefined;
    return value && { at: unwrap(value), within: true };
  }
  if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name))
    return undefined;
  const loop = declaration.parent.parent;
  if (ast.isForOfStatement(loop) && loop.initializer === declaration.parent) {
    return { at: unwrap(loop.expression), within: true };
  }
  const value = declaration.initializer && unwrap(declaration.initializer);
  if (value === undefined) return undefined;
  const isAlias =
    ast.isIdentifier(value) ||
    ast.isPropertyAccessExpression(value) ||
    ast.isElementAccessExpression(value) ||
    value.kind === ast.SyntaxKind.ThisKeyword;
  return isAlias ? { at: value, within } : undefined;
}

/** The variable or parameter whose pattern an element belongs to. */
function ownerOf(element: ast.BindingElement): ast.Node {
  let at: ast.Node = element;
  while (ast.isBindingElement(at)) at = at.parent.parent;
  return at;
}
