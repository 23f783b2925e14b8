/**
 * Whose time code takes. Code runs in the turn of the event loop that the nearest function is called in; when that
 * function is handed to `map`, to a promise's executor or is called on the spot, it runs in the turn of the function
 * round it.
 */
import * as ast from '#ast';
import { type Program, type Type, TypeFlags } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Promises } from '../promises/promises.ts';
import { isNewPromise } from '../shape/statics.ts';
import {
  type FunctionNode,
  isAsync,
  isFunction,
  isFunctionExpression,
  isGenerator,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';

/** A function, and the sync callbacks between its own code and the code in question, innermost first. */
export interface Turn {
  readonly fn: FunctionNode;
  readonly callbacks: readonly Callback[];
}

/** A sync function that runs as part of the code round it, and the call that makes it run. */
export interface Callback {
  readonly fn: ast.ArrowFunction | ast.FunctionExpression;
  readonly call: ast.CallExpression | ast.NewExpression;
  /**
   * `each`: an array, set, map or string hands it what it holds. `here`: it is called on the spot. `executor`: of a
   * promise. `reaction`: of a promise, in a later turn that nobody can skip.
   */
  readonly how: 'each' | 'here' | 'executor' | 'reaction';
}

/** Methods that have called their callback for the last time when they return. */
const EACH = new Set(
  (
    'every filter find findIndex findLast findLastIndex flatMap forEach map reduce reduceRight replace replaceAll ' +
    'some sort toSorted'
  ).split(' '),
);

/** Functions without a receiver that do the same. */
const EACH_STATIC = new Set(
  'Array.from JSON.parse JSON.stringify Map.groupBy Object.groupBy'.split(' '),
);

const REACTIONS = new Set(['then', 'catch', 'finally']);

/** The async function whose turn code at a node takes, by the tree alone; nothing when there is none. */
export function turnOf(node: ast.Node): Turn | undefined {
  const turn = runnerOf(node);
  return turn && isAsync(turn.fn) ? turn : undefined;
}

/** The function, async or not, that code at a node runs as part of; nothing at the top level of a module or class. */
export function runnerOf(node: ast.Node): Turn | undefined {
  const callbacks: Callback[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const fn = at.parent;
    if (ast.isPropertyDeclaration(fn) || ast.isClassStaticBlockDeclaration(fn)) return undefined;
    if (!isFunction(fn)) continue;
    const callback = isAsync(fn) ? undefined : callbackOf(fn);
    if (callback === undefined) return { fn, callbacks };
    callbacks.push(callback);
  }
  return undefined;
}

/** How a function that stands in an expression is called as part of the code round it. */
export function callbackOf(fn: FunctionNode): Callback | undefined {
  if (!isFunctionExpression(fn) || isGenerator(fn)) return undefined;
  const at = wrapped(fn);
  const call = at.parent;
  if (ast.isNewExpression(call))
    return isNewPromise(call) ? { fn, call, how: 'executor' } : undefined;
  if (!ast.isCallExpression(call)) return undefined;
  if (call.expression === at) return { fn, call, how: 'here' };
  const callee = unwrap(call.expression);
  if (!ast.isPropertyAccessExpression(callee)) return undefined;
  const name = callee.name.text;
  if (REACTIONS.has(name)) return { fn, call, how: 'reaction' };
  const isEach = EACH.has(name) || EACH_STATIC.has(callee.getText());
  return isEach ? { fn, call, how: 'each' } : undefined;
}

/** What has to be asked of the compiler. */
interface Types {
  readonly program: Program;
  readonly calls: Calls;
  readonly promises: Promises;
}

/** Whether the callback is called as its name says: a `map` that is no array's may do so whenever it likes. */
export function isRunAtOnce({ how, call }: Callback, types: Types): 'yes' | 'no' | 'unknown' {
  if (how === 'here' || how === 'executor') return 'yes';
  const callee = unwrap(call.expression);
  if (!ast.isPropertyAccessExpression(callee)) return 'unknown';
  if (EACH_STATIC.has(callee.getText()) && how === 'each') {
    return types.calls.origin(callee)?.module === 'global' ? 'yes' : 'no';
  }
  const type = types.program.query.typeAt(callee.expression);
  const promiseness = types.promises.of(type);
  if (type === undefined || promiseness === 'unknown') return 'unknown';
  const fits = how === 'reaction' ? promiseness === 'always' : isCollection(type, types);
  return fits ? 'yes' : 'no';
}

/** Arrays, tuples, sets, maps and strings, and unions of them. */
function isCollection(type: Type, types: Types): boolean {
  const { query } = types.program;
  return query.parts(type).every((part) => {
    if ((part.flags & TypeFlags.StringLike) !== 0) return true;
    if (types.promises.elements(part) !== undefined) return true;
    const symbol = query.symbolId(part);
    return symbol !== undefined && COLLECTIONS.some((name) => query.global(name)?.id === symbol);
  });
}

const COLLECTIONS = ['Set', 'Map', 'ReadonlySet', 'ReadonlyMap'];
