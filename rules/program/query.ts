import {
  type Checker,
  type IndexInfo,
  ObjectFlags,
  type Project,
  type Signature,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync';
import type { Node } from './ast.ts';
import { PENDING, together } from './batch.ts';
import { type Declaration, declarationAt } from './declaration.ts';
import type { Pipeline } from './pipeline.ts';
import {
  type Expression,
  hasParts,
  isAlias,
  mayBeCalled,
  type Parameter,
  type Property,
  Questions,
} from './questions.ts';

export type { Declaration, Signature, TsSymbol, Type };
export { ObjectFlags, PENDING, SymbolFlags, TypeFlags, together };

/** Nodes of which types or symbols are asked. */
export interface Asked {
  readonly types: readonly Node[];
  readonly symbols: readonly Node[];
}

/**
 * Questions about types and symbols. Nearly all throw `PENDING` the first time, and answer from memory once the answer has
 * come. The few that are asked seldom wait for it, and for all that was asked before.
 */
export class Query {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly #ask: Questions;
  readonly #propertyKeys = new Map<string, Property>();
  readonly #parameterKeys = new Map<string, Parameter>();
  readonly #memo = new Map<string, Map<number | string, unknown>>();

  constructor(project: Project, pipeline?: Pipeline) {
    this.#project = project;
    this.#checker = project.checker;
    this.#ask = new Questions(project, pipeline);
  }

  /** How many questions wait for the next batch. */
  get waiting(): number {
    return this.#ask.waiting;
  }

  /** What was asked of nodes so far. */
  get asked(): Asked {
    const { types, symbols } = this.#ask;
    return { types: [...types.asked.keys()], symbols: [...symbols.asked.keys()] };
  }

  /** Asks with the next batch what will probably be wanted of nodes. */
  foresee({ types, symbols }: Asked): void {
    for (const node of types) this.#ask.types.foresee(node);
    for (const node of symbols) this.#ask.symbols.foresee(node);
  }

  /** Lets the compiler go on with what is wanted so far. */
  send(): void {
    this.#ask.send();
  }

  /** Takes in the answers that have come already, without waiting. */
  listen(): void {
    this.#ask.listen();
  }

  /** Brings what was under way at the last `send`. */
  receive(): void {
    this.#ask.receive();
  }

  /** Brings everything that is wanted. */
  flush(): void {
    this.#ask.flush();
  }

  /** Wants the types of several nodes in the next batch, to save rounds. */
  expectTypes(nodes: Iterable<Node>): void {
    for (const node of nodes) this.#ask.types.want(node);
  }

  /** Wants the symbols of several nodes in the next batch, to save rounds. */
  expectSymbols(nodes: Iterable<Node>): void {
    for (const node of nodes) this.#ask.symbols.want(node);
  }

  /** The type of an expression or declaration. */
  typeAt(node: Node): Type | undefined {
    return this.#ask.types.get(node);
  }

  /** The symbol that a name refers to; an import's own alias, not what it stands for. */
  symbolAt(node: Node): TsSymbol | undefined {
    return this.#ask.symbols.get(node);
  }

  /** The overload that a call resolves to. */
  signatureAt(call: Node): Signature | undefined {
    return this.#ask.signatures.get(call);
  }

  /** The symbol that a name refers to in the end, imports and re-exports followed. */
  targetAt(node: Node): TsSymbol | undefined {
    const symbol = this.symbolAt(node);
    return symbol && this.target(symbol);
  }

  /** The symbols that several names refer to in the end, all asked together. */
  targetsAt(nodes: readonly Node[]): readonly (TsSymbol | undefined)[] {
    this.expectSymbols(nodes);
    const symbols = nodes.map((node) => this.symbolAt(node));
    for (const symbol of symbols) {
      if (symbol !== undefined && isAlias(symbol)) this.#ask.targets.want(symbol);
    }
    return symbols.map((symbol) => symbol && this.target(symbol));
  }

  /** What an alias stands for; any other symbol is itself. */
  target(symbol: TsSymbol): TsSymbol | undefined {
    if (!isAlias(symbol)) return symbol;
    const target = this.#ask.targets.get(symbol);
    return target === undefined || this.#ask.unknowns.get(target) ? undefined : target;
  }

  /** Where a symbol is declared. */
  declarations(symbol: TsSymbol): readonly Declaration[] {
    return symbol.declarations.map((handle) =>
      declarationAt(handle, this.#project, this.#ask.trees),
    );
  }

  /** Where the signature that a call resolves to is declared. */
  declarationOf(signature: Signature): Declaration | undefined {
    const handle = signature.declaration;
    return handle && declarationAt(handle, this.#project, this.#ask.trees);
  }

  /** The symbol that a member belongs to: its class, interface, namespace or module. */
  parent(symbol: TsSymbol): TsSymbol | undefined {
    return this.#ask.parents.get(symbol);
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

  /** The symbol of the type alias that a type was written as. */
  aliasOf(type: Type): TsSymbol | undefined {
    return this.#once('aliasOf', type.id, () => type.getAliasSymbol());
  }

  /** The type of a variable, parameter or property. */
  typeOf(symbol: TsSymbol): Type | undefined {
    return this.#ask.typesOf.get(symbol);
  }

  /** Members of a union or intersection; any other type is its own only part. */
  parts(type: Type): readonly Type[] {
    return hasParts(type) ? (this.#ask.parts.get(type) ?? [type]) : [type];
  }

  /** What can be called on a type; nothing but objects can. */
  callSignatures(type: Type): readonly Signature[] {
    return mayBeCalled(type) ? (this.#ask.calls.get(type) ?? []) : [];
  }

  /** What a signature returns. */
  returnType(signature: Signature): Type | undefined {
    return this.#ask.returns.get(signature);
  }

  /** What several signatures return, all asked together. */
  returnTypes(signatures: readonly Signature[]): readonly (Type | undefined)[] {
    for (const signature of signatures) this.#ask.returns.want(signature);
    return signatures.map((signature) => this.returnType(signature));
  }

  /** What the functions in some types return, all asked together. */
  results(types: readonly Type[]): readonly (Type | undefined)[] {
    for (const type of types) if (hasParts(type)) this.#ask.parts.want(type);
    const parts = types.flatMap((type) => this.parts(type));
    for (const part of parts) if (mayBeCalled(part)) this.#ask.calls.want(part);
    return this.returnTypes(parts.flatMap((part) => this.callSignatures(part)));
  }

  /** The types of a parameter of several signatures that have it, rest parameters spread, all asked together. */
  parameterTypes(signatures: readonly Signature[], index: number): readonly Type[] {
    const keys = signatures.map((signature) => {
      const id = `${signature.id}:${index}`;
      const key = this.#parameterKeys.get(id) ?? { signature, index };
      this.#parameterKeys.set(id, key);
      return key;
    });
    for (const key of keys) this.#ask.parameters.want(key);
    return keys.flatMap((key) => this.#ask.parameters.get(key) ?? []);
  }

  /** `string` for `Array<string>`. */
  typeArguments(type: Type): readonly Type[] {
    if (!type.isTypeReference()) return [];
    return this.#ask.arguments.get(type) ?? [];
  }

  /** Types that a class or interface extends. */
  bases(type: Type): readonly Type[] {
    return this.#ask.bases.get(type) ?? [];
  }

  /** `Array` for `Array<string>`. */
  generic(type: Type): Type {
    return type.isTypeReference() ? (this.#ask.generics.get(type) ?? type) : type;
  }

  /** What a type parameter extends, in the end. */
  constraint(type: Type): Type | undefined {
    return this.#ask.constraints.get(type);
  }

  /** A property of a type. */
  property(type: Type, name: string): TsSymbol | undefined {
    const id = `${type.id}:${name}`;
    const key = this.#propertyKeys.get(id) ?? { type, name };
    this.#propertyKeys.set(id, key);
    return this.#ask.properties.get(key);
  }

  /** The names of a type's properties; nothing for types that may have any number of them. */
  propertyNames(type: Type): readonly string[] | undefined {
    return this.#once('names', type.id, () => {
      if (this.indexes(type).length > 0) return undefined;
      return this.#checker.getPropertiesOfType(type).map(({ name }) => name);
    });
  }

  /** What a type holds under any name, by the type of the name: `string` and `T` for `Record<string, T>`. */
  indexes(type: Type): readonly IndexInfo[] {
    return this.#ask.indexes.get(type) ?? [];
  }

  /** The type that an expression's place asks of it: a parameter's, a property's, a return's. */
  contextualType(node: Expression): Type | undefined {
    return this.#ask.contextual.get(node);
  }

  /** A global value or type by its name, such as `Promise`. */
  global(name: string): TsSymbol | undefined {
    return this.#ask.globals.get(name);
  }

  /** Wants several globals ahead, to save rounds. */
  expectGlobals(names: Iterable<string>): void {
    for (const name of names) this.#ask.globals.want(name);
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
