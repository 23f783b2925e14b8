/** The async twin of a call with its `await`. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { awaitEdits, openingAt } from '../promises/asyncify.ts';
import type { Rewrite } from './twins.ts';

/** The rewritten call with `await`, which it may have already. */
export function awaitedTwin(
  call: ast.CallExpression,
  { edits, member, through }: Rewrite,
): readonly Edit[] {
  if (member !== undefined) {
    const opening = edit.before(call, `${openingAt(call)}await `);
    return [opening, ...edits, edit.after(call, `).${member}`)];
  }
  if (!ast.isAwaitExpression(call.parent)) return [...edits, ...awaitEdits(call, through)];
  if (through === undefined) return edits;
  return [...edits, edit.before(call, `${through}(`), edit.after(call, ')')];
}
