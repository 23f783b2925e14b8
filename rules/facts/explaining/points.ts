/** Sentences of an argument, each with the code that shows it. */
import type * as ast from '#ast';
import type { Range } from '#engine/finding.ts';

/** A stretch of a file. */
export interface Spot {
  /** Absolute name. */
  readonly file: string;
  readonly range: Range;
}

/** One sentence of an argument. */
export interface Point {
  readonly text: string;
  /** The code that shows it. */
  readonly shown: Spot | undefined;
}

/** A sentence about some code. */
export function point(text: string, node?: ast.Node): Point {
  return { text, shown: node && spotOf(node) };
}

/** The place of a node, as plain data. */
export function spotOf(node: ast.Node): Spot {
  const range = { start: node.getStart(), end: node.end };
  return { file: node.getSourceFile().fileName, range };
}

/** A sentence, begun with a capital letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
