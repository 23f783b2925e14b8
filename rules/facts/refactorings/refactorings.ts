/** Rewrites that nobody has to ask for by a mistake: offered wherever they can be done without loss. */
import * as ast from '#ast';
import type { Edit, Range } from '#engine/finding.ts';
import type { Facts } from '../facts.ts';
import { awaitStatement } from '../order/awaits.ts';
import type { Series } from '../order/waves.ts';
import { inStyle } from '../shape/semicolons.ts';
import { isFunction, type MethodCall, statementOf, statementsOf } from '../shape/syntax.ts';
import { mostOf } from '../sizes/bounds.ts';
import { sequenceEdits } from './sequencing.ts';

/** One way to rewrite the code at a place. */
export interface Refactoring {
  /** Names the way of rewriting. */
  readonly id: 'gather' | 'sequence' | 'limit';
  /** Imperative, at most 60 characters. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What can be done with the code that is selected, or that the cursor (an empty range) stands in. */
export function refactoringsAt(
  file: ast.SourceFile,
  range: Range,
  facts: Facts,
): readonly Refactoring[] {
  const node = innermost(file, trimmed(file.text, range));
  const call = combinatorAround(node, facts);
  const found = [gather(node, range, facts)];
  if (call !== undefined) found.push(runInSequence(call, facts), limit(call, facts));
  return found.flatMap((one) => (one === undefined ? [] : inStyle(one, facts.program)));
}

/** Makes awaits in series into waves of one combinator, where the awaits round the cursor, or all that is selected, may overlap. */
function gather(node: ast.Node, range: Range, facts: Facts): Refactoring | undefined {
  const statement = statementOf(node);
  const block = statementsOf(node) ?? (statement && statementsOf(statement.parent));
  if (block === undefined) return undefined;
  const { start, end } = trimmed(node.getSourceFile().text, range);
  const chosen = block.filter((one) => one.getStart() <= end && one.end >= start);
  const [first, more] = chosen;
  if (first === undefined) return undefined;
  const series = more === undefined ? seriesRound(first, block, facts) : seriesOfAll(chosen, facts);
  if (series === undefined) return undefined;
  const edits = facts.seriesFixes.gathered(series);
  if (edits !== undefined) return { id: 'gather', title: 'Gather with `Promise.all`', edits };
  const settled = facts.seriesFixes.settled(series);
  return settled && { id: 'gather', title: 'Gather with `Promise.allSettled`', edits: settled };
}

/** The series that an `await` belongs to. */
function seriesRound(
  statement: ast.Statement,
  block: readonly ast.Statement[],
  facts: Facts,
): Series | undefined {
  if (awaitStatement(statement) === undefined) return undefined;
  return facts.seriesIn(block).find(({ awaits }) => {
    return awaits.some((one) => one.statement === statement);
  });
}

/** The series among selected statements, where none of them has to stay where it is. */
function seriesOfAll(chosen: readonly ast.Statement[], facts: Facts): Series | undefined {
  const [series] = facts.seriesIn(chosen);
  if (series === undefined) return undefined;
  const isFree = facts.proved.argue(chosen).verdicts.every(({ kind }) => kind === 'judged');
  return isFree ? series : undefined;
}

/** Makes `const [a, b] = await Promise.all([f(), g()])` into one `await` after the other. */
function runInSequence(call: MethodCall, facts: Facts): Refactoring | undefined {
  const edits = facts.mayAwait(call) ? sequenceEdits(call) : undefined;
  return edits && { id: 'sequence', title: 'Run in sequence', edits };
}

/** Lets only so many of what `Promise.all(xs.map(f))` starts run at a time, as `unbounded-fan-out` would. */
function limit(call: MethodCall, facts: Facts): Refactoring | undefined {
  const [list] = call.arguments;
  const few = facts.settings.fanOut;
  const fanOut =
    list && facts.fanOuts.into(list).find(({ size }) => (mostOf(size) ?? few + 1) > few);
  if (fanOut === undefined || facts.limiters.holdsBack(fanOut.work)) return undefined;
  const bounded =
    facts.fanOutFixes.withMapper(call, fanOut) ??
    (isSettling(call) ? facts.fanOutFixes.withLimiter(fanOut) : undefined);
  if (bounded !== undefined) {
    const title = `Limit concurrency to ${few} with \`${bounded.by}\``;
    return { id: 'limit', title, edits: bounded.edits };
  }
  const edits = facts.mayAwait(call) ? facts.fanOutFixes.inBatches(call, fanOut) : undefined;
  return edits && { id: 'limit', title: `Limit concurrency with batches of ${few}`, edits };
}

function isSettling({ expression }: MethodCall): boolean {
  return expression.name.text === 'all' || expression.name.text === 'allSettled';
}

/** The innermost node that holds a range. */
function innermost(file: ast.SourceFile, { start, end }: Range): ast.Node {
  let found: ast.Node = file;
  for (let within: ast.Node | undefined = file; within !== undefined; ) {
    found = within;
    within = undefined;
    found.forEachChild((child) => {
      if (child.getStart() <= start && end <= child.end) within = child;
      return undefined;
    });
  }
  return found;
}

/** A selection without the blanks at its ends. */
function trimmed(text: string, { start, end }: Range): Range {
  const selected = text.slice(start, end);
  const from = start + selected.length - selected.trimStart().length;
  return from >= end
    ? { start, end: start }
    : { start: from, end: start + selected.trimEnd().length };
}

/** The combinator that a node belongs to, functions that it is given left out. */
function combinatorAround(node: ast.Node, { fanOuts }: Facts): MethodCall | undefined {
  for (let at = node; at !== undefined && !isFunction(at); at = at.parent) {
    if (fanOuts.isCombinator(at)) return at;
    if (ast.isVariableStatement(at) || ast.isExpressionStatement(at) || ast.isReturnStatement(at)) {
      return inStatement(at, fanOuts);
    }
  }
  return undefined;
}

/** The one combinator that a statement waits for: the cursor may as well stand before it. */
function inStatement(statement: ast.Statement, fanOuts: Facts['fanOuts']): MethodCall | undefined {
  let found: MethodCall | undefined;
  const look = (at: ast.Node): undefined => {
    if (found !== undefined || isFunction(at)) return;
    if (fanOuts.isCombinator(at)) found = at;
    else at.forEachChild(look);
  };
  look(statement);
  return found;
}
