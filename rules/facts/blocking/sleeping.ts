/** Calls that stop the thread for a while and do nothing else. */
import * as ast from '#ast';
import { findSleep, SLEEPS } from '#catalog';
import type { Calls } from '../names/calls.ts';
import { modulesIn } from '../names/modules.ts';
import { usesOf } from '../names/names.ts';
import { unwrap } from '../shape/syntax.ts';

/** A call that sleeps. */
export interface SleepingCall {
  readonly call: ast.CallExpression;
  /** `Atomics.wait`, or the name that the file gives to the function. */
  readonly name: ast.Expression;
  /** For how long, as code, in units of so many milliseconds; nothing when it waits for something else. */
  readonly time: { readonly code: ast.Expression; readonly milliseconds: number } | undefined;
}

/** Names of methods that may sleep: `Atomics.wait`, and functions of such packages. */
export const SLEEPING_METHODS: ReadonlySet<string> = new Set([
  'wait',
  ...SLEEPS.map(({ name }) => name),
]);

const PACKAGES = SLEEPS.map(({ module }) => module);

/** A call as a sleep: `Atomics.wait` on memory that nobody else knows, or a function of a package made for that. */
export function sleepingCall(call: ast.CallExpression, calls: Calls): SleepingCall | undefined {
  const callee = unwrap(call.expression);
  if (ast.isPropertyAccessExpression(callee) && callee.name.text === 'wait') {
    return ofAtomics(call, callee, calls);
  }
  if (!importsSleep(call.getSourceFile())) return undefined;
  const origin = calls.origin(callee);
  const sleep = origin && findSleep(origin.module, origin.name);
  if (sleep === undefined) return undefined;
  const [code] = call.arguments;
  const { milliseconds } = sleep;
  const isTimed = milliseconds !== undefined && code !== undefined && !ast.isSpreadElement(code);
  return { call, name: callee, time: isTimed ? { code, milliseconds } : undefined };
}

const importing = new WeakMap<ast.SourceFile, boolean>();

function importsSleep(file: ast.SourceFile): boolean {
  let imports = importing.get(file);
  if (imports === undefined) {
    const modules = modulesIn(file);
    imports = PACKAGES.some((name) => modules.has(name));
    importing.set(file, imports);
  }
  return imports;
}

function ofAtomics(
  call: ast.CallExpression,
  callee: ast.PropertyAccessExpression,
  calls: Calls,
): SleepingCall | undefined {
  const origin = calls.origin(callee);
  if (origin?.module !== 'global' || origin.name !== 'Atomics.wait') return undefined;
  const [memory, , , code] = call.arguments;
  if (memory === undefined || !isForgotten(memory, calls)) return undefined;
  return { call, name: callee, time: code && { code, milliseconds: 1 } };
}

/** Shared memory that is made for this call, so that nobody can wake who waits on it. */
function isForgotten(memory: ast.Expression, calls: Calls): boolean {
  const at = unwrap(memory);
  if (ast.isNewExpression(at) && ast.isIdentifier(at.expression)) {
    const [inner] = at.arguments ?? [];
    if (at.expression.text === 'SharedArrayBuffer') return true;
    return (
      /^(Int32|BigInt64)Array$/.test(at.expression.text) && !!inner && isForgotten(inner, calls)
    );
  }
  if (!ast.isIdentifier(at)) return false;
  const declaration = calls.scopes.declarationOf(at);
  if (declaration === undefined || !ast.isVariableDeclaration(declaration)) return false;
  if (declaration.initializer === undefined || !isForgotten(declaration.initializer, calls)) {
    return false;
  }
  const others = usesOf(at.text, at.getSourceFile()).filter((use) => use !== declaration.name);
  return others.every(isOnlyWaitedOn);
}

/** Memory leaves no trace where it is waited on, and where it is looked at as numbers. */
function isOnlyWaitedOn(use: ast.Node): boolean {
  const { parent } = use;
  if (ast.isNewExpression(parent))
    return /^(Int32|BigInt64)Array$/.test(parent.expression.getText());
  if (!ast.isCallExpression(parent) || parent.arguments[0] !== use) return false;
  return parent.expression.getText() === 'Atomics.wait';
}
