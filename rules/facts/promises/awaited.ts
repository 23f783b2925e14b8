/** What was waited for earlier on the way to a place. */
import * as ast from '#ast';
import type { Binding, Scopes } from '../names/scopes.ts';
import { isFunction, statementsOf, unwrap } from '../shape/syntax.ts';

/** Whether an expression is a variable that always holds one promise, which a statement before it awaited: it has settled. */
export function wasAwaited(node: ast.Expression, scopes: Scopes): boolean {
  const at = unwrap(node);
  const binding = ast.isIdentifier(at) ? scopes.of(at) : undefined;
  return binding !== undefined && scopes.isConstant(binding) && isAwaitedBefore(at, binding);
}

function isAwaitedBefore(use: ast.Node, { name, scope }: Binding): boolean {
  for (let at = use; at !== scope && at.parent !== undefined && !isFunction(at); at = at.parent) {
    const before = statementsOf(at.parent)?.filter((statement) => statement.pos < at.pos) ?? [];
    if (before.some((statement) => awaitedBy(statement)?.getText() === name)) return true;
  }
  return false;
}

/** `x` in `await x;` and in `const value = await x;`. */
function awaitedBy(statement: ast.Statement): ast.Expression | undefined {
  const [first] = ast.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  const value = ast.isExpressionStatement(statement) ? statement.expression : first?.initializer;
  const at = value && unwrap(value);
  return at !== undefined && ast.isAwaitExpression(at) ? unwrap(at.expression) : undefined;
}
