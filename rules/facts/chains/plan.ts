/** What has to be done so that a chain of calls waits, or the first place that prevents it. */
import type * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';

/** A place that prevents a function from being async, or a call of it from being awaited. */
export interface Obstacle {
  readonly node: ast.Node;
  /** The function or call that the place is about, and why. */
  readonly message: string;
}

/** Edits that belong to one node: those before it come outside of those of the nodes within. */
export interface Rewriting {
  readonly node: ast.Node;
  readonly edits: readonly Edit[];
}

/** Whether something is an obstacle. */
export function isObstacle(value: object): value is Obstacle {
  return 'message' in value;
}

/** All edits in an order in which those at one place nest as their nodes do; what is there twice counts once. */
export function nested(rewritings: readonly Rewriting[]): readonly Edit[] {
  const byLength = [...rewritings].sort((a, b) => lengthOf(b) - lengthOf(a));
  const opening = byLength.flatMap(({ node, edits }) =>
    edits.filter(({ start }) => start < node.end),
  );
  const closing = byLength
    .toReversed()
    .flatMap(({ node, edits }) => edits.filter(({ start }) => start >= node.end));
  const unique = new Map<string, Edit>();
  for (const edit of [...opening, ...closing]) {
    const isImport = /^\s*(?:import|const) |^, /.test(edit.text);
    const key = isImport ? JSON.stringify(edit) : `${unique.size}`;
    if (!unique.has(key)) unique.set(key, edit);
  }
  return [...unique.values()];
}

function lengthOf({ node }: Rewriting): number {
  return node.end - node.getStart();
}
