/** Reads of one row per item, by the client itself or by a function of the project that does nothing but read by its parameter. */
import * as ast from '#ast';
import { BATCHABLE, type BatchedRead, batchedReadOf } from '#catalog';
import type { Calls } from '../names/calls.ts';
import { namesOf } from '../names/names.ts';
import {
  collect,
  type FunctionNode,
  isFunction,
  isLogical,
  isMethodCall,
  type MethodCall,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import { createsMissing } from './missing-rows.ts';
import { isKeyedBy } from './read-keys.ts';
import { type Repetition, repetitionOf } from './repetition.ts';

/** A read of one row per item, though the client can read many by their keys. */
export interface KeyedRead {
  readonly name: ast.Identifier | ast.MemberName;
  /** What reads many at once, as a message says it. */
  readonly instead: string;
  readonly repetition: Repetition;
  /** The read itself, where a function of the project stands between. */
  readonly within: ast.Node | undefined;
}

/** What has to be asked about calls. */
interface Known {
  readonly calls: Calls;
  functionAt(callee: ast.Expression): FunctionNode | undefined;
}

/** Functions that read one thing, by their names. */
const READS =
  /^(?:find|get|load|fetch|read)(?!\w*(?:All|Many|List|s)$)(?!\w*(?:Or[A-Z](?!hrow)|And[A-Z]))/;

/** The read that a call is, when it is repeated with a key that comes from the item. */
export function keyedRead(call: ast.CallExpression, known: Known): KeyedRead | undefined {
  const name = nameOf(call);
  if (name === undefined || !(BATCHABLE.has(name.text) || READS.test(name.text))) return undefined;
  if (!isWaitedFor(call)) return undefined;
  const repetition = repetitionOf(call);
  if (repetition === undefined || repetition.names.length === 0) return undefined;
  const read = BATCHABLE.has(name.text) ? readOf(call, known.calls) : undefined;
  if (read !== undefined) {
    if (!isMethodCall(call) || !isKeyedBy(call, read, repetition.names)) return undefined;
    if (read.gathers && repetition.loop === undefined) return undefined;
    if (createsMissing(call, repetition)) return undefined;
    return { name, instead: read.instead, repetition, within: undefined };
  }
  if (!READS.test(name.text) || !isKeyedBy(call, { key: 'key' }, repetition.names))
    return undefined;
  const fn = known.functionAt(call.expression);
  const inner = fn && readIn(fn, known.calls);
  if (inner === undefined || (inner.read.gathers && repetition.loop === undefined))
    return undefined;
  return { name, instead: inner.read.instead, repetition, within: inner.call.expression.name };
}

function nameOf({ expression }: ast.CallExpression): ast.Identifier | ast.MemberName | undefined {
  const callee = unwrap(expression);
  if (ast.isIdentifier(callee)) return callee;
  return ast.isPropertyAccessExpression(callee) ? callee.name : undefined;
}

/** Who is called, by imports or by the symbol: what a file of the project exports is known by its symbol alone. */
function readOf(call: ast.CallExpression, calls: Calls): BatchedRead | undefined {
  const imported = calls.imported(call.expression);
  const found = imported && batchedReadOf(imported.module, imported.name);
  if (found !== undefined) return found;
  const callee = calls.resolved(call.expression);
  return callee && batchedReadOf(callee.module, callee.name);
}

interface InnerRead {
  readonly call: MethodCall;
  readonly read: BatchedRead;
}

/** The only read of a function, when its first parameter is the key. */
function readIn({ parameters, body }: FunctionNode, calls: Calls): InnerRead | undefined {
  const [first] = parameters;
  if (first === undefined || body === undefined) return undefined;
  const [call, ...others] = collect(body, isMethodCall).filter((one) => {
    return BATCHABLE.has(one.expression.name.text) && isWaitedFor(one);
  });
  if (call === undefined || others.length > 0 || !isSureToRun(call, body)) return undefined;
  const read = readOf(call, calls);
  return read && isKeyedBy(call, read, namesOf(first.name)) ? { call, read } : undefined;
}

/** Whether a function always comes to a call: what may be kept somewhere already is not read each time. */
function isSureToRun(call: ast.Node, body: ast.Node): boolean {
  for (let at = call; at !== body && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isIfStatement(parent) || ast.isConditionalExpression(parent)) return false;
    if (isLogical(parent) && parent.right === at) return false;
    if (isFunction(parent) && parent.body !== body) return false;
  }
  return collect(body, ast.isReturnStatement).every(({ end }) => end >= call.pos);
}

/** Whether something waits for a call, or it is handed on as what a function returns: lookups in maps are not. */
function isWaitedFor(call: ast.CallExpression): boolean {
  let at: ast.Node = wrapped(call);
  while (passes(at.parent, at)) at = wrapped(at.parent);
  const { parent } = at;
  if (ast.isAwaitExpression(parent) || ast.isReturnStatement(parent)) return true;
  if (ast.isCallExpression(parent)) return isMethodCall(parent, 'push') && parent.expression !== at;
  return ast.isArrowFunction(parent) && parent.body === at;
}

/** `f().lean()`, `x ? f() : y`: what is waited for is what the call began. */
function passes(parent: ast.Node, at: ast.Node): boolean {
  if (ast.isPropertyAccessExpression(parent)) return ast.isCallExpression(parent.parent);
  if (ast.isCallExpression(parent)) return parent.expression === at;
  return ast.isConditionalExpression(parent) && parent.condition !== at;
}
