/** How long an `await` takes, where a comment beside it says so: `// 100ms`, `// about 1.5 s`. */
import * as ast from '#ast';

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, min: 60_000 };

/** Milliseconds that a comment behind some code tells, on the line where the code ends. */
export function durationOf(node: ast.Node): number | undefined {
  const rest = restOfLine(node);
  // What stands between belongs to the same statement, and to no other `await`.
  const comment = /^(?:(?!\bawait\b)[^'"`/])*(?:\/\/|\/\*)(.*)$/.exec(rest)?.[1] ?? '';
  const [, amount, unit] = /(\d+(?:\.\d+)?)\s*(ms|sec|s|min)\b/i.exec(comment) ?? [];
  const factor = MILLISECONDS[unit?.toLowerCase() ?? ''];
  if (factor === undefined || isPartOfAwait(node)) return undefined;
  return Number(amount) * factor;
}

/** `await f(await g()); // 100ms` tells of `f`. */
function isPartOfAwait(node: ast.Node): boolean {
  const end = node.end + restOfLine(node).length;
  for (let at = node.parent; at !== undefined && at.end <= end; at = at.parent) {
    if (ast.isAwaitExpression(at)) return true;
  }
  return false;
}

function restOfLine(node: ast.Node): string {
  const { text } = node.getSourceFile();
  const end = text.indexOf('\n', node.end);
  return text.slice(node.end, end === -1 ? text.length : end);
}
