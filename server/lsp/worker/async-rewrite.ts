import type { Fix, Refusal } from '#engine';
import { type Facts, isAsync, isObstacle } from '#facts';
import type { Source } from '#program';
import { functionsRound } from './drawing.ts';

/** Whether the function round an offset is not async, and reaches a call that blocks. */
export function canBeAsync({ root }: Source, offset: number, facts: Facts): boolean {
  const [fn] = functionsRound(root, offset);
  if (fn === undefined || isAsync(fn) || !facts.asyncChains.canTry) return false;
  return facts.summaries.of(fn).blocks === 'yes';
}

/** Makes the function round an offset async, and its callers wait, where it reaches a call that blocks. */
export function asyncRewrite(
  source: Source,
  offset: number,
  facts: Facts,
): Fix | Refusal | undefined {
  const [fn] = functionsRound(source.root, offset);
  const summary = fn && facts.asyncChains.canTry ? facts.summaries.of(fn) : undefined;
  if (fn === undefined || summary?.blocks !== 'yes') return undefined;
  const { chain } = summary;
  const call = chain.steps[0]?.call ?? chain.end.call;
  const made = facts.asyncChains.of({ fn, call }, chain);
  if (isObstacle(made)) {
    const { node, message } = made;
    const range = { start: node.getStart(), end: node.end };
    return { refused: true, message, file: node.getSourceFile().fileName, range };
  }
  const title = 'Make async, with callers';
  return { id: 'async-chain', title, kind: 'suggested', edits: made.edits };
}
