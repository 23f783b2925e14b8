/** What stands round a block and watches the order in which its statements run or fail. */
import * as ast from '#ast';
import { isHeldInside } from '../effects/sessions.ts';
import { isFunction, statementsOf } from './syntax.ts';

/** How the code round a block bears on the order of its statements. */
export interface Surroundings {
  /** Something is cleaned up, given back or rolled back afterwards, which must not happen while work is under way. */
  readonly keepsOrder: boolean;
  /** A `catch` of the same function goes on after a failure, and sees what was done until then. */
  readonly catches: boolean;
}

/** What stands round a statement, up to the function that it belongs to. */
export function surroundingsOf(statement: ast.Statement): Surroundings {
  let catches = false;
  for (let at: ast.Node = statement; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (statementsOf(parent)?.some(disposes)) return { keepsOrder: true, catches };
    if (ast.isTryStatement(parent)) {
      if (parent.finallyBlock !== undefined) return { keepsOrder: true, catches };
      catches ||= parent.tryBlock === at;
    }
    if (isFunction(parent)) break;
  }
  return { keepsOrder: isHeldInside(statement), catches };
}

function disposes(statement: ast.Statement): boolean {
  return (
    ast.isVariableStatement(statement) &&
    (statement.declarationList.flags & ast.NodeFlags.Using) !== 0
  );
}
