/** Writes the awaits of one value above the statement that it stands in, where they are gathered. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { givenNoun, isUsable } from '../names/nouns.ts';
import { enclosingFunction, walk } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';
import { bracketed } from './choices.ts';
import { valueAwaitsOf } from './value-awaits.ts';
import { gatheredText, movedText, styleOf } from './wave-edits.ts';
import { mentions, type Series } from './waves.ts';

/** Whether a name means nothing yet where a statement stands. */
export type IsFree = (name: string, statement: ast.Statement) => boolean;

/** Makes `return { a: await f(), b: await g() };` into `const [a, b] = await Promise.all([f(), g()]);` and `return { a, b };`. */
export function valueEdits({ awaits }: Series, isFree: IsFree): readonly Edit[] | undefined {
  const [first] = awaits;
  if (first === undefined || awaits.some(isCommented)) return undefined;
  const { statement } = first;
  const names = namesFor(awaits, isFree);
  const style = styleOf(statement);
  const pieces = awaits.map(({ call }) => ({
    above: [],
    text: movedText(call, [], style),
    beside: '',
  }));
  const text = gatheredText(`const [${names.join(', ')}] = `, 'all', pieces, style);
  const above = edit.before(statement, `${text}\n${style.indent}`);
  return [above, ...awaits.map((one, index) => inPlace(one, names[index] ?? ''))];
}

/** The name in place of an `await`; `{ a }` in place of `{ a: await f() }`. */
function inPlace({ await: node }: AwaitStatement, name: string): Edit {
  const whole = bracketed(node);
  const { parent } = whole;
  const isShort = ast.isPropertyAssignment(parent) && parent.name.getText() === name;
  return edit.replace(isShort ? parent : whole, name);
}

/** Names that values above in the same function do not take, so that all may be rewritten at once. */
function namesFor(awaits: readonly AwaitStatement[], isFree: IsFree): readonly string[] {
  const taken: string[] = [];
  for (const above of valuesAbove(awaits)) taken.push(...namesOf(above, taken, isFree));
  return namesOf(awaits, taken, isFree);
}

/** Names by what the values are called, or by what the calls give. */
function namesOf(
  awaits: readonly AwaitStatement[],
  taken: readonly string[],
  isFree: IsFree,
): readonly string[] {
  const names: string[] = [];
  awaits.forEach(({ target, call, statement }, index) => {
    const fits = (name: string): boolean => {
      return ![...taken, ...names].includes(name) && isUnsaid(name, statement, isFree);
    };
    const said = [target.kind === 'part' ? target.key : undefined, givenNoun(call)].flatMap(
      (name) => name ?? [],
    );
    const [own = ORDINALS[index] ?? 'value'] = said;
    const numbered = [...taken, ...names, own].map((_, at) => `${own}${at + 2}`);
    names.push([...said, own, ...numbered].find(fits) ?? own);
  });
  return names;
}

function valuesAbove([first]: readonly AwaitStatement[]): readonly (readonly AwaitStatement[])[] {
  const found: (readonly AwaitStatement[])[] = [];
  if (first === undefined) return found;
  const { statement } = first;
  walk(enclosingFunction(statement) ?? statement.getSourceFile(), (node) => {
    const value = node.end <= statement.pos && ast.isStatement(node) && valueAwaitsOf(node);
    if (value) found.push(value.awaits);
  });
  return found;
}

const ORDINALS = 'first second third fourth fifth sixth'.split(' ');

function isUnsaid(name: string, statement: ast.Statement, isFree: IsFree): boolean {
  const around = enclosingFunction(statement) ?? statement.getSourceFile();
  return isUsable(name) && isFree(name, statement) && !mentions(around, [name]);
}

/** Whether something is said between an `await` and its call, which would be lost. */
function isCommented({ await: node, call }: AwaitStatement): boolean {
  const whole = bracketed(node);
  const { text } = node.getSourceFile();
  const gaps = text.slice(whole.getStart(), call.getStart()) + text.slice(call.end, whole.end);
  return /\/[/*]/.test(gaps);
}
