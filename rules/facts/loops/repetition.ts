/** Code that runs once for each item: in the body of a loop, or in a callback that is called for each element. */
import * as ast from '#ast';
import { guessOf } from '../effects/guesses.ts';
import { namesOf } from '../names/names.ts';
import { mentions } from '../order/waves.ts';
import {
  type FunctionNode,
  isFunction,
  isFunctionExpression,
  unwrap,
  walk,
} from '../shape/syntax.ts';
import { isLoop, type Loop, perElementCall } from '../sizes/growth.ts';

/** What repeats some code, and the names that stand for the item, or for what is worked out from it. */
export interface Repetition {
  /** The loop statement; nothing for callbacks, which run together. */
  readonly loop: Exclude<Loop, ast.WhileStatement | ast.DoStatement> | undefined;
  /** What is gone through, where that is one expression. */
  readonly items: ast.Expression | undefined;
  readonly names: readonly string[];
}

/** The nearest repetition of some code; nothing where a function of unknown use, or a loop without items, is between. */
export function repetitionOf(node: ast.Node): Repetition | undefined {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (isLoop(parent)) {
      if (parent.statement === at) return ofLoop(parent, node);
    } else if (isFunction(parent)) {
      const found = ofCallback(parent, node);
      if (found !== undefined) return found;
      if (!isHandedOn(parent)) return undefined;
    }
  }
  return undefined;
}

function ofLoop(loop: Loop, node: ast.Node): Repetition | undefined {
  if (ast.isWhileStatement(loop) || ast.isDoStatement(loop)) return undefined;
  const { initializer, statement } = loop;
  if (initializer === undefined || !ast.isVariableDeclarationList(initializer)) return undefined;
  const own = initializer.declarations.flatMap(({ name }) => namesOf(name));
  const items = ast.isForStatement(loop) ? undefined : loop.expression;
  return { loop, items, names: withDerived(own, statement, node) };
}

function ofCallback(fn: FunctionNode, node: ast.Node): Repetition | undefined {
  const [item] = fn.parameters;
  const items = perElementCall(fn)?.expression.expression ?? mappedBy(fn);
  if (item === undefined || items === undefined || fn.body === undefined) return undefined;
  const names = withDerived(namesOf(item.name), fn.body, node);
  return { loop: undefined, items, names };
}

/** `xs` of `pMap(xs, async (x) => …)`. */
function mappedBy(fn: FunctionNode): ast.Expression | undefined {
  const call = fn.parent;
  if (!isFunctionExpression(fn) || !ast.isCallExpression(call) || call.arguments[1] !== fn) {
    return undefined;
  }
  const callee = unwrap(call.expression);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return /map|each/i.test(name) ? call.arguments[0] : undefined;
}

/** `limit(() => …)`: a function that is handed on to be called once. */
function isHandedOn(fn: FunctionNode): boolean {
  const { parent } = fn;
  return (
    isFunctionExpression(fn) &&
    fn.parameters.length === 0 &&
    ast.isCallExpression(parent) &&
    parent.expression !== fn
  );
}

/**
 * The names, and those of all declared before a node in the body by means of them. What the turn itself writes is not
 * worked out from the item: nobody could have it before the loop.
 */
function withDerived(own: readonly string[], body: ast.Node, node: ast.Node): readonly string[] {
  const names = [...own];
  walk(
    body,
    (at) => {
      if (!ast.isVariableDeclaration(at) || at.initializer === undefined || at.pos > node.pos)
        return;
      if (isWritten(at.initializer)) return;
      if (mentions(at.initializer, names)) names.push(...namesOf(at.name));
    },
    { intoFunctions: true },
  );
  return names;
}

/** `await createUser(name)`. */
function isWritten(value: ast.Expression): boolean {
  const at = unwrap(value);
  const call = ast.isAwaitExpression(at) ? unwrap(at.expression) : undefined;
  return call !== undefined && ast.isCallExpression(call) && guessOf(call)?.writes !== undefined;
}
