import {
  type Checker,
  type IndexInfo,
  type Project,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
  TypeFlags,
  type TypeReference,
  type UnionOrIntersectionType,
} from 'typescript/unstable/sync';
import { isObjectLiteralExpression, type Node, type SourceFile } from './ast.ts';
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

/** What globals are asked for. */
const NAMED = SymbolFlags.Type | SymbolFlags.Value;

/** What the compiler is asked, of which nothing follows: by the node or type, or seldom, as it is true of many. */
class LoneQuestions extends Batches {
  readonly signatures: Batch<Node, Signature>;
  readonly arguments: Batch<TypeReference, readonly Type[]>;
  readonly properties: Batch<Property, TsSymbol>;
  readonly typesOf: Batch<TsSymbol, Type>;
  /** What generic types are made of. */
  readonly generics: Batch<TypeReference, Type>;
  readonly bases: Batch<Type, readonly Type[]>;
  readonly constraints: Batch<Type, Type>;
  readonly indexes: Batch<Type, readonly IndexInfo[]>;
  readonly globals: Batch<string, TsSymbol>;
  /** Whether a symbol stands for what cannot be found. */
  readonly unknowns: Batch<TsSymbol, boolean>;
  /** Files by path: those with declarations that somebody looks at. */
  readonly trees: Batch<string, SourceFile>;

  constructor({ checker, program }: Project, pipeline: Pipeline | undefined) {
    super(pipeline);
    this.signatures = this.oneByOne((node) => checker.getResolvedSignature(node));
    this.arguments = this.oneByOne((type) => checker.getTypeArguments(type));
    this.properties = this.oneByOne(({ type, name }) => checker.getPropertyOfType(type, name));
    this.typesOf = this.oneByOne((symbol) => checker.getTypeOfSymbol(symbol));
    this.generics = this.seldom((type) => type.getTarget());
    this.bases = this.seldom((type) => type.getBaseTypes());
    this.constraints = this.seldom((type) => checker.getBaseConstraintOfType(type));
    this.indexes = this.seldom((type) => checker.getIndexInfosOfType(type));
    this.globals = this.seldom((name) => checker.resolveName(name, NAMED));
    this.unknowns = this.seldom((symbol) => checker.isUnknownSymbol(symbol));
    this.trees = this.seldom((path) => program.getSourceFile(path));
  }
}

/** All that the compiler is asked in batches, in an order in which one answer leads to the next question. */
export class Questions extends LoneQuestions {
  readonly types: Batch<Node, Type>;
  readonly symbols: Batch<Node, TsSymbol>;
  readonly targets: Batch<TsSymbol, TsSymbol>;
  readonly parents: Batch<TsSymbol, TsSymbol>;
  readonly parameters: Batch<Parameter, Type>;
  readonly contextual: Batch<Expression, Type>;
  readonly parts: Batch<UnionOrIntersectionType, readonly Type[]>;
  readonly calls: Batch<Type, readonly Signature[]>;
  readonly returns: Batch<Signature, Type>;
  /** Types of which it is wanted what their functions return. */
  readonly #resulting = new Set<Type>();

  constructor(project: Project, pipeline: Pipeline | undefined) {
    super(project, pipeline);
    const { checker } = project;
    this.types = this.inLists(
      (nodes) => checker.getTypeAtLocation(nodes),
      (type) => this.#followGeneric(type),
    );
    this.symbols = this.inLists(
      (nodes) => checker.getSymbolAtLocation(nodes),
      (symbol) => this.#followSymbol(symbol),
    );
    this.targets = this.oneByOne(
      (symbol) => checker.getAliasedSymbol(symbol),
      (symbol) => this.#followTarget(symbol),
    );
    this.parents = this.oneByOne(
      (symbol) => symbol.getParent(),
      (symbol) => this.parents.want(symbol),
    );
    this.parameters = this.oneByOne(
      ({ signature, index }) => checker.getParameterType(signature, index),
      (type) => this.#followResults(type),
    );
    this.contextual = this.oneByOne(
      (node) => checker.getContextualType(node),
      (type, node) => this.#followContext(type, node),
    );
    this.parts = this.oneByOne(
      (type) => type.getTypes(),
      (parts, type) => this.#followParts(type, parts),
    );
    this.calls = this.oneByOne(
      (type) => checker.getSignaturesOfType(type, SignatureKind.Call),
      (signatures, type) => this.#followReturns(type, signatures),
    );
    this.returns = this.oneByOne(
      (signature) => checker.getReturnTypeOfSignature(signature),
      (type) => this.#followGeneric(type),
    );
  }

  /** Whoever asks for an alias nearly always follows it, and wants to know what a member belongs to. */
  #followSymbol(symbol: TsSymbol): void {
    if (isAlias(symbol)) this.targets.want(symbol);
    else this.#followParent(symbol);
  }

  #followTarget(symbol: TsSymbol): void {
    this.unknowns.want(symbol);
    this.#followParent(symbol);
  }

  /** Most generic types are made of a few, which every judgement of them asks for. */
  #followGeneric(type: Type): void {
    if (type.isTypeReference()) this.generics.want(type);
  }

  #followParent(symbol: TsSymbol): void {
    if (!standsAlone(symbol)) this.parents.want(symbol);
  }

  #followContext(type: Type, node: Expression): void {
    if (!isObjectLiteralExpression(node)) this.#followResults(type);
  }

  /** Whoever asks what a place wants of a function asks for what that function is to return. */
  #followResults(type: Type): void {
    if (this.#resulting.has(type)) return;
    this.#resulting.add(type);
    if (hasParts(type)) this.parts.want(type);
    else if (mayBeCalled(type)) this.calls.want(type);
  }

  #followParts(type: Type, parts: readonly Type[]): void {
    if (this.#resulting.has(type)) for (const part of parts) this.#followResults(part);
  }

  #followReturns(type: Type, signatures: readonly Signature[]): void {
    if (this.#resulting.has(type)) for (const one of signatures) this.returns.want(one);
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
