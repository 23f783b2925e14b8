/** How the executor of `new Promise(…)` settles its promise. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { namesOf, usesOf } from '../names/names.ts';
import { isNewPromise } from '../shape/statics.ts';
import {
  collect,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunction,
  isFunctionExpression,
  statementsOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';

/** An executor that is written in place. */
export type Executor = ast.ArrowFunction | ast.FunctionExpression;

/** One place that settles: the statement `resolve(x);` or `return resolve(x);`. */
export interface Settlement {
  readonly how: 'resolve' | 'reject';
  readonly value: ast.Expression | undefined;
  readonly statement: ast.ExpressionStatement | ast.ReturnStatement;
}

/** Whether a function is what `new Promise` is given. */
export function isExecutor(fn: ast.Node): fn is Executor {
  const { parent } = wrapped(fn);
  return isFunctionExpression(fn) && isNewPromise(parent);
}

/** Whether `new Promise(…)` surely never rejects: its executor does not use `reject`, nor throws, nor resolves to a call's value. */
export function onlyResolves({ arguments: given }: ast.NewExpression): boolean {
  const executor = given?.[0] && unwrap(given[0]);
  if (executor === undefined || !isFunctionExpression(executor)) return false;
  const [resolve, reject, ...more] = settlersOf(executor);
  const isPlain = executor.parameters.every(({ name, dotDotDotToken }) => {
    return ast.isIdentifier(name) && dotDotDotToken === undefined;
  });
  if (!isPlain || more.length > 0) return false;
  if (reject !== undefined && usesOf(reject, executor.body).length > 0) return false;
  if (collect(executor.body, ast.isThrowStatement).length > 0) return false;
  return resolve === undefined || usesOf(resolve, executor.body).every(resolvesPlainly);
}

/**
 * Whether only the function round `new Promise(…)` rejects it, in its own course: its executor does no more than to store
 * `reject` in a variable, and all that is done with that is to call it, in no callback.
 */
export function isRejectedInCourse(promise: ast.NewExpression): boolean {
  const executor = promise.arguments?.[0] && unwrap(promise.arguments[0]);
  const own = enclosingFunction(promise);
  if (own?.body === undefined || executor === undefined) return false;
  if (!isFunctionExpression(executor)) return false;
  const reject = settlersOf(executor)[1];
  const stores = reject === undefined ? [] : usesOf(reject, executor.body);
  const names = stores.map(({ parent }) => {
    if (!isAssignment(parent) || !ast.isIdentifier(parent.left)) return undefined;
    return parent.left.text;
  });
  const [name] = names;
  if (name === undefined || names.length > 1 || !ast.isBlock(own.body)) return false;
  const uses = usesOf(name, own.body);
  if (!uses.some((use) => isDeclared(use))) return false;
  return uses.every((use) => isDeclared(use) || isStored(use) || isCalledIn(own, use));
}

function isDeclared(use: ast.Identifier): boolean {
  return ast.isVariableDeclaration(use.parent) && use.parent.name === use;
}

function isStored(use: ast.Identifier): boolean {
  return isAssignment(use.parent) && use.parent.left === use;
}

function isCalledIn(fn: ast.Node, use: ast.Identifier): boolean {
  const { parent } = use;
  const isCall = ast.isCallExpression(parent) && parent.expression === use;
  return isCall && enclosingFunction(use) === fn;
}

function resolvesPlainly({ parent }: ast.Identifier): boolean {
  if (!ast.isCallExpression(parent)) return true;
  return !parent.arguments.some((one) => ast.isCallExpression(unwrap(one)));
}

/** The names under which an executor settles. */
export function settlersOf({ parameters }: Executor): readonly (string | undefined)[] {
  return parameters.map(({ name }) => (ast.isIdentifier(name) ? name.text : undefined));
}

/** How the failure of one promise can become that of another round it. */
export interface Rejector {
  readonly name: string;
  /** What makes it known where an executor has left it out. */
  readonly edits: readonly Edit[];
}

/**
 * `reject`, where a promise is started by an executor itself, or by a callback in it and settles what the executor makes:
 * `load().then((user) => resolve(user))`. Elsewhere the executor's promise may be settled long before.
 */
