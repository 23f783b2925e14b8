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
} from 'typescript/unstable/sync';
import type { Node } from './ast.ts';

export type { Signature, TsSymbol, Type };
export { ObjectFlags, SymbolFlags, TypeFlags };

/**
 * Thrown when an answer is not known yet. The engine catches it, lets other work run, asks the
 * compiler for everything that was wanted in one batch, and starts the interrupted piece of work again.
 * Whoever catches errors of other kinds must let this one pass.
 */
export const PENDING = new Error('The answer comes with the next batch.');

/** A declaration that a symbol or signature has, wherever it stands. */
export interface Declaration {
  /** Lower-cased where the file system ignores case. */
  readonly path: string;
  readonly kind: number;
  /** Fetches the file if needed and finds the node; costly for files outside the project. */
  node(): Node | undefined;
}

/** How many nodes travel in one request: larger batches gain nothing measurable. */
const BATCH = 2000;

/**
 * Questions about types and symbols, answered in batches. Everything asked of a node throws `PENDING` the
 * first time and answers from memory after `flush`. Questions about types and symbols themselves answer at
 * once, and are remembered.
 */
export class Query {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly #types = new Batch<Node, Type>((nodes) => this.#checker.getTypeAtLocation(nodes));
  readonly #symbols = new Batch<Node, TsSymbol>((nodes) =>
    this.#checker.getSymbolAtLocation(nodes),
  );
  readonly #signatures = new Batch<Node, Signature>((nodes) =>
    nodes.map((node) => this.#checker.getResolvedSignature(node)),
  );
  readonly #memo = new Map<string, Map<number | string, unknown>>();

  constructor(project: Project) {
    this.#project = project;
    this.#checker = project.checker;
  }

  /** How many nodes wait for the next batch. */
  get waiting(): number {
    return this.#types.waiting + this.#symbols.waiting + this.#signatures.waiting;
  }

  /** Asks the compiler for everything wanted so far. */
  flush(): void {
    this.#types.flush();
    this.#symbols.flush();
    this.#signatures.flush();
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
    if ((symbol.flags & SymbolFlags.Alias) === 0) return symbol;
    return this.#once('target', symbol.id, () => {
      const target = this.#checker.getAliasedSymbol(symbol);
      return this.#checker.isUnknownSymbol(target) ? undefined : target;
    });
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
    return this.#once('parent', symbol.id, () => symbol.getParent());
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
    return this.#once('typeOf', symbol.id, () => this.#checker.getTypeOfSymbol(symbol));
  }

  /** Members of a union or intersection; any other type is its own only part. */
  parts(type: Type): readonly Type[] {
    if (!type.isUnionType() && !type.isIntersectionType()) return [type];
    return this.#once('parts', type.id, () => type.getTypes());
  }

  /** What can be called on a type. */
  callSignatures(type: Type): readonly Signature[] {
    return this.#once('calls', type.id, () =>
      this.#checker.getSignaturesOfType(type, SignatureKind.Call),
    );
  }

  /** What a signature returns. */
  returnType(signature: Signature): Type | undefined {
    return this.#once('returns', signature.id, () =>
      this.#checker.getReturnTypeOfSignature(signature),
    );
  }

  /** The type of a signature's parameter, rest parameters spread. */
  parameterType(signature: Signature, index: number): Type | undefined {
    return this.#once('parameter', `${signature.id}:${index}`, () =>
      this.#checker.getParameterType(signature, index),
    );
  }

  /** `string` for `Array<string>`. */
  typeArguments(type: Type): readonly Type[] {
    if (!type.isTypeReference()) return [];
    return this.#once('arguments', type.id, () => this.#checker.getTypeArguments(type));
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
    return this.#once('property', `${type.id}:${name}`, () =>
      this.#checker.getPropertyOfType(type, name),
    );
  }

  /** The names of a type's properties; nothing for types that may have any number of them. */
  propertyNames(type: Type): readonly string[] | undefined {
    return this.#once('names', type.id, () => {
      if (this.#checker.getIndexInfosOfType(type).length > 0) return undefined;
      return this.#checker.getPropertiesOfType(type).map(({ name }) => name);
    });
  }

  /** The type that an expression's place asks of it: a parameter's, a property's, a return's. */
  contextualType(node: Parameters<Checker['getContextualType']>[0]): Type | undefined {
    return this.#once('contextual', `${node.getSourceFile().path}:${node.pos}:${node.end}`, () =>
      this.#checker.getContextualType(node),
    );
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

/** Answers that are asked for together. */
class Batch<Key, Answer> {
  readonly #answers = new Map<Key, Answer | undefined>();
  readonly #wanted = new Set<Key>();
  readonly #ask: (keys: readonly Key[]) => readonly (Answer | undefined)[];

  constructor(ask: (keys: readonly Key[]) => readonly (Answer | undefined)[]) {
    this.#ask = ask;
  }

  get waiting(): number {
    return this.#wanted.size;
  }

  want(key: Key): void {
    if (!this.#answers.has(key)) this.#wanted.add(key);
  }

  get(key: Key): Answer | undefined {
    if (!this.#answers.has(key)) {
      this.#wanted.add(key);
      throw PENDING;
    }
    return this.#answers.get(key);
  }

  flush(): void {
    const keys = [...this.#wanted];
    this.#wanted.clear();
    for (let start = 0; start < keys.length; start += BATCH) {
      const some = keys.slice(start, start + BATCH);
      const answers = this.#ask(some);
      for (const [index, key] of some.entries()) this.#answers.set(key, answers[index]);
    }
  }
}
