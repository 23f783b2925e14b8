/**
 * Whether those who use a function take a promise from it as gladly as nothing. The compiler minds where they ask for
 * `() => void | string[]` or `() => undefined`; where they ask for `() => void` nobody would hear it reject, but for
 * attributes of JSX, where that is the custom.
 */
import * as ast from '#ast';
import { type Program, type Type, TypeFlags } from '#program';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import { slotOf } from '../shape/slots.ts';
import {
  collect,
  enclosingFunction,
  type FunctionNode,
  isFunctionExpression,
  wrapped,
} from '../shape/syntax.ts';

const ANYTHING = TypeFlags.Any | TypeFlags.Unknown;

/** Looks at all that a file does with a function, as far as types ask something of it. */
export class Handovers {
  readonly #query: Program['query'];
  readonly #scopes: Scopes;

  constructor(program: Program, scopes: Scopes) {
    this.#query = program.query;
    this.#scopes = scopes;
  }

  /** Whether a function that gives nothing may give a promise, for all who call it or are handed it. */
  takePromise(fn: FunctionNode): boolean {
    return this.#uses(fn).every((use) => {
      const { parent } = wrapped(use);
      const isCalled = ast.isCallExpression(parent) && parent.expression === wrapped(use);
      return isCalled ? this.#takesResult(parent) : this.#takesFunction(use);
    });
  }

  #uses(fn: FunctionNode): readonly ast.Expression[] {
    if (ast.isMethodDeclaration(fn)) return usesOfMember(fn);
    const holder = ast.isFunctionDeclaration(fn) ? fn : wrapped(fn).parent;
    const isNamed = ast.isFunctionDeclaration(holder) || ast.isVariableDeclaration(holder);
    const name = isNamed ? holder.name : undefined;
    if (name === undefined || !ast.isIdentifier(name)) return [];
    return usesOf(name.text, fn.getSourceFile()).filter((use) => {
      return use !== name && this.#scopes.of(use)?.declaration === holder;
    });
  }

  /** Whether the place that a function goes to is content with what it returns then. */
  #takesFunction(use: ast.Expression): boolean {
    const type = this.#query.contextualType(use);
    const isKnown = type !== undefined && !isAnything(type);
    if (!isKnown && isArgument(wrapped(use))) return false;
    const results = isKnown ? this.#query.results([type]) : [];
    const isAttribute = slotOf(use)?.kind === 'attribute';
    return results.every((one) => (isAttribute && isVoid(one)) || this.#holdsPromise(one));
  }

  /** Whether the place of a call is: a statement, or an attribute's arrow that has no type of its own. */
  #takesResult(call: ast.CallExpression): boolean {
    const { parent } = wrapped(call);
    if (ast.isExpressionStatement(parent)) return true;
    const type = this.#query.contextualType(call);
    if (type === undefined || this.#holdsPromise(type)) return true;
    const fn = enclosingFunction(call);
    if (!isVoid(type) || fn === undefined || !isFunctionExpression(fn)) return false;
    return fn.type === undefined && slotOf(fn)?.kind === 'attribute';
  }

  #holdsPromise(type: Type | undefined): boolean {
    if (type === undefined || isAnything(type)) return true;
    if ((type.flags & TypeFlags.TypeParameter) !== 0) return true;
    const own = [this.#query.global('Promise')?.id, this.#query.global('PromiseLike')?.id];
    return this.#query.parts(type).some((part) => {
      const [value] = own.includes(this.#query.symbolId(part))
        ? this.#query.typeArguments(part)
        : [];
      const values = value === undefined ? [] : this.#query.parts(value);
      return values.some(({ flags }) => (flags & (ANYTHING | TypeFlags.Void)) !== 0);
    });
  }
}

/** What is handed to a call; without a type of its place, nobody knows what becomes of a promise there. */
function isArgument(node: ast.Node): boolean {
  const { parent } = node;
  const isCall = ast.isCallExpression(parent) || ast.isNewExpression(parent);
  return isCall && parent.arguments?.some((one) => one === node) === true;
}

function isAnything(type: Type): boolean {
  return (type.flags & ANYTHING) !== 0;
}

function isVoid(type: Type | undefined): boolean {
  return type !== undefined && (type.flags & TypeFlags.Void) !== 0;
}

/** `this.save`, wherever the class has it. */
function usesOfMember({ name, parent }: ast.MethodDeclaration): readonly ast.Expression[] {
  return collect(parent, ast.isPropertyAccessExpression, { intoFunctions: true }).filter((use) => {
    const isOwn = use.expression.kind === ast.SyntaxKind.ThisKeyword;
    return isOwn && use.name.getText() === name.getText();
  });
}
