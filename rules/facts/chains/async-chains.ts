/**
 * Makes a chain of calls wait: the functions async, every call of them awaited in all files, and what blocks at its end
 * the async twin. All of it is tried out in the compiler before it is handed out; or one place is named that prevents it.
 */
import * as ast from '#ast';
import { disjoint } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import { awaitedTwin } from '../blocking/awaited-twins.ts';
import type { Blocking, BlockingCall } from '../blocking/blocking.ts';
import type { Chain, Link } from '../blocking/summaries.ts';
import { runnerOf } from '../blocking/turns.ts';
import { twinCall } from '../blocking/twins.ts';
import type { Calls } from '../names/calls.ts';
import type { Siblings } from '../names/siblings.ts';
import { asyncEdits, awaitEdits } from '../promises/asyncify.ts';
import type { Promises } from '../promises/promises.ts';
import { collect, type FunctionNode, isInOptionalChain, wrapped } from '../shape/syntax.ts';
import { contractOf, spokenName } from './contracts.ts';
import { overloadEdits } from './overloads.ts';
import { isObstacle, nested, type Obstacle, type Rewriting } from './plan.ts';
import { namedBy, References } from './references.ts';
import { roomAt } from './room.ts';
import { strangerUsing } from './strangers.ts';
import { newError } from './trials.ts';

/** More functions than these to change at once are nobody's quick fix. */
const MOST_FUNCTIONS = 24;
const MOST_CALLS = 120;

/** A chain made async. */
export interface AsyncChain {
  readonly edits: readonly Edit[];
  /** Functions that become async, the chain's first one first. */
  readonly functions: readonly FunctionNode[];
}

/** What has to be asked. */
export interface Sources {
  readonly program: Program;
  readonly calls: Calls;
  readonly promises: Promises;
  readonly siblings: Siblings;
  readonly blocking: Blocking;
}

/** Works out how chains are made async. */
export class AsyncChains {
  readonly #sources: Sources;
  readonly #references: References;
  readonly #known = new Map<FunctionNode, AsyncChain | Obstacle>();

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#references = new References(sources.program, sources.calls.scopes);
  }

  /** Whether edits can be tried out: only then is anything handed out. */
  get canTry(): boolean {
    return this.#sources.program.canTry;
  }

  /** The chain that starts with a call, made async; or what prevents it. */
  of(start: Link, chain: Chain): AsyncChain | Obstacle {
    const known = this.#known.get(start.fn) ?? this.#made(start, chain);
    this.#known.set(start.fn, known);
    return known;
  }

  #made(start: Link, chain: Chain): AsyncChain | Obstacle {
    const work = new Work(this.#sources, this.#references);
    const fns = [start, ...chain.steps].map(({ fn }) => fn);
    const obstacle = work.do(fns, chain.end);
    if (obstacle !== undefined) return obstacle;
    const { program } = this.#sources;
    const most = work.withMoreTwins();
    const edits = most.length === work.edits.length ? [most] : [most, work.edits];
    let error: Obstacle | undefined;
    for (const some of edits) {
      error = newError(some, work.functions, program);
      if (error === undefined) return { edits: some, functions: work.functions };
    }
    return error ?? { node: start.call, message: 'the compiler does not accept the change' };
  }
}

/** One chain at work. */
class Work {
  readonly #sources: Sources;
  readonly #references: References;
  readonly #rewritings: Rewriting[] = [];
  readonly #functions = new Set<FunctionNode>();
  readonly #calls = new Set<ast.CallExpression>();
  /** Nodes round calls that wait already. */
  readonly #opened = new Set<ast.Node>();

  constructor(sources: Sources, references: References) {
    this.#sources = sources;
    this.#references = references;
  }

