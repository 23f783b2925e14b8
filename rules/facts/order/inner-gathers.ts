/** `const [a, b] = await Promise.all([f(), g()])` among what is gathered: its calls fit in the outer list. */
import * as ast from '#ast';
import { combinationOf } from '../promises/combining.ts';
import { isMethodCall } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';

/** What is gathered already, and the names that it has; an empty one where there is none. */
export interface InnerGather {
  readonly elements: readonly ast.Expression[];
  readonly names: readonly string[];
}

/** The calls that an await gathers itself, where they can be had one by one. */
export function innerGather({ work, path, target }: AwaitStatement): InnerGather | undefined {
  if (!ast.isCallExpression(work) || !isMethodCall(work, 'all') || path.length > 0)
    return undefined;
  const elements = combinationOf(work)?.list.elements;
  if (elements === undefined || work.typeArguments !== undefined) return undefined;
  if (elements.some((one) => ast.isSpreadElement(one) || ast.isOmittedExpression(one))) {
    return undefined;
  }
  const names = namesOf(target);
  if (names === undefined || names.length > elements.length || isCommented(work, elements)) {
    return undefined;
  }
  return { elements, names: elements.map((_, index) => names[index] ?? '') };
}

function namesOf(target: AwaitStatement['target']): readonly string[] | undefined {
  if (target.kind === 'nothing') return [];
  if (target.kind !== 'declaration' || target.declaration.type !== undefined) return undefined;
  const { name } = target.declaration;
  if (!ast.isArrayBindingPattern(name)) return undefined;
  const isRest = name.elements.some((one) => ast.isBindingElement(one) && one.dotDotDotToken);
  return isRest ? undefined : name.elements.map((one) => one.getText());
}

/** The comments above an element of a list. */
export function commentsAbove(element: ast.Expression): readonly string[] {
  const { text } = element.getSourceFile();
  const ranges = ast.getLeadingCommentRanges(text, element.pos) ?? [];
  return ranges.map(({ pos, end }) => text.slice(pos, end));
}

/** Whether anything is said between the elements that does not stand above one. */
function isCommented(call: ast.CallExpression, elements: readonly ast.Expression[]): boolean {
  const { text } = call.getSourceFile();
  const ends = [call.expression.end, ...elements.map(({ end }) => end)];
  const between = ends.map((end, index) => {
    const element = elements[index];
    const gap = text.slice(end, element?.getStart() ?? call.end);
    const above = element === undefined ? [] : commentsAbove(element);
    return above.reduce((rest, comment) => rest.replace(comment, ''), gap);
  });
  return between.some((rest) => /\/[/*]/.test(rest));
}
