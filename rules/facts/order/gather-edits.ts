/**
 * Rewrites awaits in series into waves of `Promise.all`. Statements move whole, with the comments above and beside them;
 * where a declaration cannot be gathered without loss (mixed kinds, annotations on some) there is no rewrite.
 */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { indentLines, indentUnit } from '../shape/indenting.ts';
import { enclosingFunction, indentOf } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';
import type { Series } from './waves.ts';

/** Longest line that is written. */
const WIDTH = 100;

/** A statement with its comments, as text. */
interface Piece {
  readonly above: readonly string[];
  readonly text: string;
  readonly beside: string;
}

/** How statements are written in the file at hand. */
interface Style {
  readonly indent: string;
  readonly unit: string;
  readonly end: string;
}

/** Edits that start the awaits of each wave together, or nothing when that cannot be written without loss. */
export function gatherEdits({ steps, waves, awaits }: Series): readonly Edit[] | undefined {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || awaits.some(isTyped)) return undefined;
  const { statement } = first.item;
  const style = styleOf(statement);
  const blocks: string[] = [];
  for (let wave = 0; wave <= waves.length; wave++) {
    for (const { item, after } of steps) {
      if (item.kind === 'plain' && after === wave)
        blocks.push(whole(pieceOf(item.statement, statement), style));
    }
    const together = waves[wave];
    if (together === undefined) continue;
    const text = waveText(together, statement, style);
    if (text === undefined) return undefined;
    blocks.push(text);
  }
  const text = blocks.join(`\n${style.indent}`);
  return [edit.range(statement, statement.getStart(), endWithComment(last.item.statement), text)];
}

/** `(await f()) as T`, `(await f())!` and JSDoc that tells a type: none has a place in a list. */
function isTyped({ await: node, statement }: AwaitStatement): boolean {
  let at: ast.Node = node.parent;
  while (ast.isParenthesizedExpression(at)) at = at.parent;
  if (ast.isAsExpression(at) || ast.isNonNullExpression(at) || ast.isSatisfiesExpression(at)) {
    return true;
  }
  const { text } = statement.getSourceFile();
  const comments = ast.getLeadingCommentRanges(text, statement.pos) ?? [];
  return comments.some(({ pos, end }) => /@type\b/.test(text.slice(pos, end)));
}

function waveText(
  wave: readonly AwaitStatement[],
  first: ast.Statement,
  style: Style,
): string | undefined {
  const [only, more] = wave;
  if (only !== undefined && more === undefined) return whole(pieceOf(only.statement, first), style);
  const head = headOf(wave);
  if (head === undefined) return undefined;
  const pieces = wave.map((one) => ({
    ...pieceOf(one.statement, first),
    text: callText(one, style),
  }));
  const list = `${head.before}await Promise.all([`;
  const tail = `])${style.end}${head.after === '' ? '' : `\n${style.indent}${head.after}${style.end}`}`;
  const line = `${list}${pieces.map(({ text }) => text).join(', ')}])${style.end}`;
  const isBare = pieces.every(({ above, beside }) => above.length === 0 && beside === '');
  if (isBare && !line.includes('\n') && style.indent.length + line.length <= WIDTH) {
    return `${list}${pieces.map(({ text }) => text).join(', ')}${tail}`;
  }
  const inner = `\n${style.indent}${style.unit}`;
  const lines = pieces.map(({ above, text, beside }) =>
    [...above, `${text},${beside}`].join(inner),
  );
  return `${list}${inner}${lines.join(inner)}\n${style.indent}${tail}`;
}

/** What stands before the gathered promises, and after them: `const [a, b] = `, `return b`. */
function headOf(
  wave: readonly AwaitStatement[],
): { readonly before: string; readonly after: string } | undefined {
  const targets = wave.map(({ target }) => target);
  const kinds = new Set(targets.map(({ kind }) => kind));
  kinds.delete('nothing');
  if (kinds.size === 0) return { before: '', after: '' };
  if (kinds.has('assignment')) {
    if (kinds.size > 1) return undefined;
    const names = targets.map((one) => (one.kind === 'assignment' ? one.to.getText() : ''));
    return { before: `${needsSemicolon(wave) ? ';' : ''}[${listed(names)}] = `, after: '' };
  }
  const result = freeName(wave);
  const names = wave.map(({ target, path }) => {
    if (target.kind !== 'declaration') return target.kind === 'return' ? result : '';
    return path.reduceRight(member, target.declaration.name.getText());
  });
  const keyword = keywordOf(wave);
  const types = typesOf(wave);
  if (keyword === undefined || types === undefined) return undefined;
  const after = kinds.has('return') ? `return ${result}` : '';
  return { before: `${keyword} [${listed(names)}]${types} = `, after };
}

