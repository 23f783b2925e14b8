import {
  type Checker,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
  TypeFlags,
  type TypeReference,
  type UnionOrIntersectionType,
} from 'typescript/unstable/sync';
import { isObjectLiteralExpression, type Node } from './ast.ts';
import type { Batch } from './batch.ts';
import { Batches } from './batches.ts';
import type { Pipeline } from './pipeline.ts';
import { isOwn } from './source.ts';

/** An expression as the compiler's own types have it. */
export type Expression = Parameters<Checker['getContextualType']>[0];

/** A question about a property; one object a question. */
export interface Property {
  readonly type: Type;
  readonly name: string;
}

/** A question about a parameter; one object a question. */
export interface Parameter {
  readonly signature: Signature;
  readonly index: number;
}

/** All that the compiler is asked in batches, in an order in which one answer leads to the next question. */
export class Questions extends Batches {
  readonly types: Batch<Node, Type>;
  readonly symbols: Batch<Node, TsSymbol>;
  readonly signatures: Batch<Node, Signature>;
  readonly targets: Batch<TsSymbol, TsSymbol>;
  readonly parents: Batch<TsSymbol, TsSymbol>;
  readonly parameters: Batch<Parameter, Type>;
  readonly contextual: Batch<Expression, Type>;
  readonly parts: Batch<UnionOrIntersectionType, readonly Type[]>;
  readonly arguments: Batch<TypeReference, readonly Type[]>;
  readonly properties: Batch<Property, TsSymbol>;
  readonly typesOf: Batch<TsSymbol, Type>;
  readonly calls: Batch<Type, readonly Signature[]>;
  readonly returns: Batch<Signature, Type>;
  /** Types of which it is wanted what their functions return. */
  readonly #resulting = new Set<Type>();

  constructor(checker: Checker, pipeline: Pipeline | undefined) {
    super(pipeline);
    this.types = this.inLists((nodes) => checker.getTypeAtLocation(nodes));
    this.symbols = this.inLists(
      (nodes) => checker.getSymbolAtLocation(nodes),
      (symbol) => this.#followSymbol(symbol),
    );
    this.signatures = this.inTurn((node) => checker.getResolvedSignature(node));
    this.targets = this.inTurn(
      (symbol) => checker.getAliasedSymbol(symbol),
      (symbol) => this.#followParent(symbol),
    );
    this.parents = this.inTurn(
      (symbol) => symbol.getParent(),
      (symbol) => this.parents.follow(symbol),
    );
    this.parameters = this.inTurn(
      ({ signature, index }) => checker.getParameterType(signature, index),
      (type) => this.#followResults(type),
    );
    this.contextual = this.inTurn(
      (node) => checker.getContextualType(node),
      (type, node) => {
        if (!isObjectLiteralExpression(node)) this.#followResults(type);
      },
    );
    this.parts = this.inTurn(
      (type) => type.getTypes(),
      (parts, type) => this.#followParts(type, parts),
    );
    this.arguments = this.inTurn((type) => checker.getTypeArguments(type));
    this.properties = this.inTurn(({ type, name }) => checker.getPropertyOfType(type, name));
    this.typesOf = this.inTurn((symbol) => checker.getTypeOfSymbol(symbol));
    this.calls = this.inTurn(
      (type) => checker.getSignaturesOfType(type, SignatureKind.Call),
      (signatures, type) => this.#followReturns(type, signatures),
    );
    this.returns = this.inTurn((signature) => checker.getReturnTypeOfSignature(signature));
  }

  /** Whoever asks for an alias nearly always follows it, and wants to know what a member belongs to. */
  #followSymbol(symbol: TsSymbol): void {
    if (isAlias(symbol)) this.targets.follow(symbol);
    else this.#followParent(symbol);
  }

  #followParent(symbol: TsSymbol): void {
    if (!standsAlone(symbol)) this.parents.follow(symbol);
  }

  /** Whoever asks what a place wants of a function asks for what that function is to return. */
  #followResults(type: Type): void {
    if (this.#resulting.has(type)) return;
    this.#resulting.add(type);
    if (hasParts(type)) this.parts.follow(type);
    else if (mayBeCalled(type)) this.calls.follow(type);
  }

  #followParts(type: Type, parts: readonly Type[]): void {
    if (this.#resulting.has(type)) for (const part of parts) this.#followResults(part);
  }

  #followReturns(type: Type, signatures: readonly Signature[]): void {
    if (this.#resulting.has(type)) for (const one of signatures) this.returns.follow(one);
  }
}

/** Whether a symbol by itself is what the project declares: no member of a type, and of no other module. */
function standsAlone({ declarations, flags }: TsSymbol): boolean {
  const [first] = declarations;
  const isMember = (flags & (SymbolFlags.Method | SymbolFlags.Property)) !== 0;
  return !isMember && first !== undefined && isOwn(first.path);
}

/** Whether a symbol only stands for another: an import, a re-export. */
export function isAlias({ flags }: TsSymbol): boolean {
  return (flags & SymbolFlags.Alias) !== 0;
}

/** Types that may have call signatures. */
const CALLABLE =
  TypeFlags.Object | TypeFlags.UnionOrIntersection | TypeFlags.Instantiable | TypeFlags.Any;

/** Whether a type may have call signatures. */
export function mayBeCalled({ flags }: Type): boolean {
  return (flags & CALLABLE) !== 0;
}

/** Whether a type is a union or an intersection. */
export function hasParts(type: Type): type is UnionOrIntersectionType {
  return type.isUnionType() || type.isIntersectionType();
}
