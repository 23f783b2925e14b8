/** Edits that let only so many of the promises of `Promise.all(xs.map(f))` run at a time. */
import * as ast from '#ast';
import type { BoundedMapArgument } from '#catalog/limiters.ts';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { moveLines } from '../shape/indenting.ts';
import { hasModifier, indentOf, isMethodCall, statementOf } from '../shape/syntax.ts';
import type { FanOut } from './fan-outs.ts';
import type { Mapper } from './remedies.ts';

/** The parts of a call such as `Promise.all(xs.map(f))`. */
export interface Gathered {
  readonly call: ast.CallExpression;
  readonly items: ast.Expression;
  readonly work: ast.Expression;
}

/** The parts, when the whole list is what one `map` or `Array.from` makes. */
export function gathered(call: ast.CallExpression, fanOut: FanOut): Gathered | undefined {
  const [list] = call.arguments;
  const { node, items, work, kind } = fanOut;
  if (list !== node || kind !== 'called' || call.arguments.length > 1) return undefined;
  if (!isMethodCall(node, 'map', 'from') || node.expression.questionDotToken) return undefined;
  return node.arguments.length > (node.expression.name.text === 'map' ? 1 : 2)
    ? undefined
    : { call, items, work };
}

/** Whether a comment stands where neither the items nor the work would take it along. */
export function hasCommentBetween({ call, items, work }: Gathered): boolean {
  const { text } = call.getSourceFile();
  const between = [
    text.slice(call.getStart(), items.getStart()),
    text.slice(items.end, work.getStart()),
    text.slice(work.end, call.end),
  ];
  return between.some((one) => /\/[/*]/.test(one));
}

/** Makes `Promise.all(xs.map(f))` into `pMap(xs, f, { concurrency: 16 })`. */
export function mapperEdits(
  { call, items, work }: Gathered,
  { name, takes, imports }: Mapper,
  limit: number,
): readonly Edit[] | undefined {
  const first = takes.indexOf('items');
  const second = takes.indexOf('work');
  if (second < first || hasCommentBetween({ call, items, work })) return undefined;
  const given = (some: readonly BoundedMapArgument[]) => some.map((one) => written(one, limit));
  const before = given(takes.slice(0, first)).map((one) => `${one}, `);
  const between = given(takes.slice(first + 1, second)).map((one) => `${one}, `);
  const after = given(takes.slice(second + 1)).map((one) => `, ${one}`);
  const stretches = [
    { from: call.getStart(), to: items.getStart(), text: `${name}(${before.join('')}` },
    { from: items.end, to: work.getStart(), text: `, ${between.join('')}` },
    { from: work.end, to: call.end, text: `${after.join('')})` },
  ];
  const inner = { node: work, start: work.getStart(), end: work.end };
  return [
    ...imports,
    ...stretches.map((one) => edit.range(call, one.from, one.to, one.text)),
    ...moveLines(inner, indentOf(work), indentOf(call)),
  ];
}

function written(argument: BoundedMapArgument, limit: number): string {
  return argument === 'options' ? `{ concurrency: ${limit} }` : `${limit}`;
}

/** Makes `xs.map((x) => f(x))` into `xs.map((x) => limit(() => f(x)))`, with `const limit = pLimit(16);` before. */
export function limiterEdits(
  { work, node }: FanOut,
  factory: string,
  name: string,
  limit: number,
): readonly Edit[] | undefined {
  // What `flatMap` calls gives a list: held back, that would be a promise of a list of promises.
  if (isMethodCall(node, 'flatMap')) return undefined;
  const statement = statementOf(node);
  const wrapped = wrapEdits(work, name);
  if (statement === undefined || wrapped === undefined) return undefined;
  const made = `const ${name} = ${factory}(${limit});\n${indentOf(statement)}`;
  return [edit.before(statement, made), ...wrapped];
}

/** Makes `(x) => f(x)` into `(x) => limit(() => f(x))`, and `async` moves along. */
function wrapEdits(work: ast.Expression, name: string): readonly Edit[] | undefined {
  if (!ast.isArrowFunction(work)) return undefined;
  const { body } = work;
  const modifier = work.modifiers?.find(({ kind }) => kind === ast.SyntaxKind.AsyncKeyword);
  const isAsync = hasModifier(work, ast.SyntaxKind.AsyncKeyword);
  if (ast.isBlock(body) && !isAsync) return undefined;
  const inner = [
    edit.before(body, `${name}(${isAsync ? 'async ' : ''}() => `),
    edit.after(body, ')'),
  ];
  if (modifier === undefined) return inner;
  const after = ast.skipTrivia(work.getSourceFile().text, modifier.end);
  return [edit.range(work, modifier.getStart(), after, ''), ...inner];
}
