/**
 * Why an `await`, a loop or a combinator is reported, or is not. Every sentence is put together from the reasons of the
 * facts that rules go by; nothing is judged a second time here.
 */
import * as ast from '#ast';
import type { Range } from '#engine/finding.ts';
import type { Facts } from '../facts.ts';
import { brief, isFunction } from '../shape/syntax.ts';
import { isLoop, type Loop } from '../sizes/growth.ts';
import { fanOutPoints } from './fan-out-argument.ts';
import { loopPoints } from './loop-argument.ts';
import { effectPoints, orderPoints } from './order-argument.ts';
import { type Point, type Spot, spotOf } from './points.ts';

/** All that can be said of one `await`, loop or combinator. */
export interface Explanation extends Spot {
  /** Its code on one line, cut when it is long. */
  readonly code: string;
  readonly points: readonly Point[];
}

type Subject = ast.AwaitExpression | ast.CallExpression | Loop;

/** What is said of all that waits or starts many things on a line: that begins there, else the innermost that goes over it. */
export function explanationsIn(
  file: ast.SourceFile,
  line: Range,
  facts: Facts,
): readonly Explanation[] {
  const subjects = subjectsIn(file, facts).filter((one) => meets(one, line));
  const starting = subjects.filter((one) => one.getStart() >= line.start);
  const innermost = subjects.filter((one) => !isLoop(one)).slice(-1);
  return (starting.length > 0 ? starting : innermost).map((one) => explanationOf(one, facts));
}

/** Where everything begins that `explanationsIn` can tell about, in the order of the text. */
export function explainableIn(file: ast.SourceFile, facts: Facts): readonly Spot[] {
  return subjectsIn(file, facts).map(spotOf);
}

function subjectsIn(file: ast.SourceFile, { fanOuts }: Facts): readonly Subject[] {
  const found: Subject[] = [];
  const look = (node: ast.Node): undefined => {
    const isSubject = ast.isAwaitExpression(node) || fanOuts.isCombinator(node) || waits(node);
    if (isSubject) found.push(node);
    node.forEachChild(look);
    return undefined;
  };
  look(file);
  return found;
}

function waits(node: ast.Node): node is Loop {
  if (!isLoop(node)) return false;
  if (ast.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  let found = false;
  const look = (at: ast.Node): undefined => {
    if (isFunction(at) || found) return;
    found = ast.isAwaitExpression(at);
    at.forEachChild(look);
    return undefined;
  };
  look(node.statement);
  return found;
}

function meets(node: ast.Node, { start, end }: Range): boolean {
  return node.getStart() < end && node.end > start;
}

function explanationOf(node: Subject, facts: Facts): Explanation {
  const code = isLoop(node) ? headOf(node) : brief(node);
  return { ...spotOf(node), code, points: pointsOn(node, facts) };
}

function pointsOn(node: Subject, facts: Facts): readonly Point[] {
  if (ast.isAwaitExpression(node)) {
    const loop = loopAround(node);
    const around = loop === undefined ? [] : loopPoints(loop, facts);
    return [...effectPoints(node, facts), ...orderPoints(node, facts), ...around];
  }
  return isLoop(node) ? loopPoints(node, facts) : fanOutPoints(node, facts);
}

/** The loop whose turns an `await` belongs to. */
function loopAround(node: ast.Node): Loop | undefined {
  for (let at = node; at.parent !== undefined && !isFunction(at); at = at.parent) {
    if (isLoop(at.parent) && at.parent.statement === at) return at.parent;
  }
  return undefined;
}

/** A loop without its body. */
function headOf(loop: Loop): string {
  if (ast.isDoStatement(loop)) return `do … while (${brief(loop.expression)})`;
  const { text } = loop.getSourceFile();
  return text.slice(loop.getStart(), loop.statement.getStart()).replace(/\s+/g, ' ').trim();
}