export function rejectorAt(promise: ast.Node): Rejector | undefined {
  const own = enclosingFunction(promise);
  let fn = own;
  while (fn !== undefined && !isExecutor(fn)) fn = enclosingFunction(fn);
  if (fn === undefined) return undefined;
  const [resolve, reject] = settlersOf(fn);
  if (resolve === undefined) return undefined;
  const settles = [resolve, reject].some((one) => one && usesOf(one, promise).length > 0);
  if (fn.parameters.length > 1) {
    const isKnown = own === fn || (settles && !isHidden(reject, promise, fn));
    return reject !== undefined && isKnown ? { name: reject, edits: [] } : undefined;
  }
  const [only] = fn.parameters;
  if (!settles || only === undefined || /\breject\b/.test(fn.getText())) return undefined;
  return { name: 'reject', edits: parameterEdits(fn, only) };
}

/** `reject`, for a callback in an executor that settles with the last thing it does: nothing goes wrong after that. */
export function rejectorOfCallback({ body }: FunctionNode): Rejector | undefined {
  if (body === undefined) return undefined;
  const last = ast.isBlock(body) ? body.statements.at(-1) : body;
  return last && rejectorAt(last);
}

/** Whether a name means something else in one of the functions between a node and an executor. */
function isHidden(name: string | undefined, node: ast.Node, executor: Executor): boolean {
  for (let fn = enclosingFunction(node); fn && fn !== executor; fn = enclosingFunction(fn)) {
    const names = fn.parameters.flatMap((one) => namesOf(one.name));
    if (names.some((one) => one === name)) return true;
  }
  return false;
}

/** Makes `resolve => …` into `(resolve, reject) => …`. */
function parameterEdits(fn: Executor, only: ast.ParameterDeclaration): readonly Edit[] {
  const { text } = fn.getSourceFile();
  if (text.slice(fn.getStart(), only.getStart()).trimEnd().endsWith('('))
    return [edit.after(only, ', reject')];
  return [edit.before(only, '('), edit.after(only, ', reject)')];
}

/**
 * Every place where an executor settles. Nothing when `resolve` or `reject` also go elsewhere: into a callback, a
 * variable, a part of an expression.
 */
export function settlementsOf(executor: Executor): readonly Settlement[] | undefined {
  const [resolve, reject, ...more] = settlersOf(executor);
  if (resolve === undefined || more.length > 0) return undefined;
  if (executor.parameters.length === 2 && reject === undefined) return undefined;
  const found: Settlement[] = [];
  for (const name of [resolve, reject]) {
    for (const use of name === undefined ? [] : usesOf(name, executor.body)) {
      const settlement = settlementAt(use, name === resolve ? 'resolve' : 'reject', executor);
      if (settlement === undefined) return undefined;
      found.push(settlement);
    }
  }
  return found;
}

function settlementAt(
  use: ast.Identifier,
  how: Settlement['how'],
  executor: Executor,
): Settlement | undefined {
  const call = use.parent;
  if (!ast.isCallExpression(call) || call.expression !== use) return undefined;
  const [value, second] = call.arguments;
  if (second !== undefined || (value !== undefined && ast.isSpreadElement(value))) return undefined;
  const statement = call.parent;
  if (!ast.isExpressionStatement(statement) && !ast.isReturnStatement(statement)) return undefined;
  let at: ast.Node = statement;
  while (at !== executor && (at === statement || !isFunction(at))) at = at.parent;
  return at === executor ? { how, value, statement } : undefined;
}

/** Whether an executor has `catch` clauses and each of them settles, one way or the other. */
export function settlesInCatch(executor: Executor): boolean {
  const clauses = collect(executor.body, ast.isCatchClause);
  const names = settlersOf(executor).filter((name) => name !== undefined);
  const settles = (clause: ast.Node) => names.some((name) => usesOf(name, clause).length > 0);
  return clauses.length > 0 && clauses.every(settles);
}

