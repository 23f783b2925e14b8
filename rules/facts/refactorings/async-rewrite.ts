/** Makes a function async where nothing is reported, because no async function calls it yet. */
import type * as ast from '#ast';
import type { Fix, Refusal } from '#engine/finding.ts';
import type { Chain } from '../blocking/summaries.ts';
import { isObstacle } from '../chains/plan.ts';
import { spotOf } from '../explaining/points.ts';
import type { Facts } from '../facts.ts';
import { functionsRound } from '../names/functions.ts';
import { inStyle } from '../shape/semicolons.ts';
import { type FunctionNode, isAsync } from '../shape/syntax.ts';

/** Whether the function round an offset is not async, and reaches a call that blocks. */
export function canBeAsync(file: ast.SourceFile, offset: number, facts: Facts): boolean {
  const [fn] = functionsRound(file, offset);
  return fn !== undefined && !isAsync(fn) && chainFrom(fn, facts) !== undefined;
}

/** Makes the function round an offset async, and its callers wait, where it reaches a call that blocks. */
export function asyncRewrite(
  file: ast.SourceFile,
  offset: number,
  facts: Facts,
): Fix | Refusal | undefined {
  const [fn] = functionsRound(file, offset);
  const chain = fn && chainFrom(fn, facts);
  if (fn === undefined || chain === undefined) return undefined;
  const call = chain.steps[0]?.call ?? chain.end.call;
  const made = facts.asyncChains.of({ fn, call }, chain);
  if (isObstacle(made)) {
    const { file: where, range } = spotOf(made.node);
    return { refused: true, message: made.message, file: where, range };
  }
  const title = 'Make async, with callers';
  const fix: Fix = { id: 'async-chain', title, kind: 'suggested', edits: made.edits };
  return inStyle(fix, facts.program);
}

/** The way from a function to a call that blocks, where it can be made to wait. */
function chainFrom(fn: FunctionNode, { asyncChains, summaries }: Facts): Chain | undefined {
  if (!asyncChains.canTry) return undefined;
  const summary = summaries.of(fn);
  return summary.blocks === 'yes' ? summary.chain : undefined;
}
