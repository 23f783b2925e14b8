/** Which transaction, session, connection or page the branches of one combinator have in common, told by its type. */
import * as ast from '#ast';
import { SESSIONS, type SessionLimit } from '#catalog/sessions.ts';
import { type Program, type Type, TypeFlags } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import { enclosingFunction, isMethodCall, unwrap } from '../shape/syntax.ts';
import { mostOf } from '../sizes/bounds.ts';
import type { FanOuts } from './fan-outs.ts';
import type { Limiters } from './limiters.ts';
import { mayRepeat, meetingOf, rank, type Use, usesIn } from './session-uses.ts';

/** One thing that several branches use at the same time. */
export interface SharedSession {
  /** How the code calls it: `tx`, `this.client`. */
  readonly name: string;
  readonly limit: SessionLimit;
  /** Whether a transaction is surely open on it. */
  readonly inTransaction: boolean;
  /** A use in each branch; one where the branch is run for each value of a collection. */
  readonly uses: readonly ast.Node[];
}

/** Code that runs beside other code. */
interface Branch {
  readonly node: ast.Expression;
  /** It is run for each value of a collection. */
  readonly isRepeated: boolean;
}

/** What sharing is told by. */
interface Known {
  readonly calls: Calls;
  readonly origins: Origins;
  readonly fanOuts: FanOuts;
  readonly limiters: Limiters;
}

/** Finds what is shared. */
export class SessionSharing {
  readonly #query: Program['query'];
  readonly #calls: Calls;
  readonly #origins: Origins;
  readonly #fanOuts: FanOuts;
  readonly #limiters: Limiters;

  constructor(program: Program, { calls, origins, fanOuts, limiters }: Known) {
    this.#query = program.query;
    this.#calls = calls;
    this.#origins = origins;
    this.#fanOuts = fanOuts;
    this.#limiters = limiters;
  }

