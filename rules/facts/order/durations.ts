/** How long an `await` takes, where a comment beside it says so: `// 100ms`, `// about 1.5 s`. */
import type * as ast from '#ast';

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, min: 60_000 };

/** Milliseconds that a comment behind some code tells, on the line where the code ends. */
export function durationOf(node: ast.Node): number | undefined {
  const { text } = node.getSourceFile();
  const end = text.indexOf('\n', node.end);
  const rest = text.slice(node.end, end === -1 ? text.length : end);
  // What stands between belongs to the same statement, and to no other `await`.
  const comment = /^(?:(?!\bawait\b)[^'"`/])*(?:\/\/|\/\*)(.*)$/.exec(rest)?.[1] ?? '';
  const [, amount, unit] = /(\d+(?:\.\d+)?)\s*(ms|sec|s|min)\b/i.exec(comment) ?? [];
  const factor = MILLISECONDS[unit?.toLowerCase() ?? ''];
  return factor === undefined ? undefined : Number(amount) * factor;
}
