/** Functions of the project that run work over a collection a few at a time, known by their shape. */
import * as ast from '#ast';
import type { BoundedMapArgument } from '#catalog/limiters.ts';
import { type FunctionNode, isAsync } from '../shape/syntax.ts';

/** Names of functions, and of their parameters, that speak of how many run at once. */
export const LIMITING = /limit|concurren|parallel|atOnce|bounded|throttl|pool|workers|lanes/i;

const ITEMS = /^(?:items?|xs|list|arr(?:ay)?|values?|elements?|inputs?|iterable|collection)$/i;
const WORK = /^(?:fn|func|work|task|mapper|map|iterator|iteratee|callback|cb|job|handler|f)$/i;

/** The order of a function's arguments, and how many parameters its work may have. */
export interface BoundedMapShape {
  readonly takes: readonly BoundedMapArgument[];
  readonly parameters: number;
}

/** The shape of a function that takes a collection, a limit and work, and promises an array. */
export function boundedMapShape(fn: FunctionNode): BoundedMapShape | undefined {
  if (fn.parameters.slice(3).some((one) => !one.questionToken && !one.initializer))
    return undefined;
  const takes = fn.parameters
    .slice(0, 3)
    .map(roleOf)
    .filter((role) => role !== undefined);
  if (new Set(takes).size !== 3 || !promisesArray(fn)) return undefined;
  const work = fn.parameters[takes.indexOf('work')]?.type;
  return { takes, parameters: work && ast.isFunctionTypeNode(work) ? work.parameters.length : 1 };
}

function roleOf(parameter: ast.ParameterDeclaration): BoundedMapArgument | undefined {
  const { name, type } = parameter;
  if (!ast.isIdentifier(name) || parameter.dotDotDotToken) return undefined;
  if (type === undefined) {
    if (LIMITING.test(name.text)) return 'limit';
    if (WORK.test(name.text)) return 'work';
    return ITEMS.test(name.text) ? 'items' : undefined;
  }
  if (type.kind === ast.SyntaxKind.NumberKeyword) {
    return LIMITING.test(name.text) ? 'limit' : undefined;
  }
  if (ast.isFunctionTypeNode(type)) return 'work';
  return /\[\]$|^(?:Readonly)?Array<|Iterable</.test(type.getText()) ? 'items' : undefined;
}

function promisesArray(fn: FunctionNode): boolean {
  if (fn.type === undefined) return isAsync(fn);
  return /^Promise<(?:.*\[\]|(?:Readonly)?Array<.*>)>$/s.test(fn.type.getText());
}
