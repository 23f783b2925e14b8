/** Collections that are small by their type: tuples, and lists of a few literals or enum members. */
import type * as ast from '#ast';
import { type Program, type Type, TypeFlags } from '#program';
import type { Promises } from '../promises/promises.ts';
import { atMost, exactly, type Size } from './bounds.ts';

const LITERAL = TypeFlags.Literal | TypeFlags.EnumLiteral | TypeFlags.Nullable;

/** Tells sizes by types alone. */
export class SmallTypes {
  readonly #query: Program['query'];
  readonly #promises: Promises;

  constructor(program: Program, promises: Promises) {
    this.#query = program.query;
    this.#promises = promises;
  }

  /** The size of a collection (or of a promise of one), where its type bounds it. */
  sizeOf(node: ast.Node): Size | undefined {
    const type = this.#query.typeAt(node);
    return type && this.#sizeOfType(this.#promises.awaited(type) ?? type);
  }

  /** How many keys objects of this type have, where the type names them all. */
  keysOf(node: ast.Node): Size | undefined {
    const type = this.#query.typeAt(node);
    const names = type && this.#query.propertyNames(type);
    return names === undefined || names.length === 0 ? undefined : atMost(names.length);
  }

  #sizeOfType(type: Type): Size | undefined {
    if (type.isUnionType()) {
      const parts = this.#query
        .parts(type)
        .filter(({ flags }) => (flags & TypeFlags.Nullable) === 0);
      return parts.length === 1 && parts[0] ? this.#sizeOfType(parts[0]) : undefined;
    }
    if (!type.isTypeReference()) return undefined;
    const generic = this.#query.generic(type);
    if (generic.isTupleType()) {
      // The compiler leaves them out where the tuple is empty.
      const { elementFlags = [], fixedLength = 0 } = generic;
      return elementFlags.length === fixedLength ? exactly(fixedLength) : undefined;
    }
    const [element] = this.#query.typeArguments(type);
    if (element === undefined || !this.#isCollection(type)) return undefined;
    const kinds = this.#query.parts(element);
    return kinds.every(({ flags }) => (flags & LITERAL) !== 0) ? atMost(kinds.length) : undefined;
  }

  #isCollection(type: Type): boolean {
    const symbol = this.#query.symbolId(type);
    return COLLECTIONS.some((name) => this.#query.global(name)?.id === symbol);
  }
}

const COLLECTIONS = ['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Map', 'ReadonlyMap'];
