/** Statements of a block as they bear on order: those that wait for one call, those that may move, and all others. */
import * as ast from '#ast';
import { isDeclarative } from '../shape/contexts.ts';
import { collect, isAssignment, statementsOf, unwrap, walk } from '../shape/syntax.ts';
import { type Choice, choiceOf } from './choices.ts';

/** Where the awaited value goes. */
export type AwaitTarget =
  | { readonly kind: 'declaration'; readonly declaration: ast.VariableDeclaration }
  | { readonly kind: 'assignment'; readonly to: ast.Expression }
  | { readonly kind: 'return' }
  /** A part of the statement's value, and its key if it has one: `return { a: await f() };`. */
  | { readonly kind: 'part'; readonly key: string | undefined }
  | { readonly kind: 'nothing' };

/** A statement that waits for one call and does nothing else: `const a = await f();`, `const a = c ? await f() : b;` */
export interface AwaitStatement {
  readonly kind: 'await';
  readonly statement: ast.Statement;
  /** The `await`, the first of several. */
  readonly await: ast.AwaitExpression;
  readonly call: ast.CallExpression;
  /** What the value comes from: the `await` itself, or the choice that it stands in. */
  readonly value: ast.Expression;
  /** What runs: the call, or the choice. */
  readonly work: ast.Expression;
  /** What decides whether to wait, and for what. */
  readonly choice: Choice;
  /** All calls of which one is waited for. */
  readonly calls: readonly ast.CallExpression[];
  /** What is taken of the awaited value: `data` of `const a = (await f()).data`. */
  readonly path: readonly string[];
  readonly target: AwaitTarget;
}

/** A statement that only names values, so that it may stand earlier or later: `const url = base + path;` */
export interface PlainStatement {
  readonly kind: 'plain';
  readonly statement: ast.Statement;
}

/** A statement of a block that may stand elsewhere. */
export type Movable = AwaitStatement | PlainStatement;

/** A statement that keeps all others in their places, by its shape alone. */
export interface Fixed {
  readonly kind: 'fixed';
  readonly statement: ast.Statement;
  /** Continues a sentence: `an \`if\` decides what runs`. */
  readonly why: string;
}

/** What an argument points at: the statement, or the part of one that waits. */
export function shownOf(item: Movable): ast.Node {
  return item.kind === 'await' && item.target.kind === 'part' ? item.await : item.statement;
}

/** How a statement bears on the order of those round it. */
export function movable(statement: ast.Statement): Movable | Fixed {
  if (isDeclarative(statement)) return { kind: 'plain', statement };
  const waiting = awaitStatement(statement);
  if (waiting !== undefined) return waiting;
  const why = obstacle(statement);
  return why === undefined ? { kind: 'plain', statement } : { kind: 'fixed', statement, why };
}

/** Why a statement that is no movable `await` stays where it is, if it does. */
function obstacle(statement: ast.Statement): string | undefined {
  if (!ast.isVariableStatement(statement)) return SHAPES.get(statement.kind) ?? doing(statement);
  if (isMarked(statement)) return 'what is exported or declared stands where it stands';
  if (pauses(statement)) return pausing(statement);
  const isUsed = (statement.declarationList.flags & ast.NodeFlags.Using) !== 0;
  return isUsed ? 'a `using` gives up what it holds at the end of the block' : undefined;
}

const SHAPES: ReadonlyMap<ast.SyntaxKind, string> = new Map([
  [ast.SyntaxKind.IfStatement, 'an `if` decides what runs'],
  [ast.SyntaxKind.SwitchStatement, 'a `switch` decides what runs'],
  [ast.SyntaxKind.ForStatement, 'a loop runs as a whole'],
  [ast.SyntaxKind.ForOfStatement, 'a loop runs as a whole'],
  [ast.SyntaxKind.ForInStatement, 'a loop runs as a whole'],
  [ast.SyntaxKind.WhileStatement, 'a loop runs as a whole'],
  [ast.SyntaxKind.DoStatement, 'a loop runs as a whole'],
  [ast.SyntaxKind.TryStatement, 'a `try` hears its own failures'],
  [ast.SyntaxKind.ThrowStatement, 'a `throw` ends the block'],
  [ast.SyntaxKind.BreakStatement, 'a `break` ends the block'],
  [ast.SyntaxKind.ContinueStatement, 'a `continue` ends the block'],
  [ast.SyntaxKind.Block, 'a block runs as a whole'],
  [ast.SyntaxKind.ClassDeclaration, 'declaring a class may run code'],
]);

function doing(statement: ast.Statement): string {
  if (pauses(statement)) return pausing(statement);
  return ast.isReturnStatement(statement)
    ? 'a `return` ends the block'
    : 'something is done here, and the time may matter';
}

/** Why an `await` is none that could start at another time. */
function pausing(statement: ast.Statement): string {
  const found = parts(statement);
  if (found === undefined) return 'the `await` is a part of a larger statement';
  const calls = found.choice.awaits.map(({ expression }) => unwrap(expression));
  if (!calls.every(ast.isCallExpression)) return 'what is waited for was started before';
  if (calls.some(handlesItself)) return 'its failure is heard right here';
  if (calls.some(pauses)) return 'an argument is waited for first';
  return 'which value is taken is found out on the way';
}