  get functions(): readonly FunctionNode[] {
    return [...this.#functions];
  }

  get edits(): readonly Edit[] {
    return nested(this.#rewritings);
  }

  /** Collects all that has to be changed, until something prevents it. */
  do(fns: readonly FunctionNode[], end: BlockingCall): Obstacle | undefined {
    for (const fn of fns) this.#functions.add(fn);
    const obstacle = this.#end(end);
    if (obstacle !== undefined) return obstacle;
    for (const fn of this.#functions) {
      if (this.#functions.size > MOST_FUNCTIONS || this.#calls.size > MOST_CALLS) {
        return { node: nameOf(fn), message: 'too many functions would have to be async' };
      }
      const found = this.#turn(fn);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The edits, and those of further blocking calls in the same functions where they fit. */
  withMoreTwins(): readonly Edit[] {
    const { blocking } = this.#sources;
    let all = this.edits;
    for (const fn of this.#functions) {
      if (fn.body === undefined) continue;
      for (const call of collect(fn.body, ast.isCallExpression)) {
        const found = blocking.mayBlock(call) ? blocking.of(call) : undefined;
        const twin = found && runnerOf(call)?.fn === fn && twinCall(found, this.#sources);
        if (!twin) continue;
        const more = awaitedTwin(call, twin);
        if (disjoint(all, more)) all = [...all, ...more];
      }
    }
    return all;
  }

  #end(end: BlockingCall): Obstacle | undefined {
    const { call, name } = end;
    const twin = ast.isCallExpression(call) ? twinCall(end, this.#sources) : undefined;
    if (twin === undefined || !ast.isCallExpression(call)) {
      return {
        node: name,
        message: `\`${name.getText()}\` has no async twin that surely does the same`,
      };
    }
    return this.#wait(call, awaitedTwin(call, twin));
  }

  /** Makes a function async, and its callers wait; those of a function that returns a promise do so already. */
  #turn(fn: FunctionNode): Obstacle | undefined {
    const { program } = this.#sources;
    const contract = contractOf(fn, program);
    if (contract !== undefined) return contract;
    const named = namedBy(fn);
    if (named === undefined)
      return { node: fn, message: 'a function without a name cannot be followed' };
    this.#rewritings.push({ node: fn, edits: [...asyncEdits(fn), ...overloadEdits(fn)] });
    if (this.#returnsPromise(fn)) return undefined;
    const stranger = strangerUsing(fn, program);
    if (stranger !== undefined) {
      const message = `${spokenName(fn)} cannot be async: \`${stranger}\`, of another project, uses it`;
      return { node: named.name ?? fn, message };
    }
    const { calls, other } = this.#references.of(named);
    if (other !== undefined) {
      return { node: other.node, message: `${spokenName(fn)} cannot be async: ${other.why}` };
    }
    for (const call of calls) {
      if (this.#calls.has(call)) continue;
      this.#calls.add(call);
      const isAwaited = ast.isAwaitExpression(wrapped(call).parent);
      const obstacle = isAwaited ? undefined : this.#wait(call, awaitEdits(call));
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  }

  #returnsPromise(fn: FunctionNode): boolean {
    const { promises, program } = this.#sources;
    const name = namedBy(fn)?.name;
    const type = name && program.query.typeAt(name);
    const signatures = type === undefined ? [] : program.query.callSignatures(type);
    return (
      signatures.length > 0 &&
      signatures.every((one) => promises.of(program.query.returnType(one)) === 'always')
    );
  }

  /** Lets a call wait, and all that has to wait for it in turn. */
  #wait(call: ast.CallExpression, edits: readonly Edit[]): Obstacle | undefined {
    if (isLinkOfOptional(call)) {
      return { node: call, message: 'a call that may be skipped cannot be awaited in its chain' };
    }
    const room = roomAt(call, this.#sources);
    if (isObstacle(room)) return room;
    if (room.isAwaited !== true) this.#rewritings.push({ node: call, edits });
    if (room.needs !== undefined) this.#functions.add(room.needs);
    for (const rewriting of room.rewritings) {
      const key = rewriting.node;
      if (this.#opened.has(key)) continue;
      this.#rewritings.push(rewriting);
    }
    const isNew = room.rewritings.some(({ node }) => !this.#opened.has(node));
    for (const { node } of room.rewritings) this.#opened.add(node);
    return room.next !== undefined && isNew ? this.#room(room.next) : undefined;
  }

  /** Room for what a callback's taker waits with. */
  #room(call: ast.CallExpression): Obstacle | undefined {
    return this.#wait(call, []);
  }
}

/** `a?.load().text`: nothing happens at all where there is no `a`. */
function isLinkOfOptional(call: ast.CallExpression): boolean {
  if (!isInOptionalChain(call)) return false;
  const { parent } = wrapped(call);
  const isLink =
    ast.isPropertyAccessExpression(parent) ||
    ast.isElementAccessExpression(parent) ||
    ast.isCallExpression(parent);
  return isLink && parent.expression === wrapped(call);
}

function nameOf(fn: FunctionNode): ast.Node {
  return namedBy(fn)?.name ?? fn;
}
