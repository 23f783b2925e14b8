/** Edits that make `new Promise(async (resolve, reject) => { … })` into async code that returns and throws. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { namesOf } from '../names/names.ts';
import { outdentLines } from '../shape/indenting.ts';
import {
  collect,
  type FunctionNode,
  indentOf,
  isFunction,
  isGenerator,
  statementsOf,
} from '../shape/syntax.ts';
import { asyncEdits, isPromiseType } from './asyncify.ts';
import { alwaysEnds, type Executor, isLast, type Settlement, settlementsOf } from './settling.ts';

/**
 * The edits, where every way through the executor settles and nothing runs after it has: into the function that does
 * nothing but return the promise, else into an async function that is called at once.
 */
export function hoistEdits(
  created: ast.NewExpression,
  executor: Executor,
): readonly Edit[] | undefined {
  const settlements = settlementsOf(executor);
  if (settlements === undefined || !ast.isBlock(executor.body)) return undefined;
  const ends = new Set<ast.Node>(settlements.map(({ statement }) => statement));
  if (!alwaysEnds(executor.body, ends) || returnsOtherwise(executor.body, ends)) return undefined;
  if (!settlements.every((one) => isPlain(one, executor)) || hasThis(executor)) return undefined;
  const around = intoFunction(created, executor.body) ?? calledAtOnce(created, executor.body);
  if (around === undefined) return undefined;
  const inner = settlements.flatMap((one) => settlementEdits(one, executor));
  const isKept = (a: Edit) => !inner.some((b) => a.start < b.end && b.start < a.end);
  return [...inner, ...around.filter(isKept)];
}

