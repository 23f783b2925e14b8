/**
 * Transactions, sessions, connections, pages and cursors: things that do one piece of work at a time. They are told by the
 * names and the written types of variables. A name is enough here, as it only ever keeps code as it is.
 */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import {
  collect,
  contains,
  enclosingFunction,
  isFunctionExpression,
  unwrap,
} from '../shape/syntax.ts';

const NAMES =
  /^(?:tx|trx|txn|transaction|session|conn|connection|queryRunner|manager|em|entityManager|lock|mutex)$/;
const RECEIVERS = /^(?:t|page|cursor|frame|browser|driver)$/;
const ENDINGS = /(?:Tx|Trx|Transaction|Session|Connection|QueryRunner|Cursor|Page|Mutex)$/;
const TYPES = /Transaction|Session|Connection|QueryRunner|Cursor|PoolClient|EntityManager|\bTx\b/;

/** Names of transactions alone: what is called a connection or a manager may stand for a whole pool. */
const TRANSACTIONS = /^(?:tx|trx|txn|transaction)$|(?:Tx|Trx|Transaction)$/;

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

/** Whether a call hands one of them on: `load(tx)`, `find({}, { session })`, `load(options)` where `options` holds one. */
export function handsSessionOn(given: readonly ast.Node[], scopes: Scopes): boolean {
  return given.some((one) => isHolding(one, scopes, FURTHEST));
}

/** How many objects may lie between a session and the one that is handed on. */
const FURTHEST = 3;

/** Whether a value is one of them, `this.tx` too, or an object that holds one. */
function isHolding(value: ast.Node, scopes: Scopes, further: number): boolean {
  if (ast.isPropertyAccessExpression(value)) return isSessionName(value.name.text);
  if (ast.isIdentifier(value)) {
    return isSessionVariable(value, scopes) || isCarrier(value, scopes, further);
  }
  if (!ast.isObjectLiteralExpression(value)) return false;
  return value.properties.some((property) => {
    if (ast.isSpreadAssignment(property)) return spreads(property.expression, scopes, further);
    if (ast.isShorthandPropertyAssignment(property)) {
      return isHolding(property.name, scopes, further);
    }
    return ast.isPropertyAssignment(property) && isSessionName(property.name.getText());
  });
}

/** `...options`, `...context.options`, `...{ tx }`. */
function spreads(spread: ast.Expression, scopes: Scopes, further: number): boolean {
  let at = unwrap(spread);
  while (ast.isPropertyAccessExpression(at) && !isHolding(at, scopes, further)) {
    at = unwrap(at.expression);
  }
  return isHolding(at, scopes, further);
}

/** `options` after `const options = { tx }`, `context` after `const context = contextOf({ tx })`. */
function isCarrier(name: ast.Identifier, scopes: Scopes, further: number): boolean {
  const declaration = scopes.of(name)?.declaration;
  if (further === 0 || declaration === undefined) return false;
  if (!ast.isVariableDeclaration(declaration) || !ast.isIdentifier(declaration.name)) return false;
  const made = declaration.initializer && unwrap(declaration.initializer);
  if (made === undefined) return false;
  if (ast.isObjectLiteralExpression(made)) return isHolding(made, scopes, further - 1);
  const isMade = ast.isCallExpression(made) || ast.isNewExpression(made);
  return isMade && (made.arguments ?? []).some(isTransaction);
}

/** What is made with a transaction keeps it; what is made with a session may be no more than the name of its user. */
function isTransaction(given: ast.Expression): boolean {
  if (ast.isIdentifier(given)) return TRANSACTIONS.test(given.text);
  if (ast.isPropertyAccessExpression(given)) return TRANSACTIONS.test(given.name.text);
  if (!ast.isObjectLiteralExpression(given)) return false;
  return given.properties.some(
    (one) => 'name' in one && TRANSACTIONS.test(one.name?.getText() ?? ''),
  );
}

/** Whether code hands one of them on that it does not make itself: `map((row) => row.save({ transaction }))`. */
export function sharesSession(work: ast.Expression, scopes: Scopes): boolean {
  const calls = collect(work, ast.isCallExpression, { intoFunctions: true });
  if (calls.some(({ expression }) => HOLDERS.test(expression.getText()))) return false;
  return calls.some((call) => handsSessionOn(call.arguments, scopes));
}

/** Whether a call in code is made on a transaction that is open before: `map((row) => tx.insert(row))`. */
export function isOnOuterTransaction(
  call: ast.Expression,
  code: ast.Node,
  scopes: Scopes,
): boolean {
  if (!contains(code, call)) return false;
  let at = unwrap(call);
  while (ast.isPropertyAccessExpression(at) || ast.isCallExpression(at)) at = unwrap(at.expression);
  if (!ast.isIdentifier(at) || !TRANSACTIONS.test(at.text)) return false;
  const declaration = scopes.declarationOf(at);
  return declaration !== undefined && !contains(code, declaration);
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