  /** What the branches that a combinator is given share, though it does one piece of work at a time. */
  in(list: ast.Expression): SharedSession | undefined {
    const shared = [...this.#sharedIn(this.#branches(list)).values()];
    this.#query.expectTypes(shared.flatMap(({ uses: [first] }) => (first ? [first.node] : [])));
    for (const { uses, isRepeated } of shared) {
      const [first] = uses;
      const limit = first && this.#limitOf(first.node);
      if (first === undefined || limit === undefined) continue;
      const meeting = meetingOf(uses, limit, isRepeated);
      if (meeting === undefined || meeting.some((use) => this.#isHeldBack(use.node))) continue;
      const inTransaction = this.#isInTransaction(first.node);
      const nodes = meeting.map(({ last, node }) => last?.call ?? node);
      return { name: first.node.getText(), limit, inTransaction, uses: nodes };
    }
    return undefined;
  }

  /** What runs side by side: the elements of a list, and what is started for each value. */
  #branches(list: ast.Expression): readonly Branch[] {
    const at = unwrap(list);
    const elements = ast.isArrayLiteralExpression(at) ? at.elements : [];
    const single = elements.filter((one) => !ast.isSpreadElement(one)).map((one) => unwrap(one));
    const once = single.map((one) => this.#startedAt(one)).filter((one) => !isDone(one));
    const fanOuts = mayRepeat(at) ? this.#fanOuts.into(list) : [];
    const many = fanOuts.filter(({ size }) => (mostOf(size) ?? 2) > 1);
    return [
      ...once.map((node) => ({ node, isRepeated: false })),
      ...many.map(({ work }) => ({ node: unwrap(work), isRepeated: true })),
    ];
  }

  /** `save(a)` for `const saved = save(a)`. */
  #startedAt(element: ast.Expression): ast.Expression {
    const declaration = ast.isIdentifier(element) ? this.#origins.localOf(element) : undefined;
    if (declaration === undefined || !ast.isVariableDeclaration(declaration)) return element;
    return declaration.initializer ? unwrap(declaration.initializer) : element;
  }

  /** Names that two branches use, or that one uses which is run many times. */
  #sharedIn(branches: readonly Branch[]): ReadonlyMap<ast.Node | string, Sharing> {
    const found = new Map<ast.Node | string, Sharing>();
    for (const { node, isRepeated } of branches) {
      const own = new Map<ast.Node | string, Use>();
      for (const use of usesIn(node, this.#origins)) {
        const known = own.get(use.key);
        if (known === undefined || rank(use) > rank(known)) own.set(use.key, use);
      }
      for (const [key, use] of own) {
        const known = found.get(key) ?? { uses: [], isRepeated: false };
        const uses = [...known.uses, use];
        found.set(key, { uses, isRepeated: known.isRepeated || isRepeated });
      }
    }
    for (const [key, { uses, isRepeated }] of found) {
      if (uses.length < 2 && !isRepeated) found.delete(key);
    }
    return found;
  }

  #limitOf(name: Use['node']): SessionLimit | undefined {
    if (this.#isPrismaTransaction(name)) return 'queues';
    const type = this.#query.typeAt(name);
    const parts = type === undefined ? [] : this.#query.parts(type);
    const limits = new Set(parts.map((part) => this.#limitOfType(part, name)));
    const [only] = limits;
    return limits.size === 1 ? only : undefined;
  }

  #limitOfType(type: Type, name: Use['node']): SessionLimit | undefined {
    if ((type.flags & (TypeFlags.Object | TypeFlags.Intersection)) === 0) return undefined;
    const symbol = this.#query.symbolOf(type);
    const home = symbol && this.#calls.named(symbol);
    if (home === undefined) return undefined;
    if (home.module === 'typeorm' && home.name === 'EntityManager') {
      return this.#isOfTransaction(name) ? 'queues' : undefined;
    }
    const types = Object.hasOwn(SESSIONS, home.module) ? SESSIONS[home.module] : undefined;
    return types && Object.hasOwn(types, home.name) ? types[home.name] : undefined;
  }

  /** `tx` in `prisma.$transaction(async (tx) => …)`, and what is written to be one. */
  #isPrismaTransaction(name: Use['node']): boolean {
    const declaration = ast.isIdentifier(name) ? this.#origins.localOf(name) : undefined;
    if (declaration === undefined || !ast.isParameterDeclaration(declaration)) return false;
    if (declaration.initializer !== undefined) return false;
    if (declaration.type !== undefined) {
      return /^(?:Prisma\.)?TransactionClient$/.test(declaration.type.getText());
    }
    return callTaking(declaration) === '$transaction';
  }

  /** `manager` in `source.transaction(async (manager) => …)`, `runner.manager`. */
  #isOfTransaction(name: Use['node']): boolean {
    const declaration = ast.isIdentifier(name) ? this.#origins.localOf(name) : undefined;
    return declaration !== undefined && callTaking(declaration) === 'transaction';
  }

  #isInTransaction(name: Use['node']): boolean {
    const declaration = ast.isIdentifier(name) ? this.#origins.localOf(name) : undefined;
    if (declaration === undefined) return false;
    if (/transaction$/i.test(callTaking(declaration) ?? '')) return true;
    const around = enclosingFunction(declaration) ?? declaration.getSourceFile();
    return /\b(?:startTransaction|withTransaction)\(/.test(around.getText());
  }

  /** Whether a use waits for its turn: `mutex.runExclusive(() => tx.save(a))`. */
  #isHeldBack(use: ast.Node): boolean {
    for (let at = use.parent; at !== undefined && !ast.isStatement(at); at = at.parent) {
      if (ast.isCallExpression(at) && this.#limiters.isNamedLimiter(at)) return true;
    }
    return false;
  }
}

interface Sharing {
  readonly uses: readonly Use[];
  readonly isRepeated: boolean;
}

/** An element that is waited for before the list is there. */
function isDone(node: ast.Expression): boolean {
  return ast.isAwaitExpression(node) || ast.isOmittedExpression(node);
}

/** The name of the call that is given the function whose parameter this is. */
function callTaking(parameter: ast.Node): string | undefined {
  const fn = ast.isParameterDeclaration(parameter) ? parameter.parent : undefined;
  const call = fn?.parent;
  return call !== undefined && isMethodCall(call) && call.arguments.some((one) => one === fn)
    ? call.expression.name.text
    : undefined;
}
