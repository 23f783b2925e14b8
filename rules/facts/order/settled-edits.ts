/**
 * Rewrites awaits in series into waves of `Promise.allSettled`, after each of which the first failure in the order of the code
 * is thrown. To whoever catches it that is as before: nothing is under way any more, and in one wave it is the same failure.
 */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import { calleeName } from '../shape/slots.ts';
import { collect, contains, enclosingFunction, isAssignment, unwrap } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';
import { isTypedInComment } from './gather-edits.ts';
import { combinedText, type Style, type WaveText, waveEdits } from './wave-edits.ts';
import type { Series } from './waves.ts';

/** Edits that start the awaits of each wave together, wait for all, and throw what failed first in the order of the code. */
export function settledEdits(series: Series): readonly Edit[] | undefined {
  const [first] = series.awaits;
  if (first === undefined) return undefined;
  if (series.awaits.some(({ statement }) => isTypedInComment(statement))) return undefined;
  const around = enclosingFunction(first.statement) ?? first.statement.parent;
  const used = new Set(around.getText().match(/[\w$]+/g));
  return waveEdits(series, (wave, style) => waveText(wave, style, used));
}

function waveText(
  wave: readonly AwaitStatement[],
  style: Style,
  used: ReadonlySet<string>,
): WaveText {
  const { end, first } = style;
  const quote = quoteIn(first.getSourceFile());
  const rejected = `${quote}rejected${quote}`;
  const named = wave.map((one) => ({ one, name: resultName(one, used) }));
  const list = `const [${named.map(({ name }) => name).join(', ')}] = `;
  const taken = named.filter(({ one }) => one.target.kind !== 'nothing');
  const isReturn = ({ one }: (typeof named)[number]) => one.target.kind === 'return';
  const lines = [
    combinedText(list, 'allSettled', wave, style),
    ...named.map(({ name }) => `if (${name}.status === ${rejected}) throw ${name}.reason${end}`),
    ...taken.filter((some) => !isReturn(some)).map(({ one, name }) => withValue(one, name)),
  ];
  const last = taken.find(isReturn);
  return last === undefined ? { lines } : { lines, last: withValue(last.one, last.name) };
}

/** The statement with `userResult.value` in the place of the `await`. */
function withValue({ value, statement }: AwaitStatement, name: string): string {
  let whole: ast.Node = value;
  while (ast.isParenthesizedExpression(whole.parent)) whole = whole.parent;
  const { text } = statement.getSourceFile();
  const before = text.slice(statement.getStart(), whole.getStart()).replace(/=\s+$/, '= ');
  return `${before}${name}.value${text.slice(whole.end, statement.end)}`;
}

/** The quotation mark that a file writes its imports with. */
function quoteIn({ text }: ast.SourceFile): string {
  return /\b(?:from|import|require\()\s*(["'])/.exec(text)?.[1] ?? "'";
}

/** A free name for what came of a call: `userResult`; with a number where the function has the same base several times. */
function resultName({ call, target }: AwaitStatement, used: ReadonlySet<string>): string {
  const around = enclosingFunction(call) ?? call.getSourceFile();
  if (target.kind === 'declaration' && ast.isIdentifier(target.declaration.name)) {
    return numbered(target.declaration.name.text, 1, used);
  }
  const to = target.kind === 'assignment' ? unwrap(target.to) : undefined;
  if (to !== undefined && ast.isIdentifier(to)) {
    const all = collect(around, isAssignment).filter(({ left }) => left.getText() === to.text);
    const isDeclared = collect(around, ast.isVariableDeclaration).some(({ name, initializer }) => {
      return name.getText() === to.text && initializer && ast.isAwaitExpression(initializer);
    });
    const index = all.findIndex(({ left }) => contains(left, to));
    return numbered(to.text, index + (isDeclared ? 2 : 1), used);
  }
  const callee = calleeName(call) ?? 'call';
  const all = collect(around, ast.isCallExpression).filter((one) => calleeName(one) === callee);
  return numbered(callee.replace(/^#/, ''), all.indexOf(call) + 1, used);
}

function numbered(base: string, from: number, used: ReadonlySet<string>): string {
  let number = from;
  const named = () => (number === 1 ? `${base}Result` : `${base}Result${number}`);
  while (used.has(named())) number++;
  return named();
}
