/**
 * Code in which a standstill of the event loop harms nobody, because nothing else is to run: tests, build scripts,
 * programs for the terminal, worker threads, what runs once when a process starts, and what runs when it ends.
 */
import * as ast from '#ast';
import {
  MIGRATION_FOLDERS,
  SCRIPT_FOLDERS,
  SOURCE_FOLDERS,
  TERMINAL_FOLDERS,
  TERMINAL_PACKAGES,
  TEST_FOLDERS,
  TEST_PACKAGES,
  WORKSPACE_FOLDERS,
} from '#catalog';
import type { Program } from '#program';
import { modulesIn } from '../names/modules.ts';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import { isInTest } from '../shape/contexts.ts';
import {
  collect,
  contains,
  enclosingFunction,
  type FunctionNode,
  isFunctionExpression,
  isMethodCall,
  type MethodCall,
  wrapped,
} from '../shape/syntax.ts';
import { turnOf } from './turns.ts';

/** Why a standstill is fine. */
export type Nature = 'test' | 'config' | 'script' | 'terminal' | 'worker' | 'start' | 'end';

/** Calls of calls of calls … that are followed to the start, or to the end. */
const DEEPEST = 5;

/** Tells the nature of code, file by file. */
export class Natures {
  readonly #program: Program;
  readonly #scopes: Scopes;
  readonly #files = new Map<ast.SourceFile, Nature | 'none'>();
  readonly #starts = new Map<FunctionNode, boolean>();

  constructor(program: Program, scopes: Scopes) {
    this.#program = program;
    this.#scopes = scopes;
  }

  /** The nature of the code at a node; nothing for code that others wait for. */
  of(node: ast.Node): Nature | undefined {
    const nature = this.ofFile(node.getSourceFile());
    if (nature !== undefined) return nature;
    if (isInTest(node)) return 'test';
    if (this.isAtEnd(node)) return 'end';
    if (isAtBuild(node)) return 'script';
    return this.#isAtStart(node, DEEPEST) ? 'start' : undefined;
  }

  /** Whether code runs because the process is to end: by a signal, or by a failure that nobody heard. */
  isAtEnd(node: ast.Node): boolean {
    return this.#isAtEnd(node, DEEPEST);
  }

  /** Whether the program is written for Node, as far as its types tell. */
  isForNode(): boolean {
    return this.#program.query.global('process') !== undefined;
  }