/** The statement that an `await` makes up, if it makes up a whole statement of a block. */
export function awaitStatement(statement: ast.Node): AwaitStatement | undefined {
  const found = parts(statement);
  if (found === undefined || !ast.isStatement(statement)) return undefined;
  const { value, choice, path, target } = found;
  const calls = choice.awaits.map(({ expression }) => unwrap(expression));
  const [node] = choice.awaits;
  const [call] = calls;
  if (node === undefined || call === undefined || !ast.isCallExpression(call)) return undefined;
  if (!calls.every(ast.isCallExpression) || calls.some(handlesItself) || calls.some(pauses)) {
    return undefined;
  }
  if (choice.deciding.some(pauses) || choice.others.some(runs)) return undefined;
  const work = value === node ? call : value;
  return { kind: 'await', statement, await: node, call, value, work, choice, calls, path, target };
}

/** By the node that holds statements: the first of them that waits. */
const firsts = new WeakMap<ast.Node, AwaitStatement>();

/** The statements round an `await` that stands in a block, a case or a file, when it is the first such there. */
export function statementsFrom(node: ast.AwaitExpression): readonly ast.Statement[] {
  let at: ast.Node = node;
  while (at.parent !== undefined && !ast.isStatement(at)) at = at.parent;
  const known = firsts.get(at.parent);
  if (known !== undefined && known.await !== node) return [];
  const statements = statementsOf(at.parent) ?? [];
  const first = known ?? firstOf(statements);
  if (first !== undefined) firsts.set(at.parent, first);
  return first?.await === node ? statements : [];
}

function firstOf(statements: readonly ast.Statement[]): AwaitStatement | undefined {
  for (const statement of statements) {
    const found = awaitStatement(statement);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Parts {
  readonly value: ast.Expression;
  readonly choice: Choice;
  readonly path: readonly string[];
  readonly target: AwaitTarget;
}

function parts(statement: ast.Node): Parts | undefined {
  if (ast.isVariableStatement(statement)) {
    const [declaration, more] = statement.declarationList.declarations;
    if (declaration?.initializer === undefined || more || isMarked(statement)) return undefined;
    if ((statement.declarationList.flags & ast.NodeFlags.Using) !== 0) return undefined;
    if (!isPlainPattern(declaration.name)) return undefined;
    return awaited(declaration.initializer, { kind: 'declaration', declaration });
  }
  if (ast.isReturnStatement(statement) && statement.expression !== undefined) {
    return awaited(statement.expression, { kind: 'return' });
  }
  if (!ast.isExpressionStatement(statement)) return undefined;
  const expression = unwrap(statement.expression);
  if (!isAssignment(expression)) return awaited(expression, { kind: 'nothing' });
  if (expression.operatorToken.kind !== ast.SyntaxKind.EqualsToken) return undefined;
  return awaited(expression.right, { kind: 'assignment', to: expression.left });
}

function awaited(value: ast.Expression, target: AwaitTarget): Parts | undefined {
  const path: string[] = [];
  let at = unwrap(value);
  while (target.kind === 'declaration' && ast.isPropertyAccessExpression(at)) {
    if (at.questionDotToken !== undefined || !ast.isIdentifier(at.name)) return undefined;
    path.unshift(at.name.text);
    at = unwrap(at.expression);
  }
  const choice = path.length === 0 || ast.isAwaitExpression(at) ? choiceOf(at) : undefined;
  return choice && { value: at, choice, path, target };
}

/** Whether code waits or calls something: what then fails would fail while others are under way. */
function runs(node: ast.Node): boolean {
  const calls = collect(node, (at) => ast.isCallExpression(at) || ast.isNewExpression(at));
  return calls.length > 0 || pauses(node);
}

/** Whether code waits in the middle of itself. */
export function pauses(node: ast.Node): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= ast.isAwaitExpression(at) || ast.isYieldExpression(at);
  });
  return found;
}

/** `f().catch(…)` hears its own rejection: whoever wrote that thought about each call by itself. */
export function handlesItself(call: ast.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (!ast.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  return name === 'catch' || name === 'finally' || (name === 'then' && call.arguments.length > 1);
}

/** Patterns that run nothing of their own: no defaults, no computed keys. */
function isPlainPattern(name: ast.BindingName): boolean {
  if (ast.isIdentifier(name)) return true;
  return name.elements.every((element) => {
    if (!ast.isBindingElement(element)) return true;
    if (element.initializer !== undefined) return false;
    if (element.propertyName && ast.isComputedPropertyName(element.propertyName)) return false;
    return element.name === undefined || isPlainPattern(element.name);
  });
}

/** `export` and `declare` say that a declaration stands where it stands. */
function isMarked(statement: ast.VariableStatement): boolean {
  return (statement.modifiers?.length ?? 0) > 0;
}
