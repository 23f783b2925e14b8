/** Whether anything in a function could be waited for. */
import * as ast from '#ast';
import type { Program } from '#program';
import type { Calls } from '../names/calls.ts';
import type { Promises } from '../promises/promises.ts';
import { collect, unwrap } from '../shape/syntax.ts';
import type { AsyncFunction } from './suspensions.ts';

/** What has to be asked. */
interface Types {
  readonly program: Program;
  readonly calls: Calls;
  readonly promises: Promises;
}

/**
 * Whether a call in a function, those in its callbacks included, or what the function returns, is or may be a promise:
 * `async () => fetch(url)`.
 */
export function mayHoldPromise({ body }: AsyncFunction, types: Types): boolean {
  if (body === undefined) return false;
  const { query } = types.program;
  const returned = ast.isBlock(body)
    ? collect(body, ast.isReturnStatement).flatMap(({ expression }) => expression ?? [])
    : [body];
  const asked = [...returned, ...collect(body, isMaker, { intoFunctions: true })].filter(
    (node) => !isPlain(node, types),
  );
  query.expectTypes(asked);
  return asked.some((node) => types.promises.thenable(query.typeAt(node)) !== 'never');
}

function isMaker(
  node: ast.Node,
): node is ast.CallExpression | ast.NewExpression | ast.TaggedTemplateExpression {
  return (
    ast.isCallExpression(node) || ast.isNewExpression(node) || ast.isTaggedTemplateExpression(node)
  );
}

/** What is surely no promise, whatever its type says: `JSON.parse` gives `any`. */
function isPlain(node: ast.Expression, { calls }: Types): boolean {
  const at = unwrap(node);
  if (ast.isLiteralExpression(at) || ast.isObjectLiteralExpression(at)) return true;
  if (ast.isArrayLiteralExpression(at) || ast.isTemplateExpression(at)) return true;
  if (!ast.isCallExpression(at)) return false;
  const origin = calls.origin(at.expression);
  return origin?.module === 'global' && PLAIN.has(origin.name);
}

const PLAIN = new Set(
  'JSON.parse Object.assign Object.create structuredClone Reflect.get'.split(' '),
);
