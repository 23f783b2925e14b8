import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import type { Type } from '#program';
import { Analyses } from './analyses.ts';
import { mayHoldPromise } from './asyncness/awaitables.ts';
import { type AsyncFunction, isStub, neverWaits } from './asyncness/suspensions.ts';
import { isGuard } from './effects/guards.ts';
import type { Effects } from './effects/places.ts';
import type { Callee } from './names/calls.ts';
import type { Series } from './order/waves.ts';
import { type Aftermath, aftermathAt } from './promises/aftermath.ts';
import { asyncEdits } from './promises/asyncify.ts';
import { wasAwaited } from './promises/awaited.ts';
import { handlesRejection, hearsItself, neverRejects } from './promises/handling.ts';
import { Handovers } from './promises/handovers.ts';
import { isNothing, type Promiseness } from './promises/promises.ts';
import { givesOwner } from './promises/signatures.ts';
import {
  canBecomeAsync,
  isFreeToChange,
  isInTest,
  isTestCallback,
  mayAwait,
} from './shape/contexts.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isAsync,
  isCallOf,
  isFunction,
  isFunctionExpression,
  mayBeLeftOut,
  unwrap,
} from './shape/syntax.ts';
import type { Size } from './sizes/bounds.ts';

/**
 * What rules may know of a program. Every answer is three-valued in spirit: a rule that does not know stays
 * silent. Questions that need types may interrupt the rule with `PENDING`; the engine starts it again.
 */
export class Facts extends Analyses {
  readonly #handovers = new Handovers(this.program, this.calls.scopes);

  /** The type of an expression. */
  typeOf(node: ast.Node): Type | undefined {
    return this.program.query.typeAt(node);
  }

  /** Whether an expression's value is a promise. */
  promiseness(node: ast.Node): Promiseness {
    return this.promises.of(this.typeOf(node));
  }

  /** Whether awaiting an expression's value waits: for promises, and for all else that has a `then` method. */
  thenability(node: ast.Node): Promiseness {
    return this.promises.thenable(this.typeOf(node));
  }

  /** Whether awaiting an expression's value surely waits for nothing. */
  isSurelyPlain(node: ast.Expression): boolean {
    return this.plainness.of(node);
  }

  /** Whether what a list, a set or the like holds is surely nothing to wait for. */
  holdsSurelyPlain(node: ast.Expression): boolean {
    return this.plainness.ofItems(node);
  }

  /** Whether an expression is a promise that was awaited before, on every way to it. */
  wasAwaited(node: ast.Expression): boolean {
    return wasAwaited(node, this.calls.scopes);
  }

  /** What has to follow the log of a failure at a node. */
  aftermathAt(node: ast.Node): Aftermath {
    return aftermathAt(node, this.natures);
  }

  /** Whether a promise has a handler for its rejection: `p.catch(f)`, `p.then(_, f)`. */
  handlesRejection(node: ast.Expression): boolean {
    return handlesRejection(node, this);
  }

  /** Whether a promise surely has nothing to tell: handled where it is made, or by the function that makes it. */
  neverRejects(node: ast.Expression): boolean {
    return neverRejects(node, this);
  }

  /** The function of the project that an expression stands for. */
  functionAt(callee: ast.Expression): FunctionNode | undefined {
    const target = this.effects.targets.of(callee);
    if (target.kind === 'function') return target.fn;
    const source = this.origins.sourceOf(callee);
    const [kept] = isCallOf(source, 'useCallback') ? source.arguments : [];
    return kept && isFunctionExpression(kept) ? kept : undefined;
  }

  /** The function of the project that a call is of, by what the compiler makes of it: also what `exports` was given. */
  functionOfCall(call: ast.CallExpression): FunctionNode | undefined {
    const { query } = this.program;
    const signature = query.signatureAt(call);
    const declaration = signature && query.declarationOf(signature);
    if (declaration === undefined || declaration.path.includes('/node_modules/')) return undefined;
    const node = declaration.node();
    return node !== undefined && isFunction(node) ? node : undefined;
  }

