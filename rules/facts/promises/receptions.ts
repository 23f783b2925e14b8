/**
 * What becomes of what a function returns, told by whom the function is given to: types that say `void`, and callers that
 * are known to ignore it whatever their types say: timers, event emitters, event targets.
 */
import * as ast from '#ast';
import { type Program, type Type, TypeFlags, together } from '#program';
import type { Calls } from '../names/calls.ts';
import { isScript } from '../names/modules.ts';
import { calleeName, LISTENS, type Slot, TIMERS } from '../shape/slots.ts';
import { isMethodCall, unwrap, wrapped } from '../shape/syntax.ts';
import type { Member } from './members.ts';
import { isNothing, type Promises } from './promises.ts';
import type { Collection } from './unrolling.ts';

/** `dropped`: nobody looks at it. `taken`: somebody may. */
export type Reception = 'dropped' | 'taken' | 'unknown';

const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self', 'global']);

/** Tells what becomes of results. */
export class Receptions {
  readonly #program: Program;
  readonly #query: Program['query'];
  readonly #calls: Calls;
  readonly #promises: Promises;

  constructor(program: Program, calls: Calls, promises: Promises) {
    this.#program = program;
    this.#query = program.query;
    this.#calls = calls;
    this.#promises = promises;
  }

  /** What becomes of the result of the function that an expression gives to a slot. */
  of(node: ast.Expression, slot: Slot): Reception {
    const hints = together(this.#hints(node).map((type) => () => this.#byType(type)));
    if (hints.length > 0 && hints.every((one) => one === 'taken')) return 'taken';
    const asked = this.#byType(this.#query.contextualType(node));
    if (slot.kind !== 'argument' || !ast.isCallExpression(slot.call)) return asked;
    const { call, index } = slot;
    if (asked === 'dropped') return this.#hasTaker(call, index) ? 'taken' : 'dropped';
    if (index === 0 && this.isTimer(call)) return 'dropped';
    return index === 1 && this.isListening(call) ? 'dropped' : asked;
  }

  /** What asks for a member that returns nothing: the place of an object, or what its owner extends or implements. */
  voidContractOf({ name, parent }: Member): ast.Node | undefined {
    const asks = (type: Type | undefined) =>
      type !== undefined && this.#ofMember(type, name.getText()) === 'dropped';
    if (ast.isObjectLiteralExpression(parent)) {
      return asks(this.#query.contextualType(parent)) ? parent : undefined;
    }
    if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return undefined;
    const bases = parent.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
    this.#query.expectTypes(bases);
    return bases.find((base) => {
      const type = this.#query.typeAt(base);
      return asks(type) && !this.#isPlaceholder(type, name.getText());
    });
  }

  /** In JavaScript an empty method is there to be overridden: nobody says that its callers want nothing of it. */
  #isPlaceholder(owner: Type | undefined, name: string): boolean {
    const types = owner === undefined ? [] : this.#memberTypes([owner], name);
    const signatures = types.flatMap((type) => (type ? this.#query.callSignatures(type) : []));
    return signatures.some((signature) => {
      const declaration = this.#query.declarationOf(signature);
      if (declaration === undefined || !isScript(declaration.path)) return false;
      return isUntypedStub(declaration.node());
    });
  }

  /**
   * Whether what a listener or handler rejects with is heard all the same: by emitters that capture rejections, and by
   * Express where a package has taught it to.
   */
  isHeardElsewhere(call: ast.CallExpression): boolean {
    const { text } = call.getSourceFile();
    if (text.includes('captureRejections') && this.isListening(call)) return true;
    if (!this.#program.holdsPackage('express-async-errors')) return false;
    return /^express/.test(this.#calls.of(call)?.module ?? '');
  }

  #ofMember(owner: Type, name: string): Reception {
    const owners = this.#query.parts(owner);
    const named = this.#memberTypes(owners, name);
    const types =
      named.length > 0
        ? named
        : owners.flatMap((one) => this.#query.indexes(one).map(({ valueType }) => valueType));
    const answers = together(types.map((type) => () => this.#byType(type)));
    const [first] = answers;
    return first !== undefined && answers.every((one) => one === first) ? first : 'unknown';
  }

  /** The types of a member of several types, where they have it. */
  #memberTypes(owners: readonly Type[], name: string): readonly (Type | undefined)[] {
    const members = together(owners.map((type) => () => this.#query.property(type, name)));
    const found = members.filter((member) => member !== undefined);
    return together(found.map((member) => () => this.#query.typeOf(member)));
  }

  /** What `for…of` can go through as a collection's `forEach` does. */
  collectionOf(node: ast.Expression): Collection | undefined {
    const type = this.#query.typeAt(node);
    if (type === undefined) return undefined;
    const kinds = this.#query.parts(type).flatMap((part) => this.#collection(part));
    const [first] = kinds;
    return kinds.every((one) => one === first) ? first : undefined;
  }

  /** Nothing is no collection; neither is what nobody knows. */
  #collection(type: Type): readonly (Collection | undefined)[] {
    if (isNothing(type)) return [];
    if (this.#promises.elements(type) !== undefined) return ['array'];
    const symbol = this.#query.symbolId(type);
    const is = (name: string) => symbol !== undefined && this.#query.global(name)?.id === symbol;
    if (is('Set') || is('ReadonlySet')) return ['set'];
    return is('Map') || is('ReadonlyMap') ? ['map'] : [undefined];
  }

  /** Whether a call hands its callback to a timer. */
  isTimer(call: ast.CallExpression): boolean {
    const callee = unwrap(call.expression);
    const name = calleeName(call);
    if (name === undefined) return false;
    if (name === 'nextTick') return callee.getText() === 'process.nextTick';
    if (!TIMERS.has(name)) return false;
    if (!ast.isIdentifier(callee)) {
      const owner = ast.isPropertyAccessExpression(callee) && callee.expression.getText();
      return owner !== false && GLOBAL_OBJECTS.has(owner);
    }
    const local = this.#calls.scopes.of(callee);
    return local === undefined || this.#calls.imported(callee)?.module === 'timers';
  }

  /** Whether a call adds a listener to an event emitter or target, by what else its receiver can do. */
  isListening(call: ast.CallExpression): boolean {
    if (!isMethodCall(call) || !LISTENS.has(call.expression.name.text)) return false;
    const type = this.#query.typeAt(call.expression.expression);
    const has = (name: string) => type && this.#query.property(type, name) !== undefined;
    return call.expression.name.text === 'addEventListener'
      ? has('dispatchEvent') === true
      : has('emit') === true && has('removeListener') === true;
  }

  /**
   * What the place of an expression may ask for, overloads and type parameters left open: much cheaper to know than what
   * it does ask for, and mostly enough.
   */
  #hints(node: ast.Expression): readonly Type[] {
    const at = wrapped(node);
    const { parent } = at;
    if (ast.isPropertyAssignment(parent) && ast.isObjectLiteralExpression(parent.parent)) {
      const name = parent.name.getText();
      const owners = this.#hints(parent.parent).flatMap((type) => this.#query.parts(type));
      return this.#memberTypes(owners, name).filter((type) => type !== undefined);
    }
    if (!ast.isCallExpression(parent)) return [];
    const given: readonly ast.Node[] = parent.arguments;
    const index = given.indexOf(at);
    return index === -1 ? [] : this.#parameters(parent, index);
  }

  /** The types of a parameter in all overloads of what is called. */
  #parameters(call: ast.CallExpression, index: number): readonly Type[] {
    const callee = this.#query.typeAt(call.expression);
    const overloads = callee === undefined ? [] : this.#query.callSignatures(callee);
    return this.#query.parameterTypes(overloads, index);
  }

  /** Whether another overload takes a function that returns a promise, or whatever it returns. */
  #hasTaker(call: ast.CallExpression, index: number): boolean {
    const results = this.#query.results(this.#parameters(call, index));
    return results.some((result) => this.#isTaken(result));
  }

  #byType(type: Type | undefined): Reception {
    const results = type === undefined ? [] : this.#query.results([type]);
    if (results.length === 0) return 'unknown';
    if (results.some((one) => one === undefined || (one.flags & TypeFlags.Any) !== 0)) {
      return 'unknown';
    }
    const isVoid = (one: Type | undefined) => one && (one.flags & TypeFlags.Void) !== 0;
    return results.every(isVoid) ? 'dropped' : 'taken';
  }

  #isTaken(result: Type | undefined): boolean {
    if (result === undefined) return false;
    if ((result.flags & TypeFlags.TypeParameter) !== 0) return true;
    const answer = this.#promises.thenable(result);
    return answer === 'always' || answer === 'sometimes';
  }
}

/** A method with an empty body of which no comment says what it returns. */
function isUntypedStub(method: ast.Node | undefined): boolean {
  if (method === undefined || !ast.isMethodDeclaration(method)) return false;
  if (method.body === undefined || method.body.statements.length > 0) return false;
  const comments = method.getSourceFile().text.slice(method.pos, method.getStart());
  return !/@(?:returns?|type)\b/.test(comments);
}
