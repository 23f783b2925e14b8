/**
 * Whether the key of a read comes from the item of a loop. Only a single key that has to be equal makes one read of many:
 * ranges, several keys, an order or a lock do not, and a different client for each item does not either.
 */
import * as ast from '#ast';
import type { BatchedRead } from '#catalog';
import { mentions } from '../order/waves.ts';
import { collect, isMethodCall, type MethodCall, unwrap } from '../shape/syntax.ts';

/** Whether the item decides which row is read, by one key, and nothing else about the read. */
export function isKeyedBy(
  call: ast.CallExpression,
  { key }: Pick<BatchedRead, 'key'>,
  names: readonly string[],
): boolean {
  const chain = chainFrom(call);
  if (chain.some(({ expression }) => ORDERED.test(expression.name.text))) return false;
  if (mentions(receiverOf(call), names)) return false;
  if (key === 'chain') return isChainKeyed(chain, call, names);
  // `getRepository(field.entity).findOne(…)`: a table of its own for each item.
  if (isMethodCall(call) && mentions(call.expression.expression, names)) return false;
  const [first, second] = call.arguments.map(unwrap);
  if (first === undefined) return false;
  if (key === 'sql') return second !== undefined && isSqlKeyed(first, second, names);
  if (key === 'command') return isCommand(first) && mentions(first, names);
  if (key === 'eq') return isEqual(first, names);
  if (!ast.isObjectLiteralExpression(first)) return key === 'key' && mentions(first, names);
  const where = key === 'where' ? conditionsIn(first) : first;
  if (where === undefined || !mentions(where, names)) return false;
  return ast.isObjectLiteralExpression(where) ? keysIn(where, names) === 1 : isEqual(where, names);
}

/** `eq(users.id, id)`. */
function isEqual(node: ast.Expression, names: readonly string[]): boolean {
  if (!ast.isCallExpression(node) || node.expression.getText() !== 'eq') return false;
  const [column, value] = node.arguments;
  return value !== undefined && mentions(value, names) && !!column && !mentions(column, names);
}

/** Calls and properties that say which of several rows, or for how long. */
const ORDERED = /^(?:order|orderBy|sort|skip|offset|forUpdate|forShare|lock|setLock)$/;

/** The calls of a chain, inner ones and outer ones. */
function chainFrom(call: ast.CallExpression): readonly MethodCall[] {
  const chain: MethodCall[] = [];
  for (let at: ast.Expression = call; isMethodCall(at); at = unwrap(at.expression.expression)) {
    chain.push(at);
  }
  let outer: ast.Node = call.parent;
  while (ast.isPropertyAccessExpression(outer) && isMethodCall(outer.parent)) {
    chain.push(outer.parent);
    outer = outer.parent.parent;
  }
  return chain;
}

/** What the first call of a chain is a member of. */
function receiverOf(call: ast.CallExpression): ast.Expression {
  if (!isMethodCall(call)) return call.expression;
  let at: ast.Expression = call;
  while (isMethodCall(at)) at = unwrap(at.expression.expression);
  return at;
}

/** `.where('id', '=', id)`, `.where({ id })`, once; other parts of the chain do without the item. */
function isChainKeyed(
  chain: readonly MethodCall[],
  end: ast.CallExpression,
  names: readonly string[],
): boolean {
  const keyed = chain.filter((one) => one.arguments.some((argument) => mentions(argument, names)));
  const [where, ...more] = keyed;
  if (where === undefined || more.length > 0 || where === end) return false;
  if (!/^(?:where|andWhere)$/.test(where.expression.name.text)) return false;
  const [first, ...others] = where.arguments.map(unwrap);
  if (first === undefined) return false;
  if (ast.isObjectLiteralExpression(first)) return keysIn(first, names) === 1;
  const [operator] = others.length > 1 ? others : [];
  const isPlain = operator === undefined || /^['"`]=['"`]$/.test(operator.getText());
  return others.length > 0 && isPlain && !mentions(first, names);
}

/** `SELECT … WHERE id = $1`, with one value that the item gives. */
function isSqlKeyed(
  text: ast.Expression,
  values: ast.Expression,
  names: readonly string[],
): boolean {
  if (!ast.isStringLiteral(text) && !ast.isNoSubstitutionTemplateLiteral(text)) return false;
  if (!ast.isArrayLiteralExpression(values) || values.elements.length !== 1) return false;
  const isPlain = !/\b(?:order\s+by|for\s+update|limit|offset|or)\b/i.test(text.text);
  return (
    isPlain &&
    /^\s*select\b[\s\S]*\bwhere\b[\s\S]*=\s*(?:\$1|\?)/i.test(text.text) &&
    mentions(values, names)
  );
}

/** `new GetItemCommand({ … })`. */
function isCommand(node: ast.Expression): boolean {
  return ast.isNewExpression(node) && /^Get(?:Item)?Command$/.test(node.expression.getText());
}

/** `where` of a query object, where nothing else in it asks for one row in particular. */
function conditionsIn(query: ast.ObjectLiteralExpression): ast.Expression | undefined {
  let where: ast.Expression | undefined;
  for (const property of query.properties) {
    if (ast.isSpreadAssignment(property)) return undefined;
    const name = property.name.getText();
    if (ORDERED.test(name)) return undefined;
    if (name === 'where' && ast.isPropertyAssignment(property))
      where = unwrap(property.initializer);
  }
  return where;
}

/** How many values of an object the item decides; too many as soon as one is compared by anything but equality. */
function keysIn(object: ast.ObjectLiteralExpression, names: readonly string[]): number {
  let count = 0;
  for (const property of object.properties) {
    if (ast.isShorthandPropertyAssignment(property)) {
      if (names.includes(property.name.getText())) count++;
    } else if (!ast.isPropertyAssignment(property)) {
      if (mentions(property, names)) return Number.POSITIVE_INFINITY;
    } else if (mentions(property.initializer, names)) {
      const value = unwrap(property.initializer);
      if (COMPARING.test(property.name.getText())) return Number.POSITIVE_INFINITY;
      if (!ast.isObjectLiteralExpression(value) && isStructure(value))
        return Number.POSITIVE_INFINITY;
      count += ast.isObjectLiteralExpression(value) ? keysIn(value, names) : 1;
    }
  }
  return count;
}

/** A value that is made of several, or stands for a condition of its own. */
function isStructure(value: ast.Expression): boolean {
  return (
    ast.isArrayLiteralExpression(value) || collect(value, ast.isObjectLiteralExpression).length > 0
  );
}

const COMPARING =
  /^['"]?(?:\$?(?:gte?|lte?|not|ne|nin|n?in|notIn|regex|or|and|nor|OR|AND|NOT|all|size)|contains|startsWith|endsWith|search|path|has\w*|some|every|none|mode|\[.*)['"]?$/;
