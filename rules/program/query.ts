import {
  type Checker,
  ObjectFlags,
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
import type { Node } from './ast.ts';
import { Batch, PENDING, together } from './batch.ts';
import type { Pipeline } from './pipeline.ts';
import { isOwn } from './source.ts';

export type { Signature, TsSymbol, Type };
export { ObjectFlags, PENDING, SymbolFlags, TypeFlags, together };

type Expression = Parameters<Checker['getContextualType']>[0];

/** Types that may have call signatures. */
const CALLABLE =
  TypeFlags.Object | TypeFlags.UnionOrIntersection | TypeFlags.Instantiable | TypeFlags.Any;

/** A question about a property; one object a question. */
interface Property {
  readonly type: Type;
  readonly name: string;
}

/** A question about a parameter; one object a question. */
interface Parameter {
  readonly signature: Signature;
  readonly index: number;
}

/** A declaration that a symbol or signature has, wherever it stands. */
export interface Declaration {
  /** Lower-cased where the file system ignores case. */
  readonly path: string;
  readonly kind: number;
  /** Fetches the file if needed and finds the node; costly for files outside the project. */
  node(): Node | undefined;
}

/**
 * Questions about types and symbols, answered in batches. Everything asked of a node throws `PENDING` the
 * first time and answers from memory after `flush`. Questions about types and symbols themselves answer at
 * once, and are remembered.
 */
export class Query {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly #types: Batch<Node, Type>;
  readonly #symbols: Batch<Node, TsSymbol>;
  readonly #signatures: Batch<Node, Signature>;
  readonly #targets: Batch<TsSymbol, TsSymbol>;
  readonly #parents: Batch<TsSymbol, TsSymbol>;
  readonly #parts: Batch<UnionOrIntersectionType, readonly Type[]>;
  readonly #arguments: Batch<TypeReference, readonly Type[]>;
  readonly #properties: Batch<Property, TsSymbol>;
  readonly #typesOf: Batch<TsSymbol, Type>;
  readonly #calls: Batch<Type, readonly Signature[]>;
  readonly #returns: Batch<Signature, Type>;
  readonly #parameters: Batch<Parameter, Type>;
  readonly #contextual: Batch<Expression, Type>;
  readonly #batches: readonly Pick<
    Batch<Node, unknown>,
    'waiting' | 'send' | 'receive' | 'flush'
  >[];
  readonly #propertyKeys = new Map<string, Property>();
  readonly #parameterKeys = new Map<string, Parameter>();
  readonly #memo = new Map<string, Map<number | string, unknown>>();

  constructor(project: Project, pipeline?: Pipeline) {
    const { checker } = project;
    this.#project = project;
    this.#checker = checker;
    const inTurn = <Key, Answer>(
      ask: (key: Key) => Answer | undefined,
      heard?: (answer: Answer) => void,
    ) =>
      new Batch((keys: readonly Key[]) => keys.map(ask), {
        pipeline,
        size: 1,
        ...(heard && { heard }),
      });
    this.#types = new Batch((nodes) => checker.getTypeAtLocation(nodes), { pipeline });
    // Whoever asks for an alias nearly always follows it, and wants to know the module of what is not the project's own.
    this.#symbols = new Batch((nodes) => checker.getSymbolAtLocation(nodes), {
      pipeline,
      heard: (symbol) => {
        if (isAlias(symbol)) this.#targets.follow(symbol);
        else if (!standsAlone(symbol)) this.#parents.follow(symbol);
      },
    });
    this.#signatures = inTurn((node) => checker.getResolvedSignature(node));
    this.#targets = inTurn(
      (symbol) => checker.getAliasedSymbol(symbol),
      (symbol) => void (standsAlone(symbol) || this.#parents.follow(symbol)),
    );
    this.#parents = inTurn(
      (symbol) => symbol.getParent(),
      (symbol) => this.#parents.follow(symbol),
    );
    this.#parts = inTurn((type) => type.getTypes());
    this.#arguments = inTurn((type) => checker.getTypeArguments(type));
    this.#properties = inTurn(({ type, name }) => checker.getPropertyOfType(type, name));
    this.#typesOf = inTurn((symbol) => checker.getTypeOfSymbol(symbol));
    this.#calls = inTurn((type) => checker.getSignaturesOfType(type, SignatureKind.Call));
    this.#returns = inTurn((signature) => checker.getReturnTypeOfSignature(signature));
    this.#parameters = inTurn(({ signature, index }) => checker.getParameterType(signature, index));
    this.#contextual = inTurn((node) => checker.getContextualType(node));
    this.#batches = [
      this.#types,
      this.#symbols,
      this.#signatures,
      this.#targets,
      this.#parents,
      this.#parts,
      this.#arguments,
      this.#properties,
      this.#typesOf,
      this.#calls,
      this.#returns,
      this.#parameters,
      this.#contextual,
    ];
  }

  /** How many nodes wait for the next batch. */
  get waiting(): number {
    return this.#batches.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** Lets the compiler begin with what is wanted so far; `receive` brings the answers. */
  send(): void {
    for (const batch of this.#batches) batch.send();
  }

  /** Brings what was wanted when `send` was called, and what follows from it. */
  receive(): void {
    for (const batch of this.#batches) batch.receive();
  }

  /** Brings everything that is wanted. */
  flush(): void {
    for (const batch of this.#batches) batch.flush();
  }

  /** Wants the types of several nodes in the next batch, to save rounds. */
  expectTypes(nodes: Iterable<Node>): void {
    for (const node of nodes) this.#types.want(node);
  }

  /** Wants the symbols of several nodes in the next batch, to save rounds. */
  expectSymbols(nodes: Iterable<Node>): void {
    for (const node of nodes) this.#symbols.want(node);
  }

  /** The type of an expression or declaration. */
  typeAt(node: Node): Type | undefined {
    return this.#types.get(node);
  }

  /** The symbol that a name refers to; an import's own alias, not what it stands for. */
  symbolAt(node: Node): TsSymbol | undefined {
    return this.#symbols.get(node);
  }

  /** The overload that a call resolves to. */
  signatureAt(call: Node): Signature | undefined {
    return this.#signatures.get(call);
  }

  /** The symbol that a name refers to in the end, imports and re-exports followed. */
  targetAt(node: Node): TsSymbol | undefined {
    const symbol = this.symbolAt(node);
    return symbol && this.target(symbol);
  }

  /** What an alias stands for; any other symbol is itself. */
  target(symbol: TsSymbol): TsSymbol | undefined {
    if (!isAlias(symbol)) return symbol;
    const target = this.#targets.get(symbol);
    return target === undefined || this.#checker.isUnknownSymbol(target) ? undefined : target;
  }

  /** Where a symbol is declared. */
  declarations(symbol: TsSymbol): readonly Declaration[] {
    return symbol.declarations.map((handle) => ({
      path: handle.path,
      kind: handle.kind,
      node: () => handle.resolve(this.#project),
    }));
  }

  /** Where the signature that a call resolves to is declared. */
  declarationOf(signature: Signature): Declaration | undefined {
    const handle = signature.declaration;
    if (handle === undefined) return undefined;
    return { path: handle.path, kind: handle.kind, node: () => handle.resolve(this.#project) };
  }

  /** The symbol that a member belongs to: its class, interface, namespace or module. */
  parent(symbol: TsSymbol): TsSymbol | undefined {
    return this.#parents.get(symbol);
  }

  /** What a module, namespace or class exports under a name. */
  exportOf(symbol: TsSymbol, name: string): TsSymbol | undefined {
    const exports = this.#once('exports', symbol.id, () => {
      return new Map([...symbol.getExports().values()].map((one) => [one.name, one]));
    });
    return exports.get(name);
  }

  /** The id of the symbol behind a type; equal ids are equal symbols. Asks nothing. */
  symbolId(type: Type): number | undefined {
    const id: unknown = Reflect.get(type, 'symbol');
    return typeof id === 'number' && id !== 0 ? id : undefined;
  }

  /** The symbol behind a type, if it has a name. */
  symbolOf(type: Type): TsSymbol | undefined {
    return this.#once('symbolOf', type.id, () => type.getSymbol());
  }

  /** The type of a variable, parameter or property. */
  typeOf(symbol: TsSymbol): Type | undefined {
    return this.#typesOf.get(symbol);
  }

  /** Members of a union or intersection; any other type is its own only part. */
  parts(type: Type): readonly Type[] {
    return hasParts(type) ? (this.#parts.get(type) ?? [type]) : [type];
  }

  /** What can be called on a type; nothing but objects can. */
  callSignatures(type: Type): readonly Signature[] {
    return (type.flags & CALLABLE) === 0 ? [] : (this.#calls.get(type) ?? []);
  }

  /** What a signature returns. */
  returnType(signature: Signature): Type | undefined {
    return this.#returns.get(signature);
  }

  /** The type of a signature's parameter, rest parameters spread. */
  parameterType(signature: Signature, index: number): Type | undefined {
    const id = `${signature.id}:${index}`;
    const key = this.#parameterKeys.get(id) ?? { signature, index };
    this.#parameterKeys.set(id, key);
    return this.#parameters.get(key);
  }

  /** `string` for `Array<string>`. */
  typeArguments(type: Type): readonly Type[] {
    if (!type.isTypeReference()) return [];
    return this.#arguments.get(type) ?? [];
  }

  /** Types that a class or interface extends. */
  bases(type: Type): readonly Type[] {
    return this.#once('bases', type.id, () => type.getBaseTypes() ?? []);
  }

  /** `Array` for `Array<string>`. */
  generic(type: Type): Type {
    return this.#once('generic', type.id, () => (type.isTypeReference() ? type.getTarget() : type));
  }

  /** What a type parameter extends, in the end. */
  constraint(type: Type): Type | undefined {
    return this.#once('constraint', type.id, () => this.#checker.getBaseConstraintOfType(type));
  }

  /** A property of a type. */
  property(type: Type, name: string): TsSymbol | undefined {
    const id = `${type.id}:${name}`;
    const key = this.#propertyKeys.get(id) ?? { type, name };
    this.#propertyKeys.set(id, key);
    return this.#properties.get(key);
  }

  /** The names of a type's properties; nothing for types that may have any number of them. */
  propertyNames(type: Type): readonly string[] | undefined {
    return this.#once('names', type.id, () => {
      if (this.#checker.getIndexInfosOfType(type).length > 0) return undefined;
      return this.#checker.getPropertiesOfType(type).map(({ name }) => name);
    });
  }

  /** The type that an expression's place asks of it: a parameter's, a property's, a return's. */
  contextualType(node: Expression): Type | undefined {
    return this.#contextual.get(node);
  }

  /** A global value or type by its name, such as `Promise`. */
  global(name: string): TsSymbol | undefined {
    return this.#once('global', name, () =>
      this.#checker.resolveName(name, SymbolFlags.Type | SymbolFlags.Value),
    );
  }

  /** A type as the compiler would print it. */
  print(type: Type): string {
    return this.#checker.typeToString(type);
  }

  #once<T>(kind: string, key: number | string, ask: () => T): T;
  #once(kind: string, key: number | string, ask: () => unknown): unknown {
    let answers = this.#memo.get(kind);
    if (answers === undefined) {
      answers = new Map();
      this.#memo.set(kind, answers);
    }
    if (answers.has(key)) return answers.get(key);
    const answer = ask();
    answers.set(key, answer);
    return answer;
  }
}

function hasParts(type: Type): type is UnionOrIntersectionType {
  return type.isUnionType() || type.isIntersectionType();
}

/** Whether a symbol by itself is what the project declares: no member of a type, and of no other module. */
function standsAlone({ declarations, flags }: TsSymbol): boolean {
  const [first] = declarations;
  const isMember = (flags & (SymbolFlags.Method | SymbolFlags.Property)) !== 0;
  return !isMember && first !== undefined && isOwn(first.path);
}

function isAlias({ flags }: TsSymbol): boolean {
  return (flags & SymbolFlags.Alias) !== 0;
}