/** Whether `return` and `throw` can stand in for a settlement: nothing runs after it, nothing catches it. */
function isPlain({ how, value, statement }: Settlement, executor: Executor): boolean {
  const ends =
    ast.isReturnStatement(statement) ||
    returnAfter(statement) !== undefined ||
    isLast(statement, executor);
  if (!ends || how === 'resolve') return ends;
  if (value === undefined) return false;
  for (let at: ast.Node = statement; at !== executor; at = at.parent) {
    const { parent } = at;
    if (ast.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return false;
  }
  return true;
}

/** The `return;` that follows a statement. */
function returnAfter(statement: ast.Statement): ast.ReturnStatement | undefined {
  const list = statementsOf(statement.parent) ?? [];
  const next = list[list.indexOf(statement) + 1];
  return next && ast.isReturnStatement(next) && next.expression === undefined ? next : undefined;
}

/** Whether some `return` neither settles nor follows what settles. */
function returnsOtherwise(body: ast.Block, ends: ReadonlySet<ast.Node>): boolean {
  const follows = new Set(
    [...ends].map((end) => ast.isExpressionStatement(end) && returnAfter(end)),
  );
  return collect(body, ast.isReturnStatement).some((one) => !ends.has(one) && !follows.has(one));
}

function hasThis(executor: Executor): boolean {
  if (ast.isArrowFunction(executor)) return false;
  const isThis = (node: ast.Node): node is ast.Node =>
    node.kind === ast.SyntaxKind.ThisKeyword ||
    (ast.isIdentifier(node) && node.text === 'arguments');
  return collect(executor.body, isThis, { intoFunctions: true }).length > 0;
}

/** Makes `resolve(x);` into `return x;`, and `reject(x);` into `throw x;`. */
function settlementEdits(
  { how, value, statement }: Settlement,
  executor: Executor,
): readonly Edit[] {
  const { text } = statement.getSourceFile();
  const end = returnAfter(statement)?.end ?? statement.end;
  const semicolon = text[statement.end - 1] === ';' ? ';' : '';
  if (value !== undefined) {
    const word = how === 'resolve' ? 'return ' : 'throw ';
    return [
      edit.range(statement, statement.getStart(), value.getStart(), word),
      edit.range(statement, value.end, end, semicolon),
    ];
  }
  const list = statementsOf(executor.body) ?? [];
  const previous = list.at(-2);
  if (list.at(-1) === statement && previous !== undefined) {
    return [edit.range(statement, previous.end, statement.end, '')];
  }
  return [edit.range(statement, statement.getStart(), end, `return${semicolon}`)];
}

/** Makes `function f() { return new Promise(async (resolve) => { … }); }` into `async function f() { … }`. */
function intoFunction(created: ast.NewExpression, body: ast.Block): readonly Edit[] | undefined {
  const { parent } = created;
  if (ast.isArrowFunction(parent) && parent.body === created) {
    const start = parent.equalsGreaterThanToken.end;
    const stretch = { node: body, start: body.getStart(), end: body.end };
    return moved(parent, created, stretch, { start, end: created.end, joint: ' ' });
  }
  if (!ast.isReturnStatement(parent) || !ast.isBlock(parent.parent)) return undefined;
  const fn = parent.parent.parent;
  if (!isFunction(fn) || fn.body !== parent.parent || fn.body.statements.length > 1)
    return undefined;
  const { text } = body.getSourceFile();
  const start = ast.skipTrivia(text, body.getStart() + 1, false, true);
  const end = text.slice(0, body.end - 1).trimEnd().length;
  const whole = { start: parent.getStart(), end: parent.end, joint: '' };
  return moved(fn, created, { node: body, start, end }, whole);
}

/** Leaves of `whole` only the stretch, joined to what stands before it, in a function that is made async. */
function moved(
  fn: FunctionNode,
  created: ast.NewExpression,
  stretch: { readonly node: ast.Block; readonly start: number; readonly end: number },
  whole: { readonly start: number; readonly end: number; readonly joint: string },
): readonly Edit[] | undefined {
  const { node, start, end } = stretch;
  if (isGenerator(fn) || fn.kind === ast.SyntaxKind.Constructor || isAccessor(fn)) return undefined;
  if (fn.type !== undefined && !isPromiseType(fn.type)) return undefined;
  const parameters = fn.parameters.flatMap(({ name }) => namesOf(name));
  if (declaredIn(node).some((name) => parameters.includes(name))) return undefined;
  const home = whole.joint === '' ? indentOf(created.parent) : indentOf(fn);
  const here = whole.joint === '' ? indentOf(node.statements[0] ?? node) : indentOf(created);
  const extra = here.startsWith(home) ? here.slice(home.length) : '';
  return [
    ...asyncEdits(fn),
    ...annotation(fn, created),
    edit.range(node, whole.start, start, whole.joint),
    ...outdentLines({ ...stretch, start }, extra),
    edit.range(node, end, whole.end, ''),
  ];
}

function isAccessor(fn: FunctionNode): boolean {
  return ast.isGetAccessorDeclaration(fn) || ast.isSetAccessorDeclaration(fn);
}

/** Keeps the type that `new Promise<T>` gave to a function without a return type. */
function annotation(fn: FunctionNode, { typeArguments }: ast.NewExpression): readonly Edit[] {
  const [type] = typeArguments ?? [];
  if (fn.type !== undefined || type === undefined || fn.body === undefined) return [];
  const next = ast.isArrowFunction(fn) ? fn.equalsGreaterThanToken : fn.body;
  const at = fn.getSourceFile().text.slice(0, next.getStart()).trimEnd().length;
  if (fn.getSourceFile().text[at - 1] !== ')') return [];
  return [edit.range(fn, at, at, `: Promise<${type.getText()}>`)];
}

function declaredIn(body: ast.Block): readonly string[] {
  return body.statements.flatMap((statement) => {
    if (ast.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name));
    }
    const named = ast.isFunctionDeclaration(statement) || ast.isClassDeclaration(statement);
    return named && statement.name !== undefined ? [statement.name.text] : [];
  });
}

/** Makes `new Promise<T>(async (resolve) => { … })` into `(async (): Promise<T> => { … })()`. */
function calledAtOnce(created: ast.NewExpression, body: ast.Block): readonly Edit[] | undefined {
  if (beginsStatement(created)) return undefined;
  const [type] = created.typeArguments ?? [];
  const head = type === undefined ? '(async () => ' : `(async (): Promise<${type.getText()}> => `;
  return [
    edit.range(created, created.getStart(), body.getStart(), head),
    edit.range(created, body.end, created.end, ')()'),
  ];
}

/** A statement that begins with a parenthesis may go on from the line before. */
function beginsStatement(node: ast.Node): boolean {
  let at = node;
  while (at.parent.getStart() === node.getStart() && !ast.isBlock(at.parent)) {
    if (ast.isExpressionStatement(at.parent)) return true;
    at = at.parent;
  }
  return false;
}
