/** What stands in a loop's body, gathered in one walk: what it waits for, what it calls, how it is left, what it changes. */
import * as ast from '#ast';
import { isAssignment, isFunction, unwrap } from '../shape/syntax.ts';
import { isLoop, type Loop } from '../sizes/growth.ts';

/** The parts of a loop's body; functions within are left out, loops within are not. */
export interface LoopParts {
  readonly loop: Loop;
  /** Awaits that belong to this loop and to none within it. */
  readonly awaits: readonly ast.AwaitExpression[];
  readonly calls: readonly ast.CallExpression[];
  /** `break`, `return` and `throw` that end this loop early. */
  readonly exits: readonly ast.Node[];
  /** `continue` of this loop. */
  readonly skips: readonly ast.ContinueStatement[];
  readonly yields: readonly ast.Node[];
  readonly forAwaits: readonly ast.Node[];
  readonly tries: readonly ast.TryStatement[];
  /** Variables that are given a new value, `x` of `x += 1`, `x++`, `[x] = y` and `x = y`. */
  readonly targets: readonly ast.Identifier[];
}

interface Gathered {
  awaits: ast.AwaitExpression[];
  calls: ast.CallExpression[];
  exits: ast.Node[];
  skips: ast.ContinueStatement[];
  yields: ast.Node[];
  forAwaits: ast.Node[];
  tries: ast.TryStatement[];
  targets: ast.Identifier[];
}

const known = new WeakMap<Loop, LoopParts>();

/** The parts of a loop's body, gathered once. */
export function partsOf(loop: Loop): LoopParts {
  const parts = known.get(loop) ?? gathered(loop);
  known.set(loop, parts);
  return parts;
}

function gathered(loop: Loop): LoopParts {
  const found: Gathered = {
    awaits: [],
    calls: [],
    exits: [],
    skips: [],
    yields: [],
    forAwaits: [],
    tries: [],
    targets: [],
  };
  visit(loop.statement, loop, found);
  return { loop, ...found };
}

function visit(node: ast.Node, loop: Loop, found: Gathered): void {
  if (isFunction(node)) return;
  if (ast.isAwaitExpression(node) && ownerOf(node, isLoop) === loop) found.awaits.push(node);
  else if (ast.isCallExpression(node)) found.calls.push(node);
  else if (ast.isYieldExpression(node)) found.yields.push(node);
  else if (ast.isTryStatement(node)) found.tries.push(node);
  else if (ast.isForOfStatement(node) && node.awaitModifier) found.forAwaits.push(node);
  else if (ast.isContinueStatement(node)) {
    if (node.label !== undefined) found.exits.push(node);
    else if (ownerOf(node, isLoop) === loop) found.skips.push(node);
  } else if (leaves(node, loop)) found.exits.push(node);
  else addTargets(node, found.targets);
  node.forEachChild((child) => {
    visit(child, loop, found);
    return undefined;
  });
}

function leaves(node: ast.Node, loop: Loop): boolean {
  if (ast.isReturnStatement(node)) return true;
  if (ast.isThrowStatement(node)) return !isCaughtWithin(node, loop);
  if (!ast.isBreakStatement(node)) return false;
  return node.label !== undefined || ownerOf(node, isBreakable) === loop;
}

/** The nearest loop (or `switch`) that a node stands in the body of. */
function ownerOf(node: ast.Node, test: (node: ast.Node) => boolean): ast.Node | undefined {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (test(parent) && !(ast.isForOfStatement(parent) && parent.expression === at)) return parent;
  }
  return undefined;
}

function isBreakable(node: ast.Node): boolean {
  return isLoop(node) || ast.isSwitchStatement(node);
}

function isCaughtWithin(node: ast.Node, loop: Loop): boolean {
  for (let at = node; at !== loop && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return true;
  }
  return false;
}

function addTargets(node: ast.Node, targets: ast.Identifier[]): void {
  if (isAssignment(node)) addNames(node.left, targets);
  else if (ast.isPostfixUnaryExpression(node)) addNames(node.operand, targets);
  else if (ast.isPrefixUnaryExpression(node) && isStep(node)) addNames(node.operand, targets);
}

function isStep({ operator }: ast.PrefixUnaryExpression): boolean {
  return operator === ast.SyntaxKind.PlusPlusToken || operator === ast.SyntaxKind.MinusMinusToken;
}

function addNames(target: ast.Node, targets: ast.Identifier[]): void {
  const at = ast.isExpression(target) ? unwrap(target) : target;
  if (ast.isIdentifier(at)) targets.push(at);
  else if (ast.isArrayLiteralExpression(at)) for (const one of at.elements) addNames(one, targets);
  else if (ast.isObjectLiteralExpression(at)) {
    for (const one of at.properties) addNames(one, targets);
  } else if (ast.isPropertyAssignment(at)) addNames(at.initializer, targets);
  else if (ast.isShorthandPropertyAssignment(at)) addNames(at.name, targets);
  else if (ast.isSpreadElement(at) || ast.isSpreadAssignment(at)) addNames(at.expression, targets);
}
