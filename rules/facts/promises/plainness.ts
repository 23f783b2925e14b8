/**
 * What is surely no promise. A type that does not say so is not enough: `void` accepts functions that return promises,
 * `{}` and type parameters accept promises themselves.
 */
import * as ast from '#ast';
import { type Declaration, type Program, type Signature, type Type, TypeFlags } from '#program';
import { isScript } from '../names/modules.ts';
import type { Scopes } from '../names/scopes.ts';
import { givesNothing, isSilentCallback } from '../shape/contexts.ts';
import {
  enclosingFunction,
  hasModifier,
  isFunction,
  isFunctionExpression,
  isMethodCall,
  statementOf,
  unwrap,
} from '../shape/syntax.ts';
import { additionsTo } from '../sizes/growth.ts';
import { itemsOf, returnedBy } from './list-items.ts';
import { isNothing, type Promises } from './promises.ts';

const OPEN =
  TypeFlags.Any |
  TypeFlags.Unknown |
  TypeFlags.Never |
  TypeFlags.NonPrimitive |
  TypeFlags.TypeParameter |
  TypeFlags.IndexedAccess |
  TypeFlags.Conditional |
  TypeFlags.Substitution;

/** Tells values that surely have no `then` method from those of which the type leaves it open. */
export class Plainness {
  readonly #query: Program['query'];
  readonly #promises: Promises;
  readonly #scopes: Scopes;
  readonly #known = new Map<number, boolean>();

  constructor(program: Program, promises: Promises, scopes: Scopes) {
    this.#query = program.query;
    this.#promises = promises;
    this.#scopes = scopes;
  }

