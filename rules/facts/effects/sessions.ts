/**
 * Transactions, sessions, connections, pages and cursors: things that do one piece of work at a time. They are told by the
 * names and the written types of variables. A name is enough here, as it only ever keeps code as it is.
 */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { collect, enclosingFunction, isFunctionExpression, unwrap } from '../shape/syntax.ts';

const NAMES =
  /^(?:tx|trx|txn|transaction|session|conn|connection|queryRunner|manager|em|entityManager|lock|mutex)$/;
const RECEIVERS = /^(?:t|page|cursor|frame|browser|driver)$/;
const ENDINGS = /(?:Tx|Trx|Transaction|Session|Connection|QueryRunner|Cursor|Page|Mutex)$/;
const TYPES = /Transaction|Session|Connection|QueryRunner|Cursor|PoolClient|EntityManager|\bTx\b/;

/** Calls whose callback holds something that others wait for, or must see the whole of. */
const HOLDERS =
  /transaction|session|atomic|lock|mutex|exclusive|synchroni[sz]ed|semaphore|serial|withConnection/i;

/** Whether a receiver is one of them: `tx.user.find()`, `this.session.get()`. */
export function isSessionReceiver(receiver: ast.Expression, scopes: Scopes): boolean {
  let at = unwrap(receiver);
  while (ast.isPropertyAccessExpression(at) || ast.isCallExpression(at)) {
    if (ast.isPropertyAccessExpression(at) && isSessionName(at.name.text)) return true;
    at = unwrap(at.expression);
  }
  if (at.kind === ast.SyntaxKind.ThisKeyword) return isSessionClass(at);
  if (!ast.isIdentifier(at)) return false;
  return RECEIVERS.test(at.text) || isSessionVariable(at, scopes);
}

/** Whether a call hands one of them on: `load(tx)`, `find({}, { session })`. */
export function handsSessionOn(given: readonly ast.Node[], scopes: Scopes): boolean {
  return given.some((one) => {
    if (ast.isIdentifier(one)) return isSessionVariable(one, scopes);
    if (!ast.isObjectLiteralExpression(one)) return false;
    return one.properties.some((property) => {
      if (ast.isShorthandPropertyAssignment(property))
        return isSessionName(property.name.getText());
      return ast.isPropertyAssignment(property) && isSessionName(property.name.getText());
    });
  });
}

/** Whether code hands one of them on that it does not make itself: `map((row) => row.save({ transaction }))`. */
export function sharesSession(work: ast.Expression, scopes: Scopes): boolean {
  const calls = collect(work, ast.isCallExpression, { intoFunctions: true });
  if (calls.some(({ expression }) => HOLDERS.test(expression.getText()))) return false;
  return calls.some((call) => handsSessionOn(call.arguments, scopes));
}

/** Whether code stands in a callback that runs while a transaction is open or a lock is held. */
export function isHeldInside(node: ast.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    const { parent } = fn;
    if (!isFunctionExpression(fn) || !ast.isCallExpression(parent)) continue;
    if (parent.expression !== fn && HOLDERS.test(parent.expression.getText())) return true;
  }
  return false;
}

/** Whether `this` stands in a class that is one of them by its name: `class PostgresQueryRunner`. */
function isSessionClass(self: ast.Node): boolean {
  for (let at = self.parent; at !== undefined; at = at.parent) {
    if (ast.isClassDeclaration(at) || ast.isClassExpression(at)) {
      return at.name !== undefined && ENDINGS.test(at.name.text);
    }
  }
  return false;
}

function isSessionVariable(name: ast.Identifier, scopes: Scopes): boolean {
  if (isSessionName(name.text)) return true;
  const declaration = scopes.of(name)?.declaration;
  const typed =
    declaration &&
    (ast.isParameterDeclaration(declaration) || ast.isVariableDeclaration(declaration));
  return typed === true && declaration.type !== undefined && TYPES.test(declaration.type.getText());
}

function isSessionName(name: string): boolean {
  return NAMES.test(name) || ENDINGS.test(name);
}
