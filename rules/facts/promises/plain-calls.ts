/**
 * Calls that surely give no promise, by the tree alone. Most calls in templates and sums are of this kind, and each that is
 * recognised here saves a question.
 */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { isAsync, isFunction, isFunctionExpression, isGenerator, unwrap } from '../shape/syntax.ts';

/** Methods of strings, numbers, arrays and dates; names that others use for async methods are left out. */
const METHODS = new Set(
  (
    'join toString toFixed toPrecision toLowerCase toUpperCase trim trimStart trimEnd slice substring substr replaceAll ' +
    'padStart padEnd repeat charAt charCodeAt codePointAt indexOf lastIndexOf startsWith endsWith localeCompare ' +
    'toISOString toJSON toLocaleString toLocaleDateString toLocaleTimeString toDateString toUTCString getTime getFullYear ' +
    'getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds getTimezoneOffset getUTCFullYear getUTCMonth ' +
    'getUTCDate getUTCDay getUTCHours getUTCMinutes getUTCSeconds valueOf hasOwnProperty isArray fromCharCode'
  ).split(' '),
);

/** Global functions, and global objects of which no method gives a promise. */
const GLOBALS = new Set(
  (
    'String Number Boolean BigInt Symbol parseInt parseFloat isNaN isFinite encodeURIComponent encodeURI decodeURIComponent ' +
    'decodeURI btoa atob require Math JSON Object Date performance console'
  ).split(' '),
);

/** Whether a call surely gives no promise, as far as its own file tells. */
export function isPlainCall({ expression }: ast.CallExpression, scopes: Scopes): boolean {
  const callee = unwrap(expression);
  if (ast.isPropertyAccessExpression(callee)) {
    return METHODS.has(callee.name.text) || isGlobal(unwrap(callee.expression), scopes);
  }
  if (!ast.isIdentifier(callee)) return false;
  const declared = scopes.declarationOf(callee);
  if (declared === undefined) return GLOBALS.has(callee.text);
  return isPlainFunction(declared);
}

function isGlobal(node: ast.Expression, scopes: Scopes): boolean {
  return ast.isIdentifier(node) && GLOBALS.has(node.text) && scopes.of(node) === undefined;
}

/** A function whose declaration says that it returns a string, a number or a boolean. */
function isPlainFunction(declared: ast.Node): boolean {
  const value =
    ast.isVariableDeclaration(declared) && declared.initializer && unwrap(declared.initializer);
  const fn = value && isFunctionExpression(value) ? value : declared;
  if (!isFunction(fn) || isAsync(fn) || isGenerator(fn)) return false;
  return fn.type !== undefined && PLAIN_TYPES.has(fn.type.kind);
}

const PLAIN_TYPES = new Set([
  ast.SyntaxKind.StringKeyword,
  ast.SyntaxKind.NumberKeyword,
  ast.SyntaxKind.BooleanKeyword,
  ast.SyntaxKind.BigIntKeyword,
  ast.SyntaxKind.LiteralType,
  ast.SyntaxKind.TypePredicate,
]);