  /** Whether an expression's value surely is nothing that could be waited for. */
  of(node: ast.Expression): boolean {
    const at = unwrap(node);
    if (isFlow(at)) return false;
    const type = this.#query.typeAt(at);
    if (type === undefined || !this.ofType(type)) return false;
    if (isPassedByReducer(at) || this.#mayBeFilledElsewhere(at)) return false;
    if (!ast.isCallExpression(at)) return !this.#mayBeVoid(type);
    if (reducesToPromise(at) || this.#isHandedOn(at, type)) return false;
    const isVoid = this.#mayBeVoid(type);
    if (isVoid && !this.#surelyReturnsNothing(at)) return false;
    return !this.#isTypedByComment(at, isVoid);
  }

  /** Whether an expression's value may be something else than a promise or nothing. */
  mayBe(node: ast.Expression): boolean {
    const type = this.#query.typeAt(node);
    const parts = type === undefined ? [] : this.#query.parts(type);
    return parts.some((part) => !isNothing(part) && this.#promises.of(part) !== 'always');
  }

  /** Whether values of this type are surely no promises; `void` counts as nothing here. */
  ofType(type: Type): boolean {
    const known = this.#known.get(type.id);
    if (known !== undefined) return known;
    const answer = this.#judge(type);
    this.#known.set(type.id, answer);
    return answer;
  }

  /** `dispatch(thunk)`: by its type it gives the function back, but middleware may have called it. */
  #isHandedOn(call: ast.CallExpression, type: Type): boolean {
    if (this.#query.callSignatures(type).length === 0) return false;
    this.#query.expectTypes(call.arguments);
    return call.arguments.some((argument) => this.#query.typeAt(argument)?.id === type.id);
  }

  /** A variable that another function fills: at a use its type is narrowed to what was there before. */
  #mayBeFilledElsewhere(node: ast.Expression): boolean {
    const binding = ast.isIdentifier(node) ? this.#scopes.of(node) : undefined;
    if (binding === undefined || !ast.isVariableDeclaration(binding.declaration)) return false;
    const here = enclosingFunction(node);
    const writes = this.#scopes.writes(binding);
    if (!writes.some((write) => enclosingFunction(write) !== here)) return false;
    const type = this.#query.typeAt(binding.declaration.name);
    return type === undefined || !this.ofType(type);
  }

  /** Whether what a list, a set or the like holds surely is nothing that could be waited for. */
  ofItems(node: ast.Expression): boolean {
    const at = unwrap(node);
    const type = this.#query.typeAt(at);
    const items = type && this.#promises.items(type);
    if (items === undefined || items.length === 0) return false;
    if (!items.every((one) => this.ofType(one)) || this.#holdsTypedByComment(at)) return false;
    if (!items.some((one) => this.#mayBeVoid(one))) return true;
    const made = this.#firstValue(at);
    const returned =
      isMethodCall(made, 'map') && made.arguments[0] && returnedBy(made.arguments[0]);
    return returned ? returned.every((one) => this.of(one)) : false;
  }

  /** Whether a list of unknown type is what `map` makes with a callback that is not async and returns nothing. */
  isMappedToNothing(node: ast.Expression): boolean {
    const made = this.#firstValue(unwrap(node));
    const [callback] = isMethodCall(made, 'map') ? made.arguments : [];
    if (callback === undefined || !isSilentCallback(unwrap(callback))) return false;
    const type = this.#query.typeAt(made);
    return type !== undefined && (type.flags & TypeFlags.Any) !== 0;
  }

  /** The value that a variable always has, where it is a list to which nothing is added; else the expression itself. */
  #firstValue(node: ast.Expression): ast.Expression {
    const binding = ast.isIdentifier(node) ? this.#scopes.of(node) : undefined;
    if (binding === undefined || !this.#scopes.isConstant(binding)) return node;
    const { declaration } = binding;
    if (!ast.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      return node;
    if (!ast.isIdentifier(declaration.name) || additionsTo(declaration).length > 0) return node;
    return unwrap(declaration.initializer);
  }

  /** Whether a resource is disposed of at once: it has `Symbol.dispose`, and no `Symbol.asyncDispose`. */
  ofDisposal(resource: ast.Expression): boolean {
    const type = this.#query.typeAt(resource);
    const parts = type === undefined ? [] : this.#query.parts(type);
    const named = parts
      .filter((part) => !isNothing(part))
      .map((part) => ((part.flags & OPEN) === 0 ? this.#query.propertyNames(part) : undefined));
    const has = (names: readonly string[] | undefined, method: string) =>
      names?.some((name) => name.includes(`@${method}@`)) === true;
    return (
      named.length > 0 &&
      named.every((names) => has(names, 'dispose') && !has(names, 'asyncDispose'))
    );
  }

  /** Whether no value of this type is an object. */
  isPrimitive(type: Type | undefined): boolean {
    if (type === undefined) return false;
    return this.#query
      .parts(type)
      .every((part) => (part.flags & (OPEN | TypeFlags.Object | TypeFlags.Void)) === 0);
  }

  #judge(type: Type): boolean {
    if (type.isErrorType()) return false;
    if (type.isUnionType() || type.isIntersectionType()) {
      return this.#query.parts(type).every((part) => this.ofType(part));
    }
    if ((type.flags & OPEN) !== 0) return this.isPrimitive(this.#query.constraint(type));
    if ((type.flags & TypeFlags.Object) === 0) return true;
    if (this.#promises.thenable(type) !== 'never' || this.#mayHaveThen(type)) return false;
    return !/^(?:\{ ?\}|Object)$/.test(this.#query.print(type));
  }

  /** As the actions of redux: properties of any name, `then` among them, for what middleware gives back. */
  #mayHaveThen(type: Type): boolean {
    return this.#query.indexes(type).some(({ keyType, valueType }) => {
      return (keyType.flags & TypeFlags.String) !== 0 && (valueType.flags & OPEN) !== 0;
    });
  }

  #mayBeVoid(type: Type): boolean {
    return this.#query.parts(type).some((part) => (part.flags & TypeFlags.Void) !== 0);
  }

  /**
   * Whether a call whose type is `void` surely returns no promise: what runs is known, and is no method that a class may
   * override, no callback, and no overload beside one that returns a promise.
   */
  #surelyReturnsNothing(call: ast.CallExpression): boolean {
    const signature = this.#query.signatureAt(call);
    const declaration = signature && this.#query.declarationOf(signature);
    if (declaration === undefined || !this.#isWhatRuns(declaration, call)) return false;
    const type = this.#query.typeAt(call.expression);
    return (
      type !== undefined &&
      this.#query
        .returnTypes(this.#query.callSignatures(type))
        .every((one) => this.#promises.thenable(one) === 'never')
    );
  }

  /** In JavaScript `@returns {User}` passes for the type even of an async function, and so does `@returns {void}`. */
  #isTypedByComment(call: ast.CallExpression, isVoid = false): boolean {
    return isByComment(this.#declarationOf(this.#query.signatureAt(call)), isVoid);
  }

  /** Whether a list in JavaScript holds what a function gives of which a comment says what that is. */
  #holdsTypedByComment(list: ast.Expression): boolean {
    if (!isScript(list.getSourceFile().fileName)) return false;
    return itemsOf(list, this.#scopes).some((item) => {
      if (ast.isCallExpression(item)) return this.#isTypedByComment(item);
      const type = this.#query.typeAt(item);
      const signatures = type === undefined ? [] : this.#query.callSignatures(type);
      return signatures.some((one) => isByComment(this.#declarationOf(one)));
    });
  }

  #declarationOf(signature: Signature | undefined): Declaration | undefined {
    return signature && this.#query.declarationOf(signature);
  }

  #isWhatRuns(declaration: Declaration, call: ast.CallExpression): boolean {
    const { path, kind } = declaration;
    // The type of a callback, which whoever likes may write.
    if (kind === ast.SyntaxKind.FunctionType || kind === ast.SyntaxKind.CallSignature) return false;
    const isLibrary = path.startsWith('bundled:') || /\/lib\.[\w.]+\.d\.ts$/.test(path);
    if (isLibrary || path.includes('/node_modules/@types/node/')) return true;
    if (kind === ast.SyntaxKind.FunctionDeclaration) return true;
    if (kind === ast.SyntaxKind.ArrowFunction || kind === ast.SyntaxKind.FunctionExpression) {
      return true;
    }
    if (kind !== ast.SyntaxKind.MethodDeclaration) return false;
    if (path.includes('/node_modules/')) return true;
    const method = declaration.node();
    return method !== undefined && ast.isMethodDeclaration(method) && !isHook(method, call);
  }
}

/** A method that is there to be overridden: abstract, empty, or called on `this` by the class itself. */
function isHook(method: ast.MethodDeclaration, call: ast.CallExpression): boolean {
  const { body, parent } = method;
  if (hasModifier(method, ast.SyntaxKind.PrivateKeyword)) return false;
  if (body === undefined || !ast.isBlock(body) || body.statements.length === 0) return true;
  if (hasModifier(parent, ast.SyntaxKind.AbstractKeyword)) return true;
  const callee = unwrap(call.expression);
  return (
    ast.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ast.SyntaxKind.ThisKeyword &&
    !ast.isPrivateIdentifier(callee.name)
  );
}

/** A function of JavaScript that is async, so that its type cannot be so plain, or typed by `@returns`. */
function isByComment(declaration: Declaration | undefined, isVoid = false): boolean {
  if (declaration === undefined || !isScript(declaration.path)) return false;
  const fn = declaration.node();
  if (fn === undefined || hasModifier(fn, ast.SyntaxKind.AsyncKeyword)) return true;
  // Without a `return` that gives something, `void` is true whatever is written above.
  if (isVoid && isFunction(fn) && givesNothing(fn)) return false;
  const owner = (isFunctionExpression(fn) && statementOf(fn.parent)) || fn;
  return /@returns?\b/.test(owner.getSourceFile().text.slice(owner.pos, owner.getStart()));
}

/** `xs.reduce(async …)` gives a promise, though by the first overload it is what the list holds. */
function reducesToPromise(call: ast.CallExpression): boolean {
  const [callback] = isMethodCall(call, 'reduce', 'reduceRight') ? call.arguments : [];
  return callback !== undefined && hasModifier(unwrap(callback), ast.SyntaxKind.AsyncKeyword);
}

/** `sum` in `xs.reduce(async (sum, x) => …, 0)`: the promise of the call before, from the second item on. */
function isPassedByReducer(node: ast.Expression): boolean {
  const fn = ast.isIdentifier(node) ? enclosingFunction(node) : undefined;
  const [first] = fn?.parameters ?? [];
  if (fn === undefined || first?.name.getText() !== node.getText()) return false;
  const { parent } = fn;
  return ast.isCallExpression(parent) && parent.arguments[0] === fn && reducesToPromise(parent);
}

/** A file with types of Flow, where `new Promise<void>(…)` is read as a comparison. */
function isFlow(node: ast.Node): boolean {
  const start = node.getSourceFile().text.slice(0, 500);
  if (!start.includes('@flow')) return false;
  const [head = ''] = start.split(/^(?!#!|\s*[/*]|\s*$)/m);
  return /@flow\b/.test(head);
}
