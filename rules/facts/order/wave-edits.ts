/** Writes the statements of a series anew, wave by wave, each with the comments above and beside it. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { moved, moveLines, unitAt } from '../shape/indenting.ts';
import { indentOf, unwrap } from '../shape/syntax.ts';
import type { AwaitStatement, Movable } from './awaits.ts';
import { bracketed } from './choices.ts';
import { commentsAbove, innerGather } from './inner-gathers.ts';
import type { Series } from './waves.ts';

/** Longest line that is written. */
const WIDTH = 100;

/** A statement with its comments, as text. */
export interface Piece {
  readonly above: readonly string[];
  readonly text: string;
  readonly beside: string;
}

/** How statements are written in the file at hand. */
export interface Style {
  readonly indent: string;
  readonly unit: string;
  readonly end: string;
  /** The first statement of the series: the comments above it stay where they are. */
  readonly first: ast.Statement;
}

/** What becomes of a wave. */
export interface WaveText {
  /** Statements, the first with no indentation. */
  readonly lines: readonly string[];
  /** What ends the block, after all waves. */
  readonly last?: string;
}

/** Edits that write each wave as `textOf` does, and all between in its place; nothing when one cannot be written. */
export function waveEdits(
  { steps, waves }: Series,
  textOf: (wave: readonly AwaitStatement[], style: Style) => WaveText | undefined,
): readonly Edit[] | undefined {
  const [first] = steps;
  const final = steps.at(-1);
  if (first === undefined || final === undefined) return undefined;
  const { statement } = first.item;
  const style = styleOf(statement);
  const lines: string[] = [];
  const ends: string[] = [];
  for (let wave = 0; wave <= waves.length; wave++) {
    for (const { item, after } of steps) {
      if (item.kind !== 'plain' || after !== wave) continue;
      lines.push(...gapAbove([item]), wholeText(item.statement, style));
    }
    const together = waves[wave];
    if (together === undefined) continue;
    const written = together.length > 1 ? textOf(together, style) : alone(together, style);
    if (written === undefined) return undefined;
    const returned = together.filter(({ target }) => target.kind === 'return');
    const others = together.filter((one) => !returned.includes(one));
    if (written.lines.length > 0) lines.push(...gapAbove(others), ...written.lines);
    if (written.last !== undefined) ends.push(...gapAbove(returned), written.last);
  }
  const text = joined([...lines, ...ends], style);
  return [edit.range(statement, statement.getStart(), endWithComment(final.item.statement), text)];
}

/** An empty line, where there is one above any of some statements. */
function gapAbove(items: readonly Movable[]): readonly string[] {
  const isApart = items.some(({ statement }) => {
    const { text } = statement.getSourceFile();
    return /\n[ \t]*\r?\n/.test(text.slice(statement.pos, statement.getStart()));
  });
  return isApart ? [''] : [];
}

/** Lines one below the other, the first where the cursor is. */
function joined(lines: readonly string[], { indent }: Style): string {
  const [first = '', ...others] = lines[0] === '' ? lines.slice(1) : lines;
  return [first, ...others.map((line) => (line === '' ? '\n' : `\n${indent}${line}`))].join('');
}

/** `before` and a combinator over the calls of a wave, in one line where that is short and nothing is commented. */
export function combinedText(
  before: string,
  combinator: 'all' | 'allSettled',
  wave: readonly AwaitStatement[],
  style: Style,
): string {
  const pieces = wave.flatMap((one) => piecesOf(one, combinator, style));
  return gatheredText(before, combinator, pieces, style);
}