  /** The nature of all code in a file. */
  ofFile(file: ast.SourceFile): Nature | undefined {
    let nature = this.#files.get(file);
    if (nature === undefined) {
      nature =
        natureOfPath(this.#relative(file.fileName)) ??
        natureOfProject(this.#program.folder) ??
        natureOfText(file) ??
        'none';
      this.#files.set(file, nature);
    }
    return nature === 'none' ? undefined : nature;
  }

  /** The file's name from the project's folder; its last parts where it lies elsewhere. */
  #relative(file: string): string {
    const folder = `${this.#program.folder}/`;
    if (file.startsWith(folder)) return file.slice(folder.length);
    return file.split('/').slice(-2).join('/');
  }

  /** At the top level of the module, or in a function that is called only from there; endless loops are no start. */
  #isAtStart(node: ast.Node, deepest: number): boolean {
    const fn = turnOf(node)?.fn ?? enclosingFunction(node);
    if (deepest === 0 || isInEndlessLoop(node, fn)) return false;
    if (fn === undefined || setsUp(fn, this.#scopes)) return true;
    let known = this.#starts.get(fn);
    if (known === undefined) {
      this.#starts.set(fn, false);
      known = this.#callsOf(fn)?.every((call) => this.#isAtStart(call, deepest - 1)) ?? false;
      this.#starts.set(fn, known);
    }
    return known;
  }

  /** In a function that `process.on('exit', …)` or its like is given, or that is called only from such a function. */
  #isAtEnd(node: ast.Node, deepest: number): boolean {
    for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
      if (isFunctionExpression(fn) && isEndHandler(wrapped(fn))) return true;
      const name = ownName(fn);
      if (name === undefined || deepest === 0) continue;
      if (usesOf(name.text, fn.getSourceFile()).some(isEndHandler)) return true;
      if (this.#callsOf(fn)?.every((call) => this.#isAtEnd(call, deepest - 1))) return true;
    }
    return false;
  }

  /** Every call of a function, when it is used for nothing else; nothing when it is, or when that cannot be seen. */
  #callsOf(fn: FunctionNode): readonly ast.Node[] | undefined {
    const { parent } = wrapped(fn);
    if (ast.isCallExpression(parent) && parent.expression === wrapped(fn)) return [parent];
    const name = ownName(fn);
    if (name === undefined || isExported(name)) return undefined;
    const uses = usesOf(name.text, fn.getSourceFile()).filter((use) => use !== name);
    const calls = uses.filter((use) => this.#scopes.of(use)?.declaration === name.parent);
    if (calls.length === 0 || calls.length < uses.length) return undefined;
    return calls.every(isCalled) ? calls : undefined;
  }
}

/** The nature of a file by its name, from the project's folder. */
export function natureOfPath(path: string): Nature | undefined {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (/[.-](test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$/.test(name)) return 'test';
  if (folders.some((folder) => TEST_FOLDERS.has(folder))) return 'test';
  if (/\.(config|conf)\.[cm]?[jt]s$|^\..*rc\.[cm]?js$|^(webpack|rollup|vite)\./.test(name)) {
    return 'config';
  }
  if (/^(gulp|grunt|jake)file\./i.test(name)) return 'script';
  if (/^(build|release|deploy|publish|preinstall|postinstall)-.*\.[cm]js$/.test(name)) {
    return 'script';
  }
  if (folders.some((folder) => MIGRATION_FOLDERS.has(folder))) return 'script';
  if (/^(cli|bin)\.[cm]?[jt]s$/.test(name)) return 'terminal';
  if (folders.some(isTerminal)) return 'terminal';
  if (WORKSPACE_FOLDERS.has(folders[0] ?? '')) folders.splice(0, 2);
  const source = folders.findIndex((folder) => SOURCE_FOLDERS.has(folder));
  const outside = source === -1 ? folders : folders.slice(0, source);
  return outside.some((folder) => SCRIPT_FOLDERS.has(folder)) ? 'script' : undefined;
}

/** The nature of all files of a project by its folder: `packages/site-cli`. */
export function natureOfProject(path: string): Nature | undefined {
  const folder = path.split('/').at(-1) ?? '';
  if (isTerminal(folder)) return 'terminal';
  return /(^|[-_])(e2e|tests?([-_](helpers?|utils?))?|bench(marks?)?)$/.test(folder)
    ? 'test'
    : undefined;
}

function isTerminal(folder: string): boolean {
  return TERMINAL_FOLDERS.has(folder) || folder.endsWith('-cli');
}

/** The nature of a file by what it says of itself. */
function natureOfText(file: ast.SourceFile): Nature | undefined {
  const { text } = file;
  if (text.startsWith('#!')) return 'terminal';
  const modules = modulesIn(file);
  for (const name of TEST_PACKAGES) if (modules.has(name)) return 'test';
  if (modules.has('worker_threads') && /\b(parentPort|workerData|isMainThread)\b/.test(text)) {
    return 'worker';
  }
  if (/\bimportScripts\(|<reference lib="webworker"/.test(text)) return 'worker';
  for (const name of TERMINAL_PACKAGES) if (modules.has(name)) return 'terminal';
  return runsItself(file) && !isServer(text) && /\bprocess\.(argv|exit|exitCode)\b/.test(text)
    ? 'terminal'
    : undefined;
}

/** What frameworks ask modules for when a site is built: which pages there are. */
const BUILD_HOOKS = new Set(['generateStaticParams', 'getStaticPaths']);

/** Whether a node stands in a function that is called only when a site is built. */
function isAtBuild(node: ast.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    const name = ownName(fn);
    if (name !== undefined && BUILD_HOOKS.has(name.text) && isExported(name)) return true;
  }
  return false;
}

/** Whether a file calls something at its top level: it is started, not only imported. */
function runsItself(file: ast.SourceFile): boolean {
  return file.statements.some((statement) => {
    if (ast.isIfStatement(statement)) {
      return /\brequire\.main\b|\bimport\.meta\.(main|url)\b/.test(statement.expression.getText());
    }
    if (!ast.isExpressionStatement(statement)) return false;
    const { expression } = statement;
    return ast.isCallExpression(expression) || ast.isAwaitExpression(expression);
  });
}

/** Programs that listen serve others, however they are started. */
function isServer(text: string): boolean {
  return /\.listen\(|\bcreateServer\(|\b(Deno|Bun)\.serve\(|\bserve\(/.test(text);
}

/** What a server, or a framework's application, is set up with before it answers. */
const SETUP = new Set('addContentTypeParser addHook addSchema decorate listen use'.split(' '));

/** Whether a function sets up an application that it is given or makes: `app.register(…)`, `app.use(…)`. */
function setsUp(fn: FunctionNode, scopes: Scopes): boolean {
  const { body, parameters } = fn;
  if (body === undefined) return false;
  return collect(body, isMethod).some(({ expression: { expression, name } }) => {
    if (!ast.isIdentifier(expression)) return false;
    const isRegister = name.text === 'register';
    if (!isRegister && !SETUP.has(name.text)) return false;
    const declaration = scopes.declarationOf(expression);
    if (declaration === parameters[0]) return declaration !== undefined;
    return !isRegister && declaration !== undefined && contains(body, declaration);
  });
}

function isMethod(node: ast.Node): node is MethodCall {
  return isMethodCall(node);
}

/** Whether a node stands in a loop of its function that need not end: there, the start is over. */
function isInEndlessLoop(node: ast.Node, fn: FunctionNode | undefined): boolean {
  for (let at = node.parent; at !== undefined && at !== fn; at = at.parent) {
    if (ast.isWhileStatement(at) || ast.isDoStatement(at)) return true;
    if (ast.isForStatement(at) && at.condition === undefined) return true;
    if (ast.isForOfStatement(at) && at.awaitModifier !== undefined) return true;
  }
  return false;
}

function isCalled(name: ast.Node): boolean {
  return ast.isCallExpression(name.parent) && name.parent.expression === name;
}

/** The name that a function is called by in its own file. */
function ownName(fn: FunctionNode): ast.Identifier | undefined {
  if (ast.isFunctionDeclaration(fn)) return fn.name;
  const { parent } = wrapped(fn);
  return ast.isVariableDeclaration(parent) && ast.isIdentifier(parent.name)
    ? parent.name
    : undefined;
}

function isExported(name: ast.Identifier): boolean {
  let at: ast.Node = name;
  while (at.parent !== undefined && !ast.isSourceFile(at.parent)) at = at.parent;
  return 'modifiers' in at && at.modifiers !== undefined && /^export\b/.test(at.getText());
}

const END = /^process\s*\.\s*(on|once|addListener|prependListener)$/;
const ENDINGS =
  /^['"](exit|beforeExit|uncaughtException|uncaughtExceptionMonitor|unhandledRejection|SIGINT|SIGTERM|SIGQUIT|SIGBREAK)['"]$/;

/** Whether an expression is the handler in `process.on('exit', handler)`. */
function isEndHandler(handler: ast.Node): boolean {
  const call = handler.parent;
  if (!ast.isCallExpression(call) || call.arguments[1] !== handler) return false;
  return END.test(call.expression.getText()) && ENDINGS.test(call.arguments[0]?.getText() ?? '');
}
