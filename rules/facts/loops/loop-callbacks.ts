/** Makes the body of a loop into a callback that does for one item what the loop did in one turn. */
import * as ast from '#ast';
import { isScript } from '../names/modules.ts';
import type { Scopes } from '../names/scopes.ts';
import { collect, contains, indentOf, isFunction, unwrap, walk } from '../shape/syntax.ts';
import type { Loop } from '../sizes/growth.ts';
import type { Collecting } from './collecting.ts';
import { partsOf } from './loop-parts.ts';
import type { OverlappingLoop } from './loop-proofs.ts';
import { type LoopSource, sourceOf } from './loop-sources.ts';

/** The callback, and what becomes of what it returns. */
export interface LoopCallback extends LoopSource {
  /** `async (user) => { … }`, its lines as far to the right as they were. */
  readonly text: string;
  /** The statement that handed the result on; nothing when nothing is returned. */
  readonly result: Collecting | undefined;
  /** A turn may have no result: it gives a list of one, or an empty one. */
  readonly isOptional: boolean;
}

/** The callback, where the body means the same in a function of its own. */
export function loopCallback(
  { loop, collecting }: Pick<OverlappingLoop, 'loop' | 'collecting'>,
  scopes: Scopes,
): LoopCallback | undefined {
  const source = sourceOf(loop);
  const { statement: body } = loop;
  const [result] = collecting;
  if (source === undefined || !canMove(loop, scopes) || !isOneResult(collecting, body)) {
    return undefined;
  }
  const head = `(${source.parameter}) =>`;
  const value = result === undefined ? undefined : plainValue(body, result);
  if (value !== undefined) {
    return { ...source, text: `${head} ${value}`, result, isOptional: false };
  }
  const { skips } = partsOf(loop);
  const isSkipped = skips.length > 0 || !handsOn(body, collecting);
  const isOptional = result !== undefined && isSkipped;
  if (isOptional && !ast.isBlock(body)) return undefined;
  const whole = bodyOf(body, { results: collecting, isOptional, skips, naming: source.naming });
  return { ...source, text: `async ${head} ${whole}`, result, isOptional };
}

/** Whether a turn hands on one result at most, as the last thing that it does, always in the same way. */
function isOneResult(results: readonly Collecting[], body: ast.Statement): boolean {
  const [first] = results;
  return results.every(({ declaration, how, statement }) => {
    return declaration === first?.declaration && how === first.how && endsTurn(statement, body);
  });
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
function plainValue(body: ast.Statement, result: Collecting): string | undefined {
  const { how, value, statement } = result;
  if (lastOf(body) !== statement) return undefined;
  if (how !== 'push' && how !== 'add' && how !== 'spread') return undefined;
  const awaited = unwrap(value);
  if (!ast.isAwaitExpression(awaited) || !isOnlyStatement(body)) return undefined;
  const promise = unwrap(awaited.expression);
  return collect(promise, ast.isAwaitExpression).length > 0 ? undefined : promise.getText();
}

interface BodyParts extends Pick<LoopCallback, 'isOptional' | 'naming'> {
  readonly results: readonly Collecting[];
  readonly skips: readonly ast.Node[];
}

/** The body, `continue` made into `return`, and the handing on of the result as well. */
function bodyOf(body: ast.Statement, { results, isOptional, skips, naming }: BodyParts): string {
  const [only] = results;
  if (
    only !== undefined &&
    !isOptional &&
    isOnlyStatement(body) &&
    lastOf(body) === only.statement
  ) {
    const returned = returnedBy(only, false);
    return returned.startsWith('{') ? `(${returned})` : returned;
  }
  const empty = isOptional ? 'return [];' : 'return;';
  const replacements = [
    ...(naming ? [{ ...replacement(naming, ''), end: nextAfter(naming) }] : []),
    ...skips.map((node) => replacement(node, empty)),
    ...results.map((one) => replacement(one.statement, `return ${returnedBy(one, isOptional)};`)),
  ];
  const last = ast.isBlock(body) && isOptional ? body.statements.at(-1) : undefined;
  if (last !== undefined && !handsOn(last, results)) {
    const end = endWithComment(last);
    replacements.push({ start: end, end, text: `\n${indentOf(last)}${empty}` });
  }
  const whole = textWith(body, replacements);
  return ast.isBlock(body) ? whole : `{ ${whole} }`;
}

/** What the callback returns instead of handing it on. */
function returnedBy({ how, key, value, statement }: Collecting, isOptional: boolean): string {
  if (how === 'spread') return value.getText();
  const isJs = isScript(statement.getSourceFile().fileName);
  const isPair = how === 'set' || how === 'assign';
  const pair = `[${key?.getText()}, ${value.getText()}]${isJs ? '' : ' as const'}`;
  const returned = isPair ? pair : value.getText();
  return isOptional ? `[${returned}]` : returned;
}

/** Whether a statement hands a result on, whichever way it goes. */
function handsOn(at: ast.Statement, results: readonly Collecting[]): boolean {
  if (results.some(({ statement }) => statement === at)) return true;
  if (ast.isBlock(at)) {
    const last = at.statements.at(-1);
    return last !== undefined && handsOn(last, results);
  }
  if (ast.isTryStatement(at)) {
    const { tryBlock, catchClause } = at;
    return handsOn(tryBlock, results) && (!catchClause || handsOn(catchClause.block, results));
  }
  if (!ast.isIfStatement(at) || at.elseStatement === undefined) return false;
  return handsOn(at.thenStatement, results) && handsOn(at.elseStatement, results);
}

/** Whether a turn of the loop is over after a statement: nothing stands below it, and no `finally` follows. */
function endsTurn(statement: ast.Statement, body: ast.Statement): boolean {
  for (let at: ast.Node = statement; at !== body; at = at.parent) {
    const { parent } = at;
    const isLast = ast.isBlock(parent) && parent.statements.at(-1) === at;
    const isBranch = ast.isIfStatement(parent) && at !== parent.expression;
    const isTried = ast.isTryStatement(parent) && parent.finallyBlock === undefined;
    if (!isLast && !isBranch && !isTried && !ast.isCatchClause(parent)) return false;
  }
  return true;
}

function isOnlyStatement(body: ast.Statement): boolean {
  const isOne = !ast.isBlock(body) || body.statements.length === 1;
  return isOne && !/\/[/*]/.test(body.getText());
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function replacement(node: ast.Node, text: string): Replacement {
  return { start: node.getStart(), end: node.end, text };
}

function textWith(whole: ast.Node, replacements: readonly Replacement[]): string {
  const { text } = whole.getSourceFile();
  let result = '';
  let done = whole.getStart();
  for (const { start, end, text: inserted } of replacements.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done, whole.end);
}

/** Where what follows a statement begins, blanks passed over. */
function nextAfter(statement: ast.Statement): number {
  const { text } = statement.getSourceFile();
  return statement.end + (/^\s*/.exec(text.slice(statement.end))?.[0].length ?? 0);
}

function endWithComment(statement: ast.Statement): number {
  const { text } = statement.getSourceFile();
  return ast.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
}

function lastOf(body: ast.Statement): ast.Node | undefined {
  return ast.isBlock(body) ? body.statements.at(-1) : body;
}

/** Whether nothing in a loop's body changes its meaning in a function: `var`, labels, variables that change. */
function canMove(loop: Loop, scopes: Scopes): boolean {
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
