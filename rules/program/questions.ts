import {
  type Checker,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
  type TypeReference,
  type UnionOrIntersectionType,
} from 'typescript/unstable/sync';
import type { Node } from './ast.ts';
import { Batch } from './batch.ts';
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

type AnyBatch = Pick<Batch<Node, unknown>, 'waiting' | 'send' | 'receive' | 'flush'>;

/** All that the compiler is asked in batches, in an order in which one answer leads to the next question. */
export class Questions {
  readonly types: Batch<Node, Type>;
  readonly symbols: Batch<Node, TsSymbol>;
  readonly signatures: Batch<Node, Signature>;
  readonly targets: Batch<TsSymbol, TsSymbol>;
  readonly parents: Batch<TsSymbol, TsSymbol>;
  readonly parts: Batch<UnionOrIntersectionType, readonly Type[]>;
  readonly arguments: Batch<TypeReference, readonly Type[]>;
  readonly properties: Batch<Property, TsSymbol>;
  readonly typesOf: Batch<TsSymbol, Type>;
  readonly calls: Batch<Type, readonly Signature[]>;
  readonly returns: Batch<Signature, Type>;
  readonly parameters: Batch<Parameter, Type>;
  readonly contextual: Batch<Expression, Type>;
  readonly #all: AnyBatch[] = [];

  constructor(checker: Checker, pipeline: Pipeline | undefined) {
    const kept = <Key, Answer>(batch: Batch<Key, Answer>): Batch<Key, Answer> => {
      this.#all.push(batch);
      return batch;
    };
    /** What the compiler takes one by one: all are sent before the first answer is read. */
    const inTurn = <Key, Answer>(
      ask: (key: Key) => Answer | undefined,
      heard?: (answer: Answer) => void,
    ): Batch<Key, Answer> => {
      const settings = { pipeline, size: 1, ...(heard && { heard }) };
      return kept(new Batch((keys: readonly Key[]) => keys.map(ask), settings));
    };
    const follow = (symbol: TsSymbol): void => {
      if (!standsAlone(symbol)) this.parents.follow(symbol);
    };
    this.types = kept(new Batch((nodes) => checker.getTypeAtLocation(nodes), { pipeline }));
    // Whoever asks for an alias nearly always follows it, and wants to know what a member belongs to.
    const heard = (symbol: TsSymbol): void => {
      if (isAlias(symbol)) this.targets.follow(symbol);
      else follow(symbol);
    };
    this.symbols = kept(
      new Batch((nodes) => checker.getSymbolAtLocation(nodes), { pipeline, heard }),
    );
    this.signatures = inTurn((node) => checker.getResolvedSignature(node));
    this.targets = inTurn((symbol) => checker.getAliasedSymbol(symbol), follow);
    this.parents = inTurn(
      (symbol) => symbol.getParent(),
      (symbol) => this.parents.follow(symbol),
    );
    this.parts = inTurn((type) => type.getTypes());
    this.arguments = inTurn((type) => checker.getTypeArguments(type));
    this.properties = inTurn(({ type, name }) => checker.getPropertyOfType(type, name));
    this.typesOf = inTurn((symbol) => checker.getTypeOfSymbol(symbol));
    this.calls = inTurn((type) => checker.getSignaturesOfType(type, SignatureKind.Call));
    this.returns = inTurn((signature) => checker.getReturnTypeOfSignature(signature));
    this.parameters = inTurn(({ signature, index }) => checker.getParameterType(signature, index));
    this.contextual = inTurn((node) => checker.getContextualType(node));
  }

  /** How many questions wait for the next batch. */
  get waiting(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Lets the compiler begin with what is wanted so far. */
  send(): void {
    for (const batch of this.#all) batch.send();
  }

  /** Brings what was wanted when `send` was called, and what follows from it. */
  receive(): void {
    for (const batch of this.#all) batch.receive();
  }

  /** Brings everything that is wanted. */
  flush(): void {
    for (const batch of this.#all) batch.flush();
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
