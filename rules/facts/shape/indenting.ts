/** Edits that move lines to the left or to the right, so that moved code looks as if it had been written there. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { indentOf } from './syntax.ts';

/** A stretch of the file that a node stands in. */
interface Stretch {
  readonly node: ast.Node;
  readonly start: number;
  readonly end: number;
}

/** Moves every line that begins within a stretch to the right; lines within template literals stay. */
export function indentLines(stretch: Stretch, by: string): readonly Edit[] {
  return moveLines(stretch, '', by);
}

/** Moves every line that begins within a stretch to the left, as far as it has blanks to lose. */
export function outdentLines(stretch: Stretch, by: string): readonly Edit[] {
  return moveLines(stretch, by, '');
}

/** Moves every line that begins within a stretch from one indentation to another; lines within template literals stay. */
export function moveLines(stretch: Stretch, from: string, to: string): readonly Edit[] {
  const { text } = stretch.node.getSourceFile();
  if (from === to) return [];
  return lineStarts(stretch)
    .filter((at) => text.startsWith(from, at))
    .map((at) => edit.range(stretch.node, at, at + from.length, to));
}

/** A text whose lines, but for the first and empty ones, stand at another indentation. */
export function moved(text: string, from: string, to: string): string {
  return text.replace(/\n([ \t]*)(?=[^\s])/g, (line, blanks: string) => {
    return blanks.startsWith(from) ? `\n${to}${blanks.slice(from.length)}` : line;
  });
}

/** What one more level is indented by where a statement stands. */
export function unitAt(statement: ast.Node): string {
  const { parent } = statement;
  if (ast.isBlock(parent)) return indentUnit(parent);
  return indentOf(statement).startsWith('\t') ? '\t' : '  ';
}

/** What one more level is indented by in a block, two spaces when it does not tell. */
export function indentUnit(block: ast.Block): string {
  const [first] = block.statements;
  const outer = indentOf(block);
  const inner = first === undefined ? outer : indentOf(first);
  return inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : '  ';
}

function lineStarts({ node, start, end }: Stretch): readonly number[] {
  const { text } = node.getSourceFile();
  const templates = templatesIn(node);
  const found: number[] = [];
  for (
    let at = text.indexOf('\n', start) + 1;
    at > 0 && at <= end;
    at = text.indexOf('\n', at) + 1
  ) {
    const isBlank = /[\r\n]/.test(text.charAt(at));
    if (!isBlank && !templates.some((one) => one.getStart() < at && at <= one.end)) found.push(at);
  }
  return found;
}

/** Literal parts of templates: white space in them is content. */
function templatesIn(node: ast.Node): readonly ast.Node[] {
  const found: ast.Node[] = [];
  const visit = (at: ast.Node): undefined => {
    if (ast.isTemplateHead(at) || ast.isTemplateMiddle(at) || ast.isTemplateTail(at))
      found.push(at);
    if (ast.isNoSubstitutionTemplateLiteral(at) || ast.isJsxText(at)) found.push(at);
    at.forEachChild(visit);
    return undefined;
  };
  visit(node);
  return found;
}
