import * as ast from '#ast';
import type { Range } from '#engine';
import type { Offer } from '../messages.ts';

/** Texts in the code, in which the beginning of a line is no place for a comment. */
const TEXTS: ReadonlySet<ast.SyntaxKind> = new Set([
  ast.SyntaxKind.JsxText,
  ast.SyntaxKind.NoSubstitutionTemplateLiteral,
  ast.SyntaxKind.TemplateHead,
  ast.SyntaxKind.TemplateMiddle,
  ast.SyntaxKind.TemplateTail,
]);

/** Where a comment can stand that allows what is found in a stretch: the line above may be part of a text. */
export function roomAt(root: ast.SourceFile, { start }: Range): Offer['room'] {
  const lineStart = root.text.lastIndexOf('\n', start - 1) + 1;
  const { kind, pos, end } = ast.getTokenAtPosition(root, lineStart);
  return TEXTS.has(kind) && pos < lineStart && lineStart <= end ? 'inline' : 'above';
}
