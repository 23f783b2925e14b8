/**
 * What is a promise. The built-in `Promise` and what extends it, unions and intersections with them, type
 * parameters by their constraint. `any` and types that could not be resolved are `unknown`, on which rules are
 * silent. Other objects with a `then` (query builders, knex, …) are no promises: many of them start nothing until awaited.
 */
import type { Program, Type } from '#program';
import { ObjectFlags, TypeFlags } from '#program';

/** Whether values of a type are promises. */
export type Promiseness = 'always' | 'sometimes' | 'never' | 'unknown';

const ARRAYS = ['Array', 'ReadonlyArray'];
const SETS = ['Set', 'ReadonlySet', 'SetIterator', 'ArrayIterator'];
const MAPS = ['Map', 'ReadonlyMap'];
const SOURCES = ['Iterable', 'IterableIterator', 'IteratorObject', 'Generator', 'MapIterator'];

const UNSURE = TypeFlags.Any | TypeFlags.Unknown;
const DEFERRED =
  TypeFlags.TypeParameter |
  TypeFlags.IndexedAccess |
  TypeFlags.Conditional |
  TypeFlags.Substitution;

/** Tells promises from other types, and remembers by type. */
export class Promises {
  readonly #query: Program['query'];
  readonly #known = new Map<number, Promiseness>();
  readonly #classes = new Map<number, boolean>();
  readonly #thenables = new Map<number, Promiseness>();

  constructor(program: Program) {
    this.#query = program.query;
  }

  /** Whether values of this type are promises. */
  of(type: Type | undefined): Promiseness {
    if (type === undefined) return 'unknown';
    const known = this.#known.get(type.id);
    if (known !== undefined) return known;
    const answer = this.#judge(
      type,
      (part) => this.of(part),
      (part) => this.#isPromise(part),
    );
    this.#known.set(type.id, answer);
    return answer;
  }

  /** Whether awaiting values of this type waits: promises, and all else that has a `then` method. */
  thenable(type: Type | undefined): Promiseness {
    if (type === undefined) return 'unknown';
    const known = this.#thenables.get(type.id);
    if (known !== undefined) return known;
    const answer = this.#judge(
      type,
      (part) => this.thenable(part),
      (part) => this.#isPromise(part) || this.#hasThen(part),
    );
    this.#thenables.set(type.id, answer);
    return answer;
  }

  /** Asks ahead for the classes that are told apart here, to save rounds. */
  expectClasses(): void {
    this.#query.expectGlobals(['Promise', ...ARRAYS, ...SETS, ...MAPS, ...SOURCES]);
  }

  /** Whether values of this type are promises of the built-in class itself. */
  isPlain(type: Type): boolean {
    if (this.of(type) !== 'always') return false;
    const own = this.#query.global('Promise')?.id;
    return this.#query.parts(type).every((part) => this.#query.symbolId(part) === own);
  }

  /** The element types of an array or tuple, or nothing for other types. */
  elements(type: Type): readonly Type[] | undefined {
    const symbol = this.#query.symbolId(type);
    if (symbol !== undefined && this.#arrays.includes(symbol)) {
      return this.#query.typeArguments(type);
    }
    if (type.isTypeReference() && this.#query.generic(type).isTupleType()) {
      return this.#query.typeArguments(type);
    }
    return undefined;
  }

  /** The element types of all arrays and tuples that values of a type may be; nothing where they may be something else. */
  lists(type: Type): readonly (readonly Type[])[] {
    const all = this.#query
      .parts(type)
      .filter((part) => !isNothing(part))
      .map((part) => this.elements(part));
    const known = all.filter((one) => one !== undefined);
    return known.length === all.length ? known : [];
  }

  /** What a set holds, or an iterator over what a set or list holds, or nothing for other types. */
  members(type: Type): readonly Type[] | undefined {
    return this.#isOneOf(SETS, type) ? this.#query.typeArguments(type).slice(0, 1) : undefined;
  }

  /** What a loop gets out of a value: of a map it is its values that matter. Nothing for types that are not known. */
  items(type: Type): readonly Type[] | undefined {
    const all = this.#query.parts(type).map((part) => {
      if (this.#isOneOf(MAPS, part)) return this.#query.typeArguments(part).slice(1, 2);
      if (this.#isOneOf(SOURCES, part)) return this.#query.typeArguments(part).slice(0, 1);
      return this.elements(part) ?? this.members(part);
    });
    const known = all.filter((one) => one !== undefined);
    return known.length === all.length ? known.flat() : undefined;
  }

  #isOneOf(names: readonly string[], type: Type): boolean {
    const symbol = this.#query.symbolId(type);
    return symbol !== undefined && names.some((name) => this.#query.global(name)?.id === symbol);
  }

  /** `string` for `Promise<string>`, when that is plain to see. */
  awaited(type: Type): Type | undefined {
    return this.#isPromise(type) ? this.#query.typeArguments(type)[0] : undefined;
  }

  get #arrays(): readonly (number | undefined)[] {
    return ARRAYS.map((name) => this.#query.global(name)?.id);
  }

  #judge(
    type: Type,
    again: (part: Type) => Promiseness,
    test: (part: Type) => boolean,
  ): Promiseness {
    if ((type.flags & UNSURE) !== 0 || type.isErrorType()) return 'unknown';
    if (type.isUnionType()) return ofUnion(this.#query.parts(type).map(again));
    if (type.isIntersectionType()) {
      const all = this.#query.parts(type);
      // What the compiler makes of a call that fits none of the overloads, of which one returns nothing.
      if (all.some((part) => (part.flags & TypeFlags.Void) !== 0)) return 'unknown';
      const parts = all.map(again);
      return parts.find((part) => part === 'always') ?? parts.find((p) => p !== 'never') ?? 'never';
    }
    if ((type.flags & DEFERRED) !== 0) {
      const constraint = this.#query.constraint(type);
      return constraint === undefined || constraint.id === type.id ? 'unknown' : again(constraint);
    }
    if ((type.flags & TypeFlags.Object) === 0) return 'never';
    return test(type) ? 'always' : 'never';
  }

  /** Whether a type has a `then` that can be called, or of which nobody knows what it is. */
  #hasThen(type: Type): boolean {
    const symbol = this.#query.property(type, 'then');
    const then = symbol && this.#query.typeOf(symbol);
    if (then === undefined) return symbol !== undefined;
    const parts = this.#query.parts(then);
    return parts.some(
      (part) => (part.flags & UNSURE) !== 0 || this.#query.callSignatures(part).length > 0,
    );
  }

  #isPromise(type: Type, below: ReadonlySet<number> = new Set()): boolean {
    const symbol = this.#query.symbolId(type);
    if (symbol === undefined || below.has(symbol)) return false;
    const known = this.#classes.get(symbol);
    if (known !== undefined) return known;
    if (symbol === this.#query.global('Promise')?.id) return true;
    const generic = this.#query.generic(type);
    if (!generic.isObjectType()) return false;
    if ((generic.objectFlags & (ObjectFlags.Class | ObjectFlags.Interface)) === 0) return false;
    const seen = new Set([...below, symbol]);
    const answer = this.#query.bases(generic).some((base) => this.#isPromise(base, seen));
    this.#classes.set(symbol, answer);
    return answer;
  }
}

function ofUnion(parts: readonly Promiseness[]): Promiseness {
  if (parts.every((part) => part === 'always')) return 'always';
  if (parts.some((part) => part === 'always' || part === 'sometimes')) return 'sometimes';
  return parts.includes('unknown') ? 'unknown' : 'never';
}

/** Whether a type is `undefined` or `null`. */
export function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Null)) !== 0;
}
