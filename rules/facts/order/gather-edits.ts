/**
 * Rewrites awaits in series into waves of `Promise.all`. Where a declaration cannot be gathered without loss (mixed kinds,
 * annotations on some) there is no rewrite, nor where something is changed: a failure beside it would be told too early.
 */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import { givenNoun } from '../names/nouns.ts';
import { enclosingFunction } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';
import { innerGather } from './inner-gathers.ts';
import { combinedText, type Style, type WaveText, waveEdits } from './wave-edits.ts';
import type { Series } from './waves.ts';

/** What can be left out of declarations without loss. */
export interface Spare {
  /** Whether a variable never changes, although it is declared with `let`. */
  isConstant(declaration: ast.VariableDeclaration): boolean;
  /** Whether the types that are written to some variables are what their values have anyway. */
  areRedundant(declarations: readonly ast.VariableDeclaration[]): boolean;
}

/** Edits that start the awaits of each wave together, or nothing when that cannot be written without loss. */
export function gatherEdits(series: Series, spare: Spare): readonly Edit[] | undefined {
  if (series.changes || series.awaits.some(isTyped)) return undefined;
  return waveEdits(series, (wave, style) => waveText(wave, style, spare));
}

/** `(await f()) as T`, `(await f())!` and comments that tell a type: none has a place in a list. */
function isTyped({ value, statement }: AwaitStatement): boolean {
  let at: ast.Node = value.parent;
  while (ast.isParenthesizedExpression(at)) at = at.parent;
  if (ast.isAsExpression(at) || ast.isNonNullExpression(at) || ast.isSatisfiesExpression(at)) {
    return true;
  }
  return isTypedInComment(statement);
}

/** Whether a comment tells the type of what is declared below it: `@type {string}`. */
export function isTypedInComment(statement: ast.Statement): boolean {
  const { text } = statement.getSourceFile();
  const comments = ast.getLeadingCommentRanges(text, statement.pos) ?? [];
  return comments.some(({ pos, end }) => /@type\b/.test(text.slice(pos, end)));
}

function waveText(
  wave: readonly AwaitStatement[],
  style: Style,
  spare: Spare,
): WaveText | undefined {
  const head = headOf(wave, spare);
  if (head === undefined) return undefined;
  const lines = [combinedText(head.before, 'all', wave, style)];
  return head.last === '' ? { lines } : { lines, last: `${head.last}${style.end}` };
}

/** What stands before the gathered promises, and after all: `const [a, b] = `, `return b`. */
function headOf(
  wave: readonly AwaitStatement[],
  spare: Spare,
): { readonly before: string; readonly last: string } | undefined {
  const targets = wave.map(({ target }) => target);
  const kinds = new Set(targets.map(({ kind }) => kind));
  kinds.delete('nothing');
  if (kinds.size === 0) return { before: '', last: '' };
  if (kinds.has('assignment')) {
    if (kinds.size > 1) return undefined;
    const names = wave.flatMap((one) => {
      if (one.target.kind === 'assignment') return one.target.to.getText();
      return innerGather(one)?.names ?? '';
    });
    return { before: `${needsSemicolon(wave) ? ';' : ''}[${listed(names)}] = `, last: '' };
  }
  const result = freeName(wave);
  const names = wave.flatMap((one) => {
    const { target, path } = one;
    const inner = innerGather(one);
    if (inner !== undefined) return inner.names;
    if (target.kind !== 'declaration') return target.kind === 'return' ? result : '';
    return path.reduceRight(member, target.declaration.name.getText());
  });
  const keyword = keywordOf(wave, spare);
  const types = typesOf(wave, spare);
  if (keyword === undefined || types === undefined) return undefined;
  const last = kinds.has('return') ? `return ${result}` : '';
  return { before: `${keyword} [${listed(names)}]${types} = `, last };
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

/** The keyword that all declarations share or could have, `const` where there is only a `return`. */
function keywordOf(wave: readonly AwaitStatement[], spare: Spare): string | undefined {
  const declarations = declarationsIn(wave);
  const keywords = declarations.map(({ parent }) => /^\w+/.exec(parent.getText())?.[0] ?? '');
  const [keyword = 'const', ...others] = new Set(keywords);
  if (others.length === 0) return keyword;
  const canBeConst = declarations.every((one, index) => {
    return keywords[index] === 'const' || spare.isConstant(one);
  });
  return canBeConst ? 'const' : undefined;
}

/** `: [A, B]` where every value has a type written to it; nothing where some have, unless those say nothing new. */
function typesOf(wave: readonly AwaitStatement[], spare: Spare): string | undefined {
  const typed = declarationsIn(wave).filter(({ type }) => type !== undefined);
  if (typed.length === 0) return '';
  const isWhole = typed.length === wave.length && wave.every(({ path }) => path.length === 0);
  if (isWhole) return `: [${typed.map(({ type }) => type?.getText() ?? '').join(', ')}]`;
  return spare.areRedundant(typed) ? '' : undefined;
}

function declarationsIn(wave: readonly AwaitStatement[]): readonly ast.VariableDeclaration[] {
  return wave.flatMap(({ target }) => (target.kind === 'declaration' ? target.declaration : []));
}

function freeName(wave: readonly AwaitStatement[]): string {
  const [first] = wave;
  const text = first && (enclosingFunction(first.statement) ?? first.statement.parent).getText();
  const isFree = (name: string): boolean => !new RegExp(`\\b${name}\\b`).test(text ?? '');
  const returned = wave.find(({ target }) => target.kind === 'return');
  const own = returned && givenNoun(returned.call);
  return (
    [...(own ? [own] : []), 'result', 'value', 'returned', 'gathered'].find(isFree) ?? 'lastResult'
  );
}

/** A statement that begins with `[` needs a `;` before it where statements end without. */
function needsSemicolon(wave: readonly AwaitStatement[]): boolean {
  return wave[0]?.statement.getText().endsWith(';') === false;
}
