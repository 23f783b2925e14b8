/** Where code runs: in which function, of what nature, and whether `await` may stand there. */
import * as ast from '#ast';
import type { Program } from '#program';
import {
  collect,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAsync,
  isFunction,
  isFunctionExpression,
  isGenerator,
  statementOf,
} from './syntax.ts';

/** Whether a function can be made async, and if not, why not. */
export type Asyncable = { readonly can: true } | { readonly can: false; readonly why: string };

/** Whether a statement runs nothing where it stands: declarations of functions and types, exports of names. */
export function isDeclarative(statement: ast.Statement): boolean {
  return (
    ast.isFunctionDeclaration(statement) ||
    ast.isInterfaceDeclaration(statement) ||
    ast.isTypeAliasDeclaration(statement) ||
    ast.isExportDeclaration(statement) ||
    ast.isEmptyStatement(statement)
  );
}

/** Whether `await` may stand at a node as the code is now. */
export function mayAwait(node: ast.Node, program: Program): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (isFunction(parent)) return isAsync(parent) && !isParameterOf(at, parent);
    if (ast.isPropertyDeclaration(parent) || ast.isClassStaticBlockDeclaration(parent))
      return false;
    if (ast.isModuleBlock(parent)) return false;
  }
  return topLevelAwait(node.getSourceFile(), program);
}

function isParameterOf(node: ast.Node, fn: FunctionNode): boolean {
  return fn.parameters.some((parameter) => parameter === node);
}

/** Whether a file is a module in which `await` may stand outside functions. */
function topLevelAwait(file: ast.SourceFile, program: Program): boolean {
  if (file.externalModuleIndicator === undefined) return false;
  if (!program.isAsyncModule(file.fileName) || isForReactNative(program)) return false;
  return !program.mayRunAsCommonJs(file.fileName) || awaitsOutside(file);
}

/** Whether something is awaited outside functions already: so what runs the file knows it. */
function awaitsOutside(file: ast.SourceFile): boolean {
  return collect(file, ast.isAwaitExpression).length > 0;
}

/** Its bundler, Metro, refuses `await` outside functions whatever the module kind. Its types declare `__DEV__`. */
function isForReactNative(program: Program): boolean {
  return program.query.global('__DEV__') !== undefined;
}

/** Whether a function can be made async without changing what it is. */
export function canBecomeAsync(fn: FunctionNode): Asyncable {
  if (isAsync(fn)) return { can: true };
  if (ast.isConstructorDeclaration(fn)) return no('a constructor cannot be async');
  if (ast.isGetAccessorDeclaration(fn)) return no('a getter cannot be async');
  if (ast.isSetAccessorDeclaration(fn)) return no('a setter cannot be async');
  if (isGenerator(fn)) return no('a generator hands out values one by one');
  if (hasModifier(fn, ast.SyntaxKind.OverrideKeyword)) return no('it overrides a sync method');
  if (ast.isMethodDeclaration(fn) && implementsSomething(fn)) {
    return no('it may implement a sync method of an interface');
  }
  if (!returnsNothing(fn)) return no('its callers use what it returns');
  return { can: true };
}

/**
 * Whether a function may be made async without asking who calls it: a callback's caller decides what becomes of a
 * promise, so only declarations, methods and named constants are free.
 */
export function isFreeToChange(fn: FunctionNode): boolean {
  // Those who call it elsewhere would no longer catch what it throws.
  if (isSeenOutside(fn) && throws(fn)) return false;
  if (ast.isFunctionDeclaration(fn) || ast.isMethodDeclaration(fn)) return true;
  return ast.isVariableDeclaration(fn.parent) && fn.parent.type === undefined;
}

/** Whether other files may call a function: it is exported, or a method that is not private. */
function isSeenOutside(fn: FunctionNode): boolean {
  if (ast.isMethodDeclaration(fn)) {
    return !ast.isPrivateIdentifier(fn.name) && !hasModifier(fn, ast.SyntaxKind.PrivateKeyword);
  }
  const statement = statementOf(fn);
  return statement !== undefined && hasModifier(statement, ast.SyntaxKind.ExportKeyword);
}

/** Whether a function itself throws, and does not catch that. */
function throws({ body }: FunctionNode): boolean {
  return body !== undefined && collect(body, ast.isThrowStatement).some((one) => !isTried(one));
}

function isTried(node: ast.Node): boolean {
  for (let at = node; !isFunction(at) && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
  }
  return false;
}

/** A function that is called for what it does: no return type or `void`, and no value returned. */
function returnsNothing(fn: FunctionNode): boolean {
  if (fn.type !== undefined) return fn.type.kind === ast.SyntaxKind.VoidKeyword;
  return givesNothing(fn);
}

/** Whether none of a function's `return`s has a value. */
export function givesNothing({ body }: FunctionNode): boolean {
  if (body === undefined || !ast.isBlock(body)) return false;
  return collect(body, ast.isReturnStatement).every(({ expression }) => expression === undefined);
}

/** Whether a node is a callback that gives nothing back: it is not async, and none of its `return`s has a value. */
export function isSilentCallback(node: ast.Node): boolean {
  return isFunctionExpression(node) && !isAsync(node) && givesNothing(node);
}

function implementsSomething(fn: ast.MethodDeclaration): boolean {
  const { parent } = fn;
  if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return true;
  return (parent.heritageClauses?.length ?? 0) > 0;
}

function no(why: string): Asyncable {
  return { can: false, why };
}

/** Names of the calls whose callbacks are tests or hooks of a test runner. */
const TEST_CALLS = new Set(
  'it test describe suite context specify before after beforeEach afterEach beforeAll afterAll bench'.split(
    ' ',
  ),
);

/** Those whose callbacks only declare tests, and run before any of them. */
const SUITES = new Set(['describe', 'suite', 'context', 'bench']);

/** Whether a node stands in the callback of a test runner's call such as `it(…)`, `test.only(…)`. */
export function isInTest(node: ast.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    const runner = runnerOf(fn);
    if (runner !== undefined && TEST_CALLS.has(runner)) return true;
  }
  return false;
}

/** Whether a function is a test or a hook itself, so that a test runner waits for its promise. */
export function isTestCallback(fn: FunctionNode): boolean {
  const runner = runnerOf(fn);
  return runner !== undefined && TEST_CALLS.has(runner) && !SUITES.has(runner);
}

/** `it` for the callback of `it.only('…', () => …)`. */
function runnerOf({ parent }: FunctionNode): string | undefined {
  if (!ast.isCallExpression(parent)) return undefined;
  let callee: ast.Expression = parent.expression;
  while (ast.isPropertyAccessExpression(callee) || ast.isCallExpression(callee)) {
    if (ast.isPropertyAccessExpression(callee) && SUITES.has(callee.name.text)) return 'describe';
    callee = callee.expression;
  }
  return ast.isIdentifier(callee) ? callee.text : undefined;
}
