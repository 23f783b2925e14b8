/**
 * Rewrites awaits in series into waves of `Promise.allSettled`, after each of which the first failure in the order of the code
 * is thrown. To whoever catches it that is as before: nothing is under way any more, and in one wave it is the same failure.
 */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import { calleeName } from '../shape/slots.ts';
import { collect, enclosingFunction, unwrap } from '../shape/syntax.ts';
import type { AwaitStatement, AwaitTarget } from './awaits.ts';
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
  const { end } = style;
  const named = wave.map((one) => ({ one, name: resultName(one, used) }));
  const list = `const [${named.map(({ name }) => name).join(', ')}] = `;
  const taken = named.filter(({ one }) => one.target.kind !== 'nothing');
  const isReturn = ({ one }: (typeof named)[number]) => one.target.kind === 'return';
  const lines = [
    combinedText(list, 'allSettled', wave, style),
    ...named.map(({ name }) => `if (${name}.status === 'rejected') throw ${name}.reason${end}`),
    ...taken.filter((some) => !isReturn(some)).map(({ one, name }) => withValue(one, name)),
  ];
  const last = taken.find(isReturn);
  return last === undefined ? { lines } : { lines, last: withValue(last.one, last.name) };
}

/** The statement with `userResult.value` in the place of the `await`. */
function withValue({ await: node, statement }: AwaitStatement, name: string): string {
  let whole: ast.Node = node;
  while (ast.isParenthesizedExpression(whole.parent)) whole = whole.parent;
  const { text } = statement.getSourceFile();
  const before = text.slice(statement.getStart(), whole.getStart());
  return `${before}${name}.value${text.slice(whole.end, statement.end)}`;
}

/** A free name for what came of a call: `userResult`; `writeFileResult2` for the second call where no variable takes it. */
function resultName({ call, target }: AwaitStatement, used: ReadonlySet<string>): string {
  const to = target.kind === 'declaration' ? target.declaration.name : targetOf(target);
  if (to !== undefined && ast.isIdentifier(to)) return numbered(`${to.text}Result`, 1, used);
  const callee = calleeName(call) ?? 'call';
  const around = enclosingFunction(call) ?? call.getSourceFile();
  const same = collect(around, ast.isCallExpression).filter((one) => calleeName(one) === callee);
  return numbered(`${callee.replace(/^#/, '')}Result`, same.indexOf(call) + 1, used);
}

function numbered(name: string, from: number, used: ReadonlySet<string>): string {
  let number = from;
  const named = () => (number === 1 ? name : `${name}${number}`);
  while (used.has(named())) number++;
  return named();
}

function targetOf(target: AwaitTarget): ast.Expression | undefined {
  return target.kind === 'assignment' ? unwrap(target.to) : undefined;
}
