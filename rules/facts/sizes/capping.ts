/** Queries that say how many they want at most, and functions that hand out a part of what there is. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import { isFunctionExpression, unwrap } from '../shape/syntax.ts';
import { assignmentsTo } from './growth.ts';

/** Arguments and methods that say how many are wanted at most. */
const CAP = /^(?:\$?limit|\$?top|take|first|size|page_?size|per_?page|max_?\w+|batch_?size)$/i;

/** Methods of queues that are given the first and the last place of what is wanted. */
const RANGED = /^get(?:Jobs|Waiting|Active|Delayed|Completed|Failed|Prioritized)$/;

/** What says in SQL how many rows are wanted at most. */
const SQL_CAP = /\blimit\s+[\d$:?@]|\bfetch\s+(?:first|next)\s+[\d$:?@]|\bselect\s+top\b/i;

/** Functions that hand out a part of what there is. */
const CAPPING = /paginat|nextPage|^(?:take|sample|limit|top)(?![a-z])|Limited$/i;

/**
 * Whether a call hands out only so many: `find({ limit: 10 })`, `query.limit(10)`, `recent(pageSize)`, `paginate(rows)`,
 * `query('select … limit 10')`, and `query.execute()` where the query was given a limit earlier on.
 */
export function isCapped(call: ast.CallExpression, origins: Origins): boolean {
  if (saysHowMany(call)) return true;
  const root = rootOf(call);
  const declaration = ast.isIdentifier(root) ? origins.localOf(root) : undefined;
  if (declaration === undefined || !ast.isVariableDeclaration(declaration)) return false;
  const { initializer } = declaration;
  const given = [...(initializer ? [initializer] : []), ...assignmentsTo(declaration)];
  return given.map(unwrap).some((step) => ast.isCallExpression(step) && saysHowMany(step));
}

/** Whether some call of a chain of calls names a limit. */
function saysHowMany(call: ast.CallExpression): boolean {
  let at: ast.Expression = call;
  while (ast.isCallExpression(at)) {
    const callee = unwrap(at.expression);
    const name = ast.isPropertyAccessExpression(callee) ? callee.name : callee;
    if (at.arguments.some(isCap)) return true;
    if (ast.isIdentifier(name) && isRange(name.text, at)) return true;
    if (ast.isIdentifier(name) && (CAP.test(name.text) || CAPPING.test(name.text))) return true;
    if (!ast.isPropertyAccessExpression(callee)) return false;
    at = unwrap(callee.expression);
  }
  return false;
}

/** `queue.getJobs(types, 0, 99)`, `queue.getFailed(0, 99)`: an end below nothing is that of all there are. */
function isRange(name: string, { arguments: given }: ast.CallExpression): boolean {
  const end = RANGED.test(name) ? given[name === 'getJobs' ? 2 : 1] : undefined;
  return end !== undefined && !end.getText().startsWith('-');
}

/** `query` for `query.where(…).execute()`. */
function rootOf(call: ast.CallExpression): ast.Expression {
  let at: ast.Expression = call;
  for (;;) {
    if (ast.isCallExpression(at) || ast.isPropertyAccessExpression(at)) at = unwrap(at.expression);
    else return at;
  }
}

function isCap(argument: ast.Expression): boolean {
  const at = unwrap(argument);
  if (ast.isIdentifier(at)) return CAP.test(at.text);
  if (isText(at)) return SQL_CAP.test(at.getText());
  if (!ast.isObjectLiteralExpression(at)) return false;
  return at.properties.some((property) => CAP.test(nameOf(property)));
}

function isText(node: ast.Expression): boolean {
  return (
    ast.isStringLiteral(node) ||
    ast.isNoSubstitutionTemplateLiteral(node) ||
    ast.isTemplateExpression(node) ||
    ast.isTaggedTemplateExpression(node)
  );
}

function nameOf(property: ast.ObjectLiteralElementLike): string {
  return 'name' in property ? (property.name?.getText() ?? '') : '';
}

/** Whether a function, by its name, is given one part of a larger collection: `processBatch`, `onChunk`. */
export function takesParts(fn: ast.Node): boolean {
  const named = isFunctionExpression(fn) && ast.isVariableDeclaration(fn.parent) ? fn.parent : fn;
  const isNamed =
    ast.isVariableDeclaration(named) ||
    ast.isFunctionDeclaration(named) ||
    ast.isMethodDeclaration(named);
  return isNamed && /(?:batch|chunk)$/i.test(named.name?.getText() ?? '');
}
