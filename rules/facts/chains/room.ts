/**
 * Room for an `await`: which functions have to be async so that it may stand at a node, and how the calls that they are
 * handed to have to wait in turn.
 */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Program } from '#program';
import { type Callback, callbackOf } from '../blocking/turns.ts';
import { asyncEdits, awaitEdits, openingAt } from '../promises/asyncify.ts';
import { isGathered } from '../promises/combining.ts';
import type { Promises } from '../promises/promises.ts';
import { isOptional, loopEdits } from '../promises/unrolling.ts';
import { mayAwait } from '../shape/contexts.ts';
import {
  collect,
  enclosingFunction,
  type FunctionNode,
  isAsync,
  isFunctionExpression,
  isGenerator,
  isMethodCall,
  type MethodCall,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import type { Obstacle, Rewriting } from './plan.ts';
import { namedBy } from './references.ts';

/** What has to be done so that `await` may stand somewhere. */
export interface Room {
  readonly rewritings: readonly Rewriting[];
  /** The function whose callers have to wait then. */
  readonly needs?: FunctionNode;
  /** Where another `await` has to stand in turn. */
  readonly next?: ast.CallExpression;
  /** Whether the expression itself gets its `await` by these edits already. */
  readonly isAwaited?: boolean;
}

/** What has to be asked. */
interface Types {
  readonly program: Program;
  readonly promises: Promises;
}

/** Room for an `await` before a call. */
export function roomAt(call: ast.CallExpression, types: Types): Room | Obstacle {
  const fn = enclosingFunction(call);
  const barrier = barrierBetween(call, fn);
  if (barrier !== undefined) return at(call, `nothing can be awaited in ${barrier}`);
  if (fn === undefined) {
    if (!mayAwait(call, types.program)) {
      return at(call, 'nothing can be awaited at the top level of this file');
    }
    // What bundles or runs the file may know less than the compiler.
    const isUsed = collect(call.getSourceFile(), ast.isAwaitExpression).length > 0;
    if (!isUsed) return at(call, 'nothing else is awaited at the top level of this file');
    return { rewritings: [] };
  }
  if (isAsync(fn)) return { rewritings: [] };
  if (isGenerator(fn)) return at(call, 'a generator hands out values at once');
  const callback = callbackOf(fn);
  if (callback !== undefined) return inCallback(call, callback, types);
  if (namedBy(fn) !== undefined || !isFunctionExpression(fn)) return { rewritings: [], needs: fn };
  if (isTestCallback(fn)) return { rewritings: [{ node: fn, edits: asyncEdits(fn) }] };
  const { parent } = wrapped(fn);
  const taker = ast.isCallExpression(parent) ? ` of \`${spokenCallee(parent)}\`` : '';
  return at(call, `nobody waits for this callback${taker}`);
}

/** What stands between a node and its function in which `await` is not known. */
function barrierBetween(node: ast.Node, fn: FunctionNode | undefined): string | undefined {
  for (let one = node; one.parent !== undefined && one !== fn; one = one.parent) {
    const { parent } = one;
    if (ast.isPropertyDeclaration(parent)) return 'the initial value of a field';
    if (ast.isClassStaticBlockDeclaration(parent)) return 'a static block';
    if (ast.isDecorator(parent)) return 'a decorator';
    if (ast.isParameterDeclaration(one) && parent === fn) return 'the default of a parameter';
  }
  return undefined;
}

function inCallback(call: ast.CallExpression, callback: Callback, types: Types): Room | Obstacle {
  const { fn, how } = callback;
  const opened: Rewriting = { node: fn, edits: asyncEdits(fn) };
  const taker = callback.call;
  if (how === 'reaction') return { rewritings: [opened] };
  if (how === 'executor' || !ast.isCallExpression(taker)) {
    return at(call, 'the executor of a promise is not waited for');
  }
  if (how === 'here') {
    return { rewritings: [opened, { node: taker, edits: awaitEdits(taker) }], next: taker };
  }
  const name = spokenCallee(taker);
  if (!isMethodCall(taker) || !isOnArray(taker, types)) {
    return at(call, `\`${name}\` needs the answer of its callback at once`);
  }
  if (name === 'forEach') return inLoop(call, taker, callback);
  const gathered = gathering(taker, callback);
  if (gathered === undefined)
    return at(call, `\`${name}\` needs the answer of its callback at once`);
  return { rewritings: [...gathered, opened], next: taker };
}

/** Makes `xs.forEach((x) => load(x))` into `for (const x of xs) await load(x)`. */
function inLoop(call: ast.CallExpression, each: MethodCall, { fn }: Callback): Room | Obstacle {
  const isWhole = unwrapBody(fn) === call;
  const edits = isWhole || ast.isBlock(fn.body) ? loopEdits(each, 'array') : undefined;
  if (edits === undefined) return at(call, 'this `forEach` cannot be made into a loop');
  return { rewritings: [{ node: each, edits }], next: each, isAwaited: isWhole };
}

function unwrapBody({ body }: Callback['fn']): ast.Node {
  return ast.isBlock(body) ? body : unwrap(body);
}

/** How a call waits for all that its callback gives: `map`, `flatMap`, `filter`. */
function gathering(call: MethodCall, { fn }: Callback): readonly Rewriting[] | undefined {
  if (isOptional(call.expression)) return undefined;
  const { name } = call.expression;
  if (name.text === 'map') {
    return isGathered(call) ? [] : [{ node: call, edits: awaitEdits(call, 'Promise.all') }];
  }
  const flat: Rewriting = {
    node: call,
    edits: [
      edit.before(call, `${openingAt(call)}await Promise.all(`),
      edit.replace(name, 'map'),
      edit.after(call, ')).flat()'),
    ],
  };
  if (name.text === 'flatMap') return [flat];
  const [item, ...others] = fn.parameters;
  const isPlain = item !== undefined && ast.isIdentifier(item.name) && others.length === 0;
  if (name.text !== 'filter' || !isPlain || ast.isBlock(fn.body) || needsCare(fn.body))
    return undefined;
  const picked = ` ? [${item.name.getText()}] : [])`;
  const { body } = fn;
  return [flat, { node: body, edits: [edit.before(body, '('), edit.after(body, picked)] }];
}

/** Whether an expression would read otherwise before `? … : …`. */
function needsCare(body: ast.Expression): boolean {
  return (
    ast.isConditionalExpression(body) || ast.isArrowFunction(body) || ast.isYieldExpression(body)
  );
}

function isOnArray(
  { expression, typeArguments }: MethodCall,
  { program, promises }: Types,
): boolean {
  if (typeArguments !== undefined) return false;
  const type = program.query.typeAt(expression.expression);
  return type !== undefined && promises.elements(type) !== undefined;
}

const TEST =
  /^(it|test|specify|before|after|beforeEach|afterEach|beforeAll|afterAll|bench)(\.(only|skip|each\(.*\)))?$/s;

/** The callback of `it(…)` or of a hook, which a test runner waits for unless it takes a `done`. */
function isTestCallback(fn: FunctionNode): boolean {
  const { parent } = wrapped(fn);
  if (!ast.isCallExpression(parent) || fn.parameters.length > 0) return false;
  return TEST.test(parent.expression.getText());
}

function spokenCallee({ expression }: ast.CallExpression): string {
  const callee = unwrap(expression);
  if (ast.isPropertyAccessExpression(callee)) return callee.name.text;
  return ast.isIdentifier(callee) ? callee.text : 'a call';
}

function at(node: ast.Node, message: string): Obstacle {
  return { node, message };
}
