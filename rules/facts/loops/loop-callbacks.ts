/** Makes the body of a loop into a callback that does for one item what the loop did in one turn. */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { collect, contains, isFunction, unwrap, walk } from '../shape/syntax.ts';
import type { Loop } from '../sizes/growth.ts';
import type { Collecting } from './collecting.ts';
import { partsOf } from './loop-parts.ts';
import type { OverlappingLoop } from './loop-proofs.ts';

/** The callback, and what becomes of what it returns. */
export interface LoopCallback {
  /** `async (user) => { … }`, its lines as far to the right as they were. */
  readonly text: string;
  readonly items: ast.Expression;
  /** The item's name where it has one. */
  readonly item: string | undefined;
  /** The statement that handed the result on; nothing when nothing is returned. */
  readonly result: Collecting | undefined;
}

/** The callback, where the body means the same in a function of its own. */
export function loopCallback(
  { loop, collecting }: Pick<OverlappingLoop, 'loop' | 'collecting'>,
  scopes: Scopes,
): LoopCallback | undefined {
  if (!ast.isForOfStatement(loop) || !ast.isVariableDeclarationList(loop.initializer)) {
    return undefined;
  }
  const [binding, ...more] = loop.initializer.declarations;
  const { statement: body, expression: items } = loop;
  if (binding === undefined || more.length > 0 || !canMove(loop, scopes)) return undefined;
  const { skips } = partsOf(loop);
  const [result, ...others] = collecting;
  const isLast = result === undefined || lastOf(body) === result.statement;
  if (others.length > 0 || !isLast || (result !== undefined && skips.length > 0)) return undefined;
  const item = ast.isIdentifier(binding.name) ? binding.name.text : undefined;
  const type = binding.type === undefined ? '' : `: ${binding.type.getText()}`;
  const head = `(${binding.name.getText()}${type}) =>`;
  const value = result === undefined ? undefined : plainValue(body, result);
  if (value !== undefined) return { text: `${head} ${value}`, items, item, result };
  const whole = result === undefined ? bodyWith(body, skips) : bodyReturning(body, result);
  return { text: `async ${head} ${whole}`, items, item, result };
}

/** A loop, and a statement in its body that starts something without waiting for it. */
export interface Spawning {
  readonly loop: Loop;
  readonly started: ast.ExpressionStatement;
}

/** The callback, which waits for what the loop only started. */
export function waitingCallback(
  { loop, started }: Spawning,
  scopes: Scopes,
): LoopCallback | undefined {
  const callback = loopCallback({ loop, collecting: [] }, scopes);
  const { expression } = started;
  const promise = ast.isVoidExpression(expression) ? expression.expression : expression;
  if (callback === undefined || !callback.text.includes(started.getText())) return undefined;
  const text = isOnlyStatement(loop.statement)
    ? `${callback.text.slice('async '.length).replace(/=>[\s\S]*/, '=>')} ${promise.getText()}`
    : callback.text.replace(started.getText(), () => `await ${promise.getText()};`);
  return { ...callback, text };
}

/** `f(x)` for a body that is only `xs.push(await f(x));`, so that the callback need not be async. */
function plainValue(body: ast.Statement, { how, value }: Collecting): string | undefined {
  if (how !== 'push' && how !== 'add' && how !== 'spread') return undefined;
  const awaited = unwrap(value);
  if (!ast.isAwaitExpression(awaited) || !isOnlyStatement(body)) return undefined;
  const promise = unwrap(awaited.expression);
  return collect(promise, ast.isAwaitExpression).length > 0 ? undefined : promise.getText();
}

/** The body, `continue` made into `return`. */
function bodyWith(body: ast.Statement, skips: readonly ast.Node[]): string {
  const whole = textWith(
    body,
    skips.map((node) => ({ node, text: 'return;' })),
  );
  return ast.isBlock(body) ? whole : `{ ${whole} }`;
}

/** The body, its last statement made into `return`; just the value when there is nothing else. */
function bodyReturning(body: ast.Statement, result: Collecting): string {
  const { how, key, value, statement } = result;
  const isScript = /\.[cm]?jsx?$/.test(body.getSourceFile().fileName);
  const isPair = how === 'set' || how === 'assign';
  const pair = `[${key?.getText()}, ${value.getText()}]${isScript ? '' : ' as const'}`;
  const returned = isPair ? pair : value.getText();
  if (!isOnlyStatement(body))
    return textWith(body, [{ node: statement, text: `return ${returned};` }]);
  return returned.startsWith('{') ? `(${returned})` : returned;
}

function isOnlyStatement(body: ast.Statement): boolean {
  const isOne = !ast.isBlock(body) || body.statements.length === 1;
  return isOne && !/\/[/*]/.test(body.getText());
}

interface Replacement {
  readonly node: ast.Node;
  readonly text: string;
}

function textWith(whole: ast.Node, replacements: readonly Replacement[]): string {
  const { text } = whole.getSourceFile();
  let result = '';
  let done = whole.getStart();
  for (const { node, text: inserted } of replacements) {
    result += text.slice(done, node.getStart()) + inserted;
    done = node.end;
  }
  return result + text.slice(done, whole.end);
}

function lastOf(body: ast.Statement): ast.Node | undefined {
  return ast.isBlock(body) ? body.statements.at(-1) : body;
}

/** Whether nothing in a loop's body changes its meaning in a function: `var`, labels, variables that change. */
function canMove(loop: ast.ForOfStatement, scopes: Scopes): boolean {
  if (ast.isLabeledStatement(loop.parent)) return false;
  const narrowed = narrowedBefore(loop);
  let can = true;
  const look = (node: ast.Node): void => {
    if (ast.isVariableDeclarationList(node)) {
      can &&= (node.flags & ast.NodeFlags.BlockScoped) !== 0;
    } else if (ast.isIdentifier(node)) can &&= isSteady(node, loop, scopes);
    else if (ast.isPropertyAccessExpression(node)) can &&= !narrowed.has(node.getText());
  };
  walk(loop.statement, look, { intoFunctions: true });
  return can && !hasLongTemplate(loop);
}

/** Variables that change lose in a callback what the compiler found out about their type. */
function isSteady(name: ast.Identifier, loop: ast.Node, scopes: Scopes): boolean {
  const binding = scopes.of(name);
  if (binding === undefined || contains(loop, binding.declaration)) return true;
  return scopes.isConstant(binding);
}

/** Members that conditions before the loop have looked at: in a callback their type is as wide as declared. */
function narrowedBefore(loop: ast.Node): ReadonlySet<string> {
  const found = new Set<string>();
  let fn: ast.Node = loop;
  while (fn.parent !== undefined && !isFunction(fn)) fn = fn.parent;
  const note = (node: ast.Node): void => {
    if (ast.isPropertyAccessExpression(node)) found.add(node.getText());
  };
  const look = (node: ast.Node): void => {
    if (node.pos >= loop.pos) return;
    if (ast.isIfStatement(node)) walk(node.expression, note);
    else if (ast.isConditionalExpression(node)) walk(node.condition, note);
    else if (ast.isBinaryExpression(node)) walk(node.left, note);
  };
  walk(fn, look);
  return found;
}

function hasLongTemplate(node: ast.Node): boolean {
  let found = false;
  const look = (at: ast.Node): void => {
    if (!ast.isNoSubstitutionTemplateLiteral(at) && !ast.isTemplateExpression(at)) return;
    found ||= at.getText().includes('\n');
  };
  walk(node, look, { intoFunctions: true });
  return found;
}
