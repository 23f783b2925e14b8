/** Names and types for code that an edit writes: free where they are wanted, and known there. */
import * as ast from '#ast';
import type { Program, Type } from '#program';
import type { Promises } from '../promises/promises.ts';
import { enclosingFunction, isMethodCall, walk } from '../shape/syntax.ts';
import type { Origins } from './origins.ts';

/** Types longer than this are left for the compiler to infer. */
const LONGEST_TYPE = 60;

/** The name that what is gathered at a node has of its own. */
type OwnName = (node: ast.Node) => string | undefined;

/** Finds free names, and writes types down. */
export class Naming {
  readonly #program: Program;
  readonly #origins: Origins;
  readonly #promises: Promises;

  constructor(program: Program, origins: Origins, promises: Promises) {
    this.#program = program;
    this.#origins = origins;
    this.#promises = promises;
  }

  /**
   * The first of some names that means nothing at a node and is not used near it. What gathers before it in the same function
   * takes names first, so that both may be rewritten: its own one if it has, as `own` tells, else one of the others.
   */
  free(node: ast.Node, names: readonly string[], own: OwnName = () => undefined): string {
    const used = namesNear(node);
    const isFree = (name: string) => !used.has(name) && !this.#origins.lookUp(name, node);
    const earlier = gatheringsBefore(node).map((one) => own(one));
    const taken = new Set(earlier);
    const nameless = earlier.filter((one) => one === undefined || !isFree(one)).length;
    const mine = own(node);
    if (mine !== undefined && isFree(mine) && !taken.has(mine)) return mine;
    const last = names.at(-1) ?? 'value';
    const numbered = Array.from({ length: used.size + nameless + 1 }, (_, n) => `${last}${n + 2}`);
    const left = [...names, ...numbered].filter((name) => isFree(name) && !taken.has(name));
    return left[nameless] ?? last;
  }

  /** The first of some names that means nothing at a node and is not used near it, for use in a block of its own. */
  unused(node: ast.Node, ...names: readonly string[]): string {
    const used = namesNear(node);
    const isFree = (name: string) => !used.has(name) && !this.#origins.lookUp(name, node);
    return names.find(isFree) ?? `${names.at(-1)}${used.size}`;
  }

  /** The type of an expression's value, promises looked into, as it can be written at a node. */
  typeText(node: ast.Expression): string | undefined {
    const { query } = this.#program;
    const type = query.typeAt(node);
    if (type === undefined) return undefined;
    const text = query.print(this.#promises.awaited(type) ?? type);
    if (text.length > LONGEST_TYPE || /\.\.\.|import\(|typeof |\bany\b|=>/.test(text)) {
      return undefined;
    }
    const names = text.replace(/'[^']*'|"[^"]*"|[\w$]+\??:/g, '').match(/[A-Za-z_$][\w$]*/g) ?? [];
    return names.every((name) => this.#isKnown(name, node, type)) ? text : undefined;
  }

  /** Whether a list that starts empty finds its type by what is pushed to it. */
  get infersLists(): boolean {
    const { noImplicitAny, strict } = this.#program.options;
    return noImplicitAny !== undefined ? noImplicitAny === true : strict !== false;
  }

  /** Whether an expression's value is an array, so that it has a length and can be sliced. */
  isArray(node: ast.Expression): boolean {
    const type = this.#program.query.typeAt(node);
    return type !== undefined && this.#promises.elements(type) !== undefined;
  }

  #isKnown(name: string, node: ast.Node, type: Type): boolean {
    if (KEYWORDS.has(name)) return true;
    if (this.#origins.lookUp(name, node) !== undefined || isTypeInFile(name, node)) return true;
    // Other modules may have a type of the same name as a global one.
    const global = this.#program.query.global(name)?.id;
    return global !== undefined && this.#holds(type, global);
  }

  /** Whether a type is made of one that a symbol stands for. */
  #holds(type: Type, symbol: number, depth = 0): boolean {
    const { query } = this.#program;
    if (query.symbolId(type) === symbol) return true;
    if (depth > 4) return false;
    const parts = type.isUnionType() || type.isIntersectionType() ? query.parts(type) : [];
    return [...parts, ...query.typeArguments(type)].some((one) =>
      this.#holds(one, symbol, depth + 1),
    );
  }
}

/** Names that stand for themselves wherever they are; the last is an alias, behind which the compiler shows no symbol. */
const KEYWORDS = new Set(
  'string number boolean bigint symbol undefined null void object unknown never true false readonly keyof PromiseSettledResult'.split(
    ' ',
  ),
);

/** Every name in the function round a node. */
function namesNear(node: ast.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (at: ast.Node) => void (ast.isIdentifier(at) && names.add(at.text));
  walk(enclosingFunction(node) ?? node.getSourceFile(), note, { intoFunctions: true });
  return names;
}

function gatheringsBefore(node: ast.Node): readonly ast.Node[] {
  const found: ast.Node[] = [];
  const count = (at: ast.Node): void => {
    if (at.pos < node.pos && isGathering(at)) found.push(at);
  };
  walk(enclosingFunction(node) ?? node.getSourceFile(), count, { intoFunctions: true });
  return found;
}

/** `Promise.all(xs.map(f))`, `Promise.allSettled(Array.from(xs, f))`, and loops that wait for each item. */
function isGathering(node: ast.Node): boolean {
  if (ast.isForOfStatement(node) || ast.isForStatement(node)) {
    return /\bawait\b/.test(node.statement.getText());
  }
  const [first] = isMethodCall(node, 'all', 'allSettled') ? node.arguments : [];
  return first !== undefined && isMethodCall(first, 'map', 'from');
}

/** Interfaces and type aliases of the file's top level. */
function isTypeInFile(name: string, node: ast.Node): boolean {
  return node
    .getSourceFile()
    .statements.some(
      (one) =>
        (ast.isInterfaceDeclaration(one) || ast.isTypeAliasDeclaration(one)) &&
        one.name.text === name,
    );
}