/** `before` and a combinator over some pieces. */
export function gatheredText(
  before: string,
  combinator: 'all' | 'allSettled',
  pieces: readonly Piece[],
  style: Style,
): string {
  const list = `${before}await Promise.${combinator}([`;
  const line = `${list}${pieces.map(({ text }) => text).join(', ')}])${style.end}`;
  const isBare = pieces.every(({ above, beside }) => above.length === 0 && beside === '');
  if (isBare && !line.includes('\n') && style.indent.length + line.length <= WIDTH) return line;
  const inner = `\n${style.indent}${style.unit}`;
  const lines = pieces.map(({ above, text, beside }) => {
    const comments = above.map((one) => moved(one, style.indent, `${style.indent}${style.unit}`));
    return [...comments, `${text},${beside}`].join(inner);
  });
  return `${list}${inner}${lines.join(inner)}\n${style.indent}])${style.end}`;
}

/** An await that overlaps with no other stays as it is; what it returns, it returns at the end. */
function alone(wave: readonly AwaitStatement[], style: Style): WaveText {
  const whole = wave.map(({ statement }) => wholeText(statement, style));
  const [last] = wave.some(({ target }) => target.kind === 'return') ? whole : [];
  return last === undefined ? { lines: whole } : { lines: [], last };
}

function wholeText(statement: ast.Statement, style: Style): string {
  const { above, text, beside } = pieceOf(statement, style);
  return [...above, `${text}${beside}`].join(`\n${style.indent}`);
}

/** What is started: what is gathered already piece by piece, where one failure still ends all. */
function piecesOf(
  one: AwaitStatement,
  combinator: 'all' | 'allSettled',
  style: Style,
): readonly Piece[] {
  const whole = pieceOf(one.statement, style, callText(one, style));
  const elements = combinator === 'all' ? innerGather(one)?.elements : undefined;
  if (elements === undefined || elements.length === 0) return [whole];
  return elements.map((element, index) => ({
    above: [...(index === 0 ? whole.above : []), ...commentsAt(element, style)],
    text: movedText(element, [], style),
    beside: index === elements.length - 1 ? whole.beside : '',
  }));
}

/** Comments above an element of an inner list, as they stood one level further out. */
function commentsAt(element: ast.Expression, { indent }: Style): readonly string[] {
  return commentsAbove(element).map((one) => moved(one, indentOf(element), indent));
}

/** What is started, with no `await` in it. */
function callText({ work, value, choice }: AwaitStatement, style: Style): string {
  return movedText(work, work === value ? choice.awaits.flatMap(started) : [], style);
}

/** The text of an element as it stands in a list, with some edits made. */
export function movedText(node: ast.Node, made: readonly Edit[], { indent, unit }: Style): string {
  const text = node.getText();
  const start = node.getStart();
  const stretch = { node, start, end: node.end };
  const lines = text.includes('\n') ? moveLines(stretch, indentOf(node), `${indent}${unit}`) : [];
  const edits = [...made, ...lines].toSorted((a, b) => b.start - a.start);
  return edits.reduce((changed, one) => {
    return changed.slice(0, one.start - start) + one.text + changed.slice(one.end - start);
  }, text);
}

/** Makes `await f()` and `(await f())` into `f()`. */
function started(node: ast.AwaitExpression): readonly Edit[] {
  const whole = bracketed(node);
  const call = unwrap(node.expression);
  return [
    edit.range(node, whole.getStart(), call.getStart(), ''),
    edit.range(node, call.end, whole.end, ''),
  ];
}

function pieceOf(statement: ast.Statement, { first }: Style, written = statement.getText()): Piece {
  const { text } = statement.getSourceFile();
  const above = statement === first ? [] : (ast.getLeadingCommentRanges(text, statement.pos) ?? []);
  return {
    above: above.map(({ pos, end }) => text.slice(pos, end)),
    text: written,
    beside: text.slice(statement.end, endWithComment(statement)),
  };
}

/** Where a statement ends, a comment on its last line taken along. */
function endWithComment(statement: ast.Statement): number {
  const { text } = statement.getSourceFile();
  return ast.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
}

export function styleOf(first: ast.Statement): Style {
  const end = first.getText().endsWith(';') ? ';' : '';
  return { indent: indentOf(first), unit: unitAt(first), end, first };
}
