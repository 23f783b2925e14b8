/** Calls whose callback judges items, and that use its answer at once: `filter`, `find`, `sort`, and those of libraries. */
import type * as ast from '#ast';
import { COMPARATORS, LIST_LIBRARIES, PREDICATES } from '#catalog';
import type { Calls } from '../names/calls.ts';
import type { Origins } from '../names/origins.ts';
import { calleeName } from '../shape/slots.ts';
import { isMethodCall } from '../shape/syntax.ts';
import { mayReturnPromise } from './losses.ts';

/** The names of all functions that judge. */
export const JUDGES: readonly string[] = [...PREDICATES.keys(), ...COMPARATORS];

/** A call whose callback may give a promise for an answer. */
export interface Judging {
  readonly name: string;
  readonly callback: ast.Expression;
  /** What follows when the answer is always true; nothing where an order is asked for. */
  readonly consequence: string | undefined;
  /** Whether it is a library's function, which is known by its import. */
  readonly isImported: boolean;
}

/** A call that judges by a callback, as far as its own file tells. */
export function judgingOf(
  call: ast.CallExpression,
  calls: Calls,
  origins: Origins,
): Judging | undefined {
  const name = calleeName(call);
  if (name === undefined || !(PREDICATES.has(name) || COMPARATORS.has(name))) return undefined;
  const [first, second] = call.arguments;
  const consequence = PREDICATES.get(name);
  if (second !== undefined && isOfLibrary(call, calls)) {
    if (!mayReturnPromise(second, origins)) return undefined;
    return { name, callback: second, consequence, isImported: true };
  }
  if (first === undefined || !isMethodCall(call)) return undefined;
  if (!mayReturnPromise(first, origins)) return undefined;
  return { name, callback: first, consequence, isImported: false };
}

function isOfLibrary({ expression }: ast.CallExpression, calls: Calls): boolean {
  const module = calls.imported(expression)?.module.replace(/\/.*/, '');
  return module !== undefined && LIST_LIBRARIES.has(module);
}