/** The pattern that takes a property: `{ data: a }`, or `{ data }` where the name stays. */
function member(name: string, property: string): string {
  return name === property ? `{ ${name} }` : `{ ${property}: ${name} }`;
}

/** Names of a pattern; values that nobody takes leave holes, none at the end. */
function listed(names: readonly string[]): string {
  const taken = names.slice(0, names.findLastIndex((name) => name !== '') + 1);
  return taken.join(', ');
}

/** The keyword that all declarations share, `const` where there is only a `return`. */
function keywordOf(wave: readonly AwaitStatement[]): string | undefined {
  const keywords = wave.flatMap(({ target }) => {
    if (target.kind !== 'declaration') return [];
    return [/^\w+/.exec(target.declaration.parent.getText())?.[0] ?? ''];
  });
  const [keyword = 'const', ...others] = new Set(keywords);
  return others.length > 0 ? undefined : keyword;
}

/** `: [A, B]` where every value has a type written to it, nothing where some have. */
function typesOf(wave: readonly AwaitStatement[]): string | undefined {
  const types = wave.map(({ target }) =>
    target.kind === 'declaration' ? target.declaration.type?.getText() : undefined,
  );
  if (types.every((type) => type === undefined)) return '';
  if (wave.some(({ path }) => path.length > 0)) return undefined;
  return types.includes(undefined) ? undefined : `: [${types.join(', ')}]`;
}

function freeName(wave: readonly AwaitStatement[]): string {
  const [first] = wave;
  const text = first && (enclosingFunction(first.statement) ?? first.statement.parent).getText();
  const isFree = (name: string): boolean => !new RegExp(`\\b${name}\\b`).test(text ?? '');
  return ['result', 'value', 'returned', 'gathered'].find(isFree) ?? 'lastResult';
}

/** A statement that begins with `[` needs a `;` before it where statements end without. */
function needsSemicolon(wave: readonly AwaitStatement[]): boolean {
  return wave[0]?.statement.getText().endsWith(';') === false;
}

function callText({ call }: AwaitStatement, { unit }: Style): string {
  const text = call.getText();
  if (!text.includes('\n')) return text;
  const start = call.getStart();
  const edits = indentLines({ node: call, start, end: call.end }, unit);
  return edits.toReversed().reduce((changed, { start: at, text: blanks }) => {
    return changed.slice(0, at - start) + blanks + changed.slice(at - start);
  }, text);
}

function whole({ above, text, beside }: Piece, { indent }: Style): string {
  return [...above, `${text}${beside}`].join(`\n${indent}`);
}

/** A statement's text and comments; those above the first statement of the series stay where they are. */
function pieceOf(statement: ast.Statement, first: ast.Statement): Piece {
  const { text } = statement.getSourceFile();
  const above = statement === first ? [] : (ast.getLeadingCommentRanges(text, statement.pos) ?? []);
  return {
    above: above.map(({ pos, end }) => text.slice(pos, end)),
    text: statement.getText(),
    beside: text.slice(statement.end, endWithComment(statement)),
  };
}

/** Where a statement ends, a comment on its last line taken along. */
function endWithComment(statement: ast.Statement): number {
  const { text } = statement.getSourceFile();
  return ast.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
}

function styleOf(statement: ast.Statement): Style {
  const { parent } = statement;
  const indent = indentOf(statement);
  const unit = ast.isBlock(parent) ? indentUnit(parent) : indent.startsWith('\t') ? '\t' : '  ';
  return { indent, unit, end: statement.getText().endsWith(';') ? ';' : '' };
}