  /** Wants what has to be asked to know the functions at some callees, to save rounds. */
  expectFunctionsAt(callees: readonly ast.Expression[]): void {
    const asked = callees.flatMap((callee) => this.effects.targets.asks(callee) ?? []);
    this.program.query.expectSymbols(asked);
  }

  /** Whether no rejection gets out of a function: all it waits for stands in `try` blocks with a `catch`. */
  hearsItself(fn: FunctionNode): boolean {
    return hearsItself(fn, this);
  }

  /** Whether an expression's value can be called, whichever of its types it has, or nobody knows (`any`). */
  isCallable(node: ast.Expression): boolean {
    return isFunctionExpression(unwrap(node)) || this.#partsOf(node).every(this.#isFunction, this);
  }

  /** Whether an expression's value can be called, if only for some of the types that it may have. */
  mayBeCallable(node: ast.Expression): boolean {
    return isFunctionExpression(unwrap(node)) || this.#partsOf(node).some(this.#isFunction, this);
  }

  #partsOf(node: ast.Expression): readonly Type[] {
    const type = this.typeOf(node);
    return type === undefined ? [] : this.program.query.parts(type);
  }

  #isFunction(type: Type): boolean {
    const { query } = this.program;
    if (query.callSignatures(type).length > 0 || this.promises.of(type) === 'unknown') return true;
    return query.symbolId(type) === query.global('Function')?.id;
  }

  /** Whether the function that an expression stands for surely can be called with nothing. */
  needsNoArguments(callee: ast.Expression): boolean {
    const fn = this.functionAt(callee);
    if (fn !== undefined) return fn.parameters.every(mayBeLeftOut);
    const { query } = this.program;
    const signatures = this.#partsOf(callee).flatMap((part) => query.callSignatures(part));
    return signatures.some(({ parameters }) => parameters.length === 0);
  }

  /** Whether an expression's value surely has a member of this name. */
  hasMember(node: ast.Node, name: string): boolean {
    const type = this.typeOf(node);
    return type !== undefined && this.program.query.property(type, name) !== undefined;
  }

  /** Whether an expression's value is an array or tuple that holds promises. */
  isArrayOfPromises(node: ast.Node): boolean {
    const type = this.typeOf(node);
    const elements = type && this.promises.elements(type);
    return elements?.some((element) => this.promises.of(element) === 'always') ?? false;
  }

  /** Whether an expression's value is an array or tuple that may hold promises, if there is one, or with `thenables` whatever has a `then`. */
  mayHoldPromises(node: ast.Node, { thenables = false } = {}): boolean {
    const type = this.typeOf(node);
    const lists = type === undefined ? [] : this.promises.lists(type);
    return lists.flat().some((element) => {
      const answer = thenables ? this.promises.thenable(element) : this.promises.of(element);
      return answer === 'always' || answer === 'sometimes';
    });
  }

  /** Whether an expression's value may be `undefined` or `null`, as far as types tell. */
  mayBeMissing(node: ast.Expression): boolean {
    return this.#partsOf(node).some(isNothing);
  }

  /**
   * Whether an expression's value surely is a promise (or, with `many`, an array of them) that is under way. Classes that
   * extend `Promise` may begin only when they are awaited, as those of Prisma do.
   */
  startsPromises(node: ast.Node, many = false): boolean {
    const type = this.typeOf(node);
    if (type === undefined) return false;
    const elements = many ? (this.promises.elements(type) ?? []) : [];
    return [type, ...elements].some((one) => this.promises.isPlain(one));
  }

  /** Whether calling an expression's value returns a promise: by `async` when that is plain, else by its type. */
  returnsPromise(node: ast.Expression): Promiseness {
    const callee = unwrap(node);
    if (
      isFunctionExpression(callee) &&
      isAsync(callee) &&
      !('asteriskToken' in callee && callee.asteriskToken)
    ) {
      return 'always';
    }
    const type = this.typeOf(callee);
    if (type === undefined) return 'unknown';
    const signatures = this.program.query.callSignatures(type);
    if (signatures.length === 0) return 'unknown';
    const answers = this.program.query.returnTypes(signatures).map((one) => this.promises.of(one));
    if (answers.every((answer) => answer === 'always')) return 'always';
    if (answers.every((answer) => answer === 'never')) return 'never';
    // Which of its overloads is meant only whoever calls it knows.
    const isOpen = answers.some((answer) => answer === 'unknown' || answer === 'never');
    return isOpen ? 'unknown' : 'sometimes';
  }

  /** Who is called: by imports first, which costs nothing, else by the resolved symbol. */
  callee(call: ast.CallExpression | ast.NewExpression): Callee | undefined {
    return this.calls.of(call);
  }

  /** Whether `await` may stand at a node as the code is now. */
  mayAwait(node: ast.Node): boolean {
    return mayAwait(node, this.program);
  }

  /** Whether a function is free to become async, and all who are seen to use it take a promise as gladly. */
  mayBecomeAsync(fn: FunctionNode): boolean {
    if (!canBecomeAsync(fn).can) return false;
    // With a parameter a test runner waits for that to be called.
    if (isTestCallback(fn)) return fn.parameters.length === 0;
    return isFreeToChange(fn) && this.#handovers.takePromise(fn);
  }

  /** Edits that let `await` stand at a node: none where it may already, `async` where its function is free to change. */
  roomForAwait(node: ast.Node): readonly Edit[] | undefined {
    if (this.mayAwait(node)) return [];
    const fn = this.functionOf(node);
    return fn !== undefined && this.mayBecomeAsync(fn) ? asyncEdits(fn) : undefined;
  }

  /** Whether a call in a function, or what it returns, is or may be a promise. */
  mayHoldPromise(fn: AsyncFunction): boolean {
    return mayHoldPromise(fn, this);
  }

  /** Whether nothing in an async function waits, and nobody that can be seen asks it for a promise. */
  isAsyncInNameOnly(fn: FunctionNode): fn is AsyncFunction {
    if (!neverWaits(fn) || isStub(fn)) return false;
    return this.contracts.of(fn) !== 'asked' && !this.mayHoldPromise(fn);
  }

  /** The variable of the same file that a name stands for, where its declaration alone gives it a value. */
  variableOf(name: ast.Identifier): ast.VariableDeclaration | undefined {
    const binding = this.calls.scopes.of(name);
    if (binding === undefined || !ast.isVariableDeclaration(binding.declaration)) return undefined;
    return this.calls.scopes.isConstant(binding) ? binding.declaration : undefined;
  }

  /** Whether an expression surely gives a promise, though it is used as if it gave the value. */
  isUnnoticedPromise(node: ast.Expression): boolean {
    return this.presence.isUnnoticedPromise(node);
  }

  /** Whether `child.on(…)` gives `child`, which goes by a name. */
  givesOwner(node: ast.Expression): boolean {
    return givesOwner(node, this.program);
  }

  /** The function whose body a node stands in. */
  functionOf(node: ast.Node): FunctionNode | undefined {
    return enclosingFunction(node);
  }

  /** Whether a node stands in a test. */
  isInTest(node: ast.Node): boolean {
    return isInTest(node) || this.natures.ofFile(node.getSourceFile()) === 'test';
  }

  /** What evaluating an expression, running a statement, or calling a function reads and writes. */
  effectsOf(node: ast.Node, { likely = false } = {}): Effects {
    return (likely ? this.likely : this.proved).effects.of(node);
  }

  /** Whether running code (a call, a statement, a function's body) reaches files, network or a database. */
  reachesIo(node: ast.Node): 'yes' | 'no' | 'unknown' {
    return this.effects.reachesIo(node);
  }

  /** Whether a call exists to throw, so that what follows must not start before it. */
  isGuard(call: ast.CallExpression): boolean {
    return isGuard(call);
  }

  /**
   * Runs of awaits in a block that could overlap. With `likely`, names such as `loadUser` stand for what nobody knows,
   * so that nothing found is proved.
   */
  seriesIn(statements: readonly ast.Statement[], { likely = false } = {}): readonly Series[] {
    return (likely ? this.likely : this.proved).in(statements);
  }

  /** How many values a collection holds: known, bounded, set by the input, or nobody knows. */
  sizeOf(collection: ast.Expression): Size {
    return this.sizes.of(collection);
  }
}
