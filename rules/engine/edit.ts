import type { Node, SourceFile } from '#ast';
import type { Edit } from './finding.ts';

/** Makes edits that speak of nodes, comments before and after them untouched. */
export const edit = {
  /** Inserts text right before a node. */
  before: (node: Node, text: string): Edit => at(node, node.getStart(), node.getStart(), text),
  /** Inserts text right after a node. */
  after: (node: Node, text: string): Edit => at(node, node.end, node.end, text),
  /** Replaces a node. */
  replace: (node: Node, text: string): Edit => at(node, node.getStart(), node.end, text),
  /** Replaces a stretch of the file that `node` stands in. */
  range: (node: Node, start: number, end: number, text: string): Edit => at(node, start, end, text),
};

function at(node: Node, start: number, end: number, text: string): Edit {
  return { file: fileOf(node).fileName, start, end, text };
}

function fileOf(node: Node): SourceFile {
  return node.getSourceFile();
}

/**
 * Applies the edits that concern one file. Edits at the same place keep their order.
 * @throws {RangeError} when two edits overlap.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let done = 0;
  for (const { start, end, text: inserted } of sorted) {
    if (start < done) throw new RangeError(`Edits overlap at offset ${start}.`);
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}

/** Whether two sets of edits can be applied together: no stretch of one meets a stretch of the other. */
export function disjoint(some: readonly Edit[], others: readonly Edit[]): boolean {
  return some.every((a) =>
    others.every((b) => a.file !== b.file || a.end < b.start || b.end < a.start),
  );
}
