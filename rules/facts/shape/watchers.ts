/** What waits, within one function, for the outcome of the code at a place: `catch`, `finally`, `using`. */
import * as ast from '#ast';
import { isFunction, statementsOf } from './syntax.ts';

/** A `try` whose `catch` or `finally` comes after the code at a place, or a `using` that ends with its block. */
export type Watcher =
  | { readonly kind: 'catch' | 'finally'; readonly node: ast.TryStatement }
  | { readonly kind: 'using'; readonly node: ast.VariableDeclaration };

/** The nearest watcher of a node: it runs, or is skipped, according to how the code at the node ends. */
export function watcherOf(node: ast.Node): Watcher | undefined {
  for (let at = node; at.parent !== undefined && !isFunction(at); at = at.parent) {
    const found = ofTry(at, at.parent) ?? ofUsing(at, at.parent);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** In the `try` block `catch` comes first; in the `catch` block only `finally` is still to come. */
function ofTry(at: ast.Node, parent: ast.Node): Watcher | undefined {
  if (!ast.isTryStatement(parent) || at === parent.finallyBlock) return undefined;
  const { catchClause } = parent;
  if (at === parent.tryBlock && catchClause !== undefined && !onlyRethrows(catchClause)) {
    return { kind: 'catch', node: parent };
  }
  return parent.finallyBlock && { kind: 'finally', node: parent };
}

/** `catch (error) { throw error; }`: it makes no difference whether it sees a failure. */
function onlyRethrows({ variableDeclaration, block }: ast.CatchClause): boolean {
  const [only, more] = block.statements;
  if (only === undefined || more !== undefined || !ast.isThrowStatement(only)) return false;
  return only.expression?.getText() === variableDeclaration?.name.getText();
}

function ofUsing(at: ast.Node, parent: ast.Node): Watcher | undefined {
  if (ast.isForOfStatement(parent) && at === parent.statement)
    return declaredIn(parent.initializer);
  const before = statementsOf(parent)?.filter((statement) => statement.pos < at.pos) ?? [];
  for (const statement of before) {
    const found = ast.isVariableStatement(statement) && declaredIn(statement.declarationList);
    if (found) return found;
  }
  return undefined;
}

function declaredIn(list: ast.Node): Watcher | undefined {
  if (!ast.isVariableDeclarationList(list) || (list.flags & ast.NodeFlags.Using) === 0) {
    return undefined;
  }
  const [node] = list.declarations;
  return node && { kind: 'using', node };
}
