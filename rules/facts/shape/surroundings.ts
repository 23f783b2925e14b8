/** What stands round a block and watches the order in which its statements run or fail. */
import * as ast from '#ast';
import { isHeldInside } from '../effects/sessions.ts';
import { isFunction, statementsOf } from './syntax.ts';

/** How the code round a block bears on the order of its statements. */
export interface Surroundings {
  /** Why order is kept: something is cleaned up, given back or rolled back, which must not happen while work is under way. */
  readonly keepsOrder: string | undefined;
  /** A `catch` of the same function goes on after a failure, and sees what was done until then. */
  readonly catches: boolean;
}

const HELD = 'it stands in a transaction, or a lock is held meanwhile';

/** What stands round a statement, up to the function that it belongs to. */
export function surroundingsOf(statement: ast.Statement): Surroundings {
  let catches = false;
  for (let at: ast.Node = statement; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (statementsOf(parent)?.some(disposes))
      return { keepsOrder: 'a `using` gives up what it holds at the end of the block', catches };
    if (ast.isTryStatement(parent)) {
      if (parent.finallyBlock !== undefined)
        return { keepsOrder: 'a `finally` cleans up after it', catches };
      catches ||= parent.tryBlock === at;
    }
    if (isFunction(parent)) break;
  }
  return { keepsOrder: isHeldInside(statement) ? HELD : undefined, catches };
}

function disposes(statement: ast.Statement): boolean {
  return (
    ast.isVariableStatement(statement) &&
    (statement.declarationList.flags & ast.NodeFlags.Using) !== 0
  );
}