/** Whether nothing runs after a statement within a function: it comes last wherever it stands. */
export function isLast(statement: ast.Node, within: Executor): boolean {
  for (let at = statement; at !== within.body; at = at.parent) {
    const { parent } = at;
    const list = statementsOf(parent);
    if (list !== undefined && list.at(-1) !== at) return false;
    if (ast.isTryStatement(parent) && parent.finallyBlock !== undefined) return false;
    const passes =
      list !== undefined ||
      ast.isIfStatement(parent) ||
      ast.isTryStatement(parent) ||
      ast.isCatchClause(parent);
    if (!passes || ast.isCaseClause(parent) || ast.isDefaultClause(parent)) return false;
  }
  return true;
}

/** Whether every way through a statement ends in one of these, or in `return` or `throw`. */
export function alwaysEnds(node: ast.Node | undefined, ends: ReadonlySet<ast.Node>): boolean {
  if (node === undefined) return false;
  if (ends.has(node) || ast.isReturnStatement(node) || ast.isThrowStatement(node)) return true;
  if (ast.isBlock(node)) return alwaysEnds(node.statements.at(-1), ends);
  if (ast.isIfStatement(node)) {
    return alwaysEnds(node.thenStatement, ends) && alwaysEnds(node.elseStatement, ends);
  }
  if (!ast.isTryStatement(node) || node.finallyBlock !== undefined) return false;
  return alwaysEnds(node.tryBlock, ends) && alwaysEnds(node.catchClause?.block, ends);
}

/** `f()` where all that an executor does is to pass on what `await f()` gives: the promise that it wraps. */
export function wrappedPromise(executor: Executor): ast.Expression | undefined {
  const [resolve, reject] = settlersOf(executor);
  if (resolve === undefined) return undefined;
  if (!ast.isBlock(executor.body)) return operandOf(argumentOf(executor.body, resolve));
  const [first, second, ...more] = attempted(executor.body, reject);
  if (first === undefined || more.length > 0) return undefined;
  if (second === undefined) return operandOf(argumentIn(first, resolve));
  const passed = argumentIn(second, resolve);
  if (passed === undefined || !ast.isIdentifier(passed) || !ast.isVariableStatement(first)) {
    return undefined;
  }
  const [declared, ...others] = first.declarationList.declarations;
  if (declared === undefined || others.length > 0) return undefined;
  if (!ast.isIdentifier(declared.name) || declared.name.text !== passed.text) return undefined;
  return operandOf(declared.initializer);
}

/** `x` where all that an executor does is `resolve(x)`, what is thrown meanwhile passed on to `reject`. */
export function resolvedValue(executor: Executor): ast.Expression | undefined {
  const [resolve, reject] = settlersOf(executor);
  if (resolve === undefined) return undefined;
  if (!ast.isBlock(executor.body)) return argumentOf(executor.body, resolve);
  const [only, ...more] = attempted(executor.body, reject);
  return only === undefined || more.length > 0 ? undefined : argumentIn(only, resolve);
}

/** The statements of a block, or of the `try` that is all of it and that rejects with whatever it catches. */
function attempted(block: ast.Block, reject: string | undefined): readonly ast.Statement[] {
  const [only, ...more] = block.statements;
  if (only === undefined || !ast.isTryStatement(only)) return block.statements;
  const [handler, ...others] = only.catchClause?.block.statements ?? [];
  if (more.length > 0 || others.length > 0 || only.finallyBlock !== undefined) return [];
  if (handler === undefined || reject === undefined) return [];
  const reason = argumentIn(handler, reject);
  const caught = only.catchClause?.variableDeclaration?.name;
  if (reason === undefined || caught?.getText() !== reason.getText()) return [];
  return only.tryBlock.statements;
}

/** `x` in the statement `settle(x);` or `return settle(x);`. */
function argumentIn(statement: ast.Statement, settle: string): ast.Expression | undefined {
  if (!ast.isExpressionStatement(statement) && !ast.isReturnStatement(statement)) return undefined;
  return statement.expression && argumentOf(statement.expression, settle);
}

function argumentOf(node: ast.Expression, settle: string): ast.Expression | undefined {
  const at = unwrap(node);
  if (!ast.isCallExpression(at) || !ast.isIdentifier(at.expression)) return undefined;
  return at.expression.text === settle && at.arguments.length === 1 ? at.arguments[0] : undefined;
}

function operandOf(node: ast.Expression | undefined): ast.Expression | undefined {
  return node && ast.isAwaitExpression(node) ? node.expression : undefined;
}
