/** Moves a statement below others of its block, with the comments that belong to it. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { indentOf } from '../shape/syntax.ts';

/** Edits that move a statement right below a later one of the same block. */
export function deferEdits(statement: ast.Statement, below: ast.Statement): readonly Edit[] {
  const { text } = statement.getSourceFile();
  const start = startWithComment(statement, text);
  const end = endWithComment(statement, text);
  const next = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  const target = endWithComment(below, text);
  const indent = indentOf(statement);
  const isApart = /\n\s*\n/.test(text.slice(end, next));
  const moved = `${isApart ? '\n\n' : '\n'}${indent}${text.slice(start, end)}`;
  const line = start - indent.length;
  const left = isApart && !startsBlock(text.slice(0, line)) ? '\n' : '';
  return [
    edit.range(statement, line, next, `${left}${indent}`),
    edit.range(below, target, target, moved),
  ];
}

/** Whether a text ends with an empty line, or where a block begins. */
function startsBlock(text: string): boolean {
  return /(?:\n[ \t]*|\{[ \t]*)\r?\n$/.test(text);
}

/** Comments right above a statement, no blank line between, are about it. */
function startWithComment(statement: ast.Statement, text: string): number {
  let start = statement.getStart();
  for (const { pos, end } of (
    ast.getLeadingCommentRanges(text, statement.pos) ?? []
  ).toReversed()) {
    if (/\n\s*\n/.test(text.slice(end, start)) || !/\n[ \t]*$/.test(text.slice(0, pos))) break;
    start = pos;
  }
  return start;
}

function endWithComment({ end }: ast.Statement, text: string): number {
  return ast.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end;
}
