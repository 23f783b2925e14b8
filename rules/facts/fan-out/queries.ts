/** Calls that hand out the rows of a table. */
import * as ast from '#ast';
import { isHandmade } from '#catalog';
import type { Target } from '../effects/targets.ts';
import { collect, isFunctionExpression, isMethodCall, unwrap } from '../shape/syntax.ts';

/** Queries that hand out one row, numbers, or what they were given. */
const OTHER =
  /One|First|Unique|ByPk|[cC]ount|exists|aggregate|sum$|^(?:take|add|insert|update|upsert|save|create|delete|remove|set|incr|paginate)/;

/** Somebody has said how many, or keeps all to one transaction, which does one thing at a time. */
const HELD = /\blimit\b|\btransaction\b|\block\b|\btrx?\b|\.(?:insert\w*|update\w*|delete\w*)\(/i;

/** Objects that stand for what is stored, by their name. */
const STORE = /(?:^|[a-z])(?:db|database|repo|repository|knex|orm|dao)$/i;

const MANY = /^(?:find|query|get|list|select|all|fetch|search|load|scan)/;

const LISTED = new Set(['in', '$in', '[Op.in]']);
const LISTING = new Set(['In', 'inArray', 'whereIn', 'any']);

/** Whether a call, whose target is known, reads as many rows as a table holds. */
export function isQuery(call: ast.CallExpression, target: Target): boolean {
  const name = nameOf(call);
  if (OTHER.test(name) || HELD.test(call.getText()) || isOfFew(call)) return false;
  if (target.kind === 'known') return target.effect.reads === 'database';
  return isOfStore(call) && MANY.test(name);
}

/** Lists of keys of which a call wants the rows, so that it hands out no more than these: `find({ id: { $in: ids } })`. */
export function keysWanted(call: ast.CallExpression): readonly ast.Expression[] {
  const given = chainOf(call).flatMap((one) => [...one.arguments]);
  const plain = given.filter((one) => !isFunctionExpression(unwrap(one)));
  const compared = given.flatMap((one, index) =>
    isWord(given[index - 1], 'in') ? one : bound(given[index - 1], one),
  );
  if (compared.length > 0) return compared;
  if (/By\w*(?:Id|Key|Uri|Name)s$/.test(nameOf(call))) return plain.filter(isName);
  return plain.flatMap((one) => [
    ...collect(one, ast.isPropertyAssignment)
      .filter(({ name, initializer }) => LISTED.has(name.getText()) || isListOfIds(initializer))
      .map(({ initializer }) => initializer),
    ...collect(one, ast.isCallExpression)
      .filter((other) => LISTING.has(nameOf(other)))
      .flatMap((other) => other.arguments.slice(-1)),
  ]);
}

/** `ids` of `.where('user.id IN (:...ids)', { ids })`, and its value in `{ ids: names }`. */
function bound(
  text: ast.Expression | undefined,
  values: ast.Expression,
): readonly ast.Expression[] {
  const object = unwrap(values);
  if (text === undefined || !ast.isObjectLiteralExpression(object)) return [];
  const name = /\bin\s*\(\s*:(?:\.\.\.)?(\w+)\s*\)/i.exec(text.getText())?.[1];
  return object.properties.flatMap((property) => {
    if (ast.isPropertyAssignment(property)) {
      return property.name.getText() === name ? property.initializer : [];
    }
    if (!ast.isShorthandPropertyAssignment(property)) return [];
    const { name: own } = property;
    return ast.isIdentifier(own) && own.text === name ? own : [];
  });
}

/** `id: userIds`, `id: pins.map((pin) => pin.documentId)`. */
function isListOfIds(value: ast.Expression): boolean {
  const at = unwrap(value);
  return isMethodCall(at, 'map') || (ast.isIdentifier(at) && /(?:Ids|Keys)$|^ids$/.test(at.text));
}

/** `prisma.teamDomain.findMany()`, `db.select('environments')`: by the words outside of what is asked for. */
function isOfFew(call: ast.CallExpression): boolean {
  return chainOf(call).some((one) => {
    const [first] = one.arguments;
    if (first && ast.isStringLiteral(first) && isHandmade(first.text)) return true;
    const callee = unwrap(one.expression);
    const holder = ast.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
    return isHandmade(nameOf(one)) || (isName(holder) && isHandmade(lastName(holder)));
  });
}

/** A call, and those that it is chained to. */
function chainOf(call: ast.CallExpression): readonly ast.CallExpression[] {
  const calls: ast.CallExpression[] = [];
  let at: ast.Expression = call;
  while (ast.isCallExpression(at) || ast.isPropertyAccessExpression(at)) {
    if (ast.isCallExpression(at)) calls.push(at);
    at = unwrap(at.expression);
  }
  return calls;
}

/** `database.query(…)`, `this.userRepository.findActive(…)`. */
function isOfStore(call: ast.CallExpression): boolean {
  return isMethodCall(call) && STORE.test(lastName(unwrap(call.expression.expression)));
}

function isWord(node: ast.Expression | undefined, word: string): boolean {
  return node !== undefined && ast.isStringLiteral(node) && node.text.toLowerCase() === word;
}

function isName(node: ast.Expression): boolean {
  const at = unwrap(node);
  return ast.isIdentifier(at) || ast.isPropertyAccessExpression(at);
}

function nameOf({ expression }: ast.CallExpression): string {
  return lastName(unwrap(expression));
}

function lastName(at: ast.Expression): string {
  return (ast.isPropertyAccessExpression(at) ? at.name : at).getText();
}
