/** What the items of a list are made by, as far as its own file shows. */
import * as ast from '#ast';
import { usesOf } from '../names/names.ts';
import type { Scopes } from '../names/scopes.ts';
import { isFunctionExpression, isMethodCall, unwrap } from '../shape/syntax.ts';
import { resultsOf } from './losses.ts';

/**
 * The expressions that items come from: elements, what is pushed, what a callback of `map` returns, or the callback
 * itself where it is given by its name.
 */
export function itemsOf(list: ast.Expression, scopes: Scopes): readonly ast.Expression[] {
  const at = unwrap(list);
  if (ast.isArrayLiteralExpression(at)) return at.elements.map(unwrap);
  if (isMethodCall(at, 'map', 'flatMap')) {
    const [callback] = at.arguments;
    return callback === undefined ? [] : (returnedBy(callback) ?? [unwrap(callback)]);
  }
  return ast.isIdentifier(at) ? itemsOfVariable(at, scopes) : [at];
}

function itemsOfVariable(name: ast.Identifier, scopes: Scopes): readonly ast.Expression[] {
  const declaration = scopes.declarationOf(name);
  if (declaration === undefined || !ast.isVariableDeclaration(declaration)) return [];
  const { initializer } = declaration;
  const first = initializer === undefined || ast.isIdentifier(unwrap(initializer));
  return [
    ...(first ? [] : itemsOf(initializer, scopes)),
    ...usesOf(name.text, name.getSourceFile())
      .filter((use) => scopes.declarationOf(use) === declaration)
      .flatMap(pushedTo),
  ];
}

/** `item` in `list.push(item)`. */
function pushedTo(list: ast.Identifier): readonly ast.Expression[] {
  const call = list.parent.parent;
  if (!ast.isCallExpression(call) || !isMethodCall(call, 'push', 'unshift')) return [];
  return call.expression.expression === list ? call.arguments.map(unwrap) : [];
}

/** What a function that is written in place returns, wherever it does. */
export function returnedBy(callback: ast.Expression): readonly ast.Expression[] | undefined {
  const fn = unwrap(callback);
  return isFunctionExpression(fn) ? resultsOf(fn) : undefined;
}
