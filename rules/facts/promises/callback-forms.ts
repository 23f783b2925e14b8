/** Calls that hand a callback the outcome, though what they call returns a promise in its other form. */
import * as ast from '#ast';
import {
  collect,
  type FunctionNode,
  isAsync,
  isFunctionExpression,
  isMethodCall,
  leaves,
  statementsOf,
  unwrap,
} from '../shape/syntax.ts';

/** What has to be asked of the compiler. */
interface Types {
  functionAt(callee: ast.Expression): FunctionNode | undefined;
  functionOfCall(call: ast.CallExpression): FunctionNode | undefined;
  isCallable(node: ast.Expression): boolean;
}

/** Whether a callback hears what becomes of a call, so that no promise needs to. */
export function isCalledBack(node: ast.Expression, types: Types): boolean {
  if (!ast.isCallExpression(node) || node.arguments.length === 0) return false;
  const isByCall = isMethodCall(node, 'call');
  const callee = isByCall ? node.expression.expression : node.expression;
  const fn = (isByCall ? undefined : types.functionOfCall(node)) ?? types.functionAt(callee);
  return fn !== undefined && (isWrapped(node, fn) || tellsCallback(node, fn, types));
}

/**
 * In JavaScript, a callback after all that an async function takes: what is called is that function in a wrapper, such as
 * `util.callbackify` gives, which hands the outcome to the callback.
 */
function isWrapped(call: ast.CallExpression, { parameters }: FunctionNode): boolean {
  const last = call.arguments.at(-1);
  if (!/\.[cm]?jsx?$/.test(call.getSourceFile().fileName)) return false;
  if (last === undefined || !(isFunctionExpression(last) || isCallbackName(last))) return false;
  if (parameters.length >= call.arguments.length) return false;
  return !parameters.some(({ dotDotDotToken }) => dotDotDotToken);
}

function isCallbackName(node: ast.Expression): boolean {
  return ast.isIdentifier(node) && /^(?:cb|callback|done|next)$/.test(node.text);
}

/** Whether a call gives a function the callback without which alone that returns something. */
function tellsCallback(call: ast.CallExpression, fn: FunctionNode, types: Types): boolean {
  const { body } = fn;
  if (isAsync(fn) || body === undefined || !ast.isBlock(body)) return false;
  const results = collect(body, ast.isReturnStatement).filter(({ expression }) => {
    return expression !== undefined && expression.kind !== ast.SyntaxKind.ThisKeyword;
  });
  if (results.length === 0) return false;
  const names = callbacksGiven(call, fn, types);
  return names.size > 0 && results.every((one) => isForNone(one, body, names));
}

/** What a function calls the callbacks that it is given; the last may stand in an earlier place. */
function callbacksGiven(
  call: ast.CallExpression,
  { parameters }: FunctionNode,
  types: Types,
): ReadonlySet<string> {
  const given = isMethodCall(call, 'call') ? call.arguments.slice(1) : [...call.arguments];
  const isCallback = (one: ast.Expression | undefined) => {
    return one !== undefined && !ast.isSpreadElement(one) && types.isCallable(one);
  };
  const taken = parameters.filter((one, index) => {
    return isCallback(given[index]) || (one === parameters.at(-1) && isCallback(given.at(-1)));
  });
  return new Set(taken.map(({ name }) => name.getText()));
}

/** Whether a statement runs only where a callback is missing. */
function isForNone(statement: ast.Node, body: ast.Block, names: ReadonlySet<string>): boolean {
  for (let at = statement; at !== body; at = at.parent) {
    const { parent } = at;
    if (ast.isIfStatement(parent) && parent.expression !== at) {
      if (isMissing(parent.expression, parent.thenStatement === at, names)) return true;
    }
    const before = statementsOf(parent)?.filter((one) => one.end <= at.pos) ?? [];
    const isPast = before.some((one) => {
      if (!ast.isIfStatement(one) || !leaves(one.thenStatement)) return false;
      return isMissing(one.expression, false, names);
    });
    if (isPast) return true;
  }
  return false;
}

/** Whether a callback is missing when a condition holds, or does not. */
function isMissing(condition: ast.Expression, holds: boolean, names: ReadonlySet<string>): boolean {
  const at = unwrap(condition);
  if (ast.isIdentifier(at)) return !holds && names.has(at.text);
  if (ast.isPrefixUnaryExpression(at)) {
    const isNot = at.operator === ast.SyntaxKind.ExclamationToken;
    return isNot && isMissing(at.operand, !holds, names);
  }
  if (!ast.isBinaryExpression(at)) return false;
  const { left, right } = at;
  const sides = [left, right].map((side) => () => isMissing(side, holds, names));
  switch (at.operatorToken.kind) {
    case ast.SyntaxKind.AmpersandAmpersandToken:
      return holds ? sides.some((side) => side()) : sides.every((side) => side());
    case ast.SyntaxKind.BarBarToken:
      return holds ? sides.every((side) => side()) : sides.some((side) => side());
    case ast.SyntaxKind.EqualsEqualsToken:
    case ast.SyntaxKind.EqualsEqualsEqualsToken:
      return equals(unwrap(left), right.getText(), holds, names);
    case ast.SyntaxKind.ExclamationEqualsToken:
    case ast.SyntaxKind.ExclamationEqualsEqualsToken:
      return equals(unwrap(left), right.getText(), !holds, names);
    default:
      return false;
  }
}

/** `callback === undefined` and `typeof callback === 'function'`, or their contrary. */
function equals(
  tested: ast.Expression,
  value: string,
  holds: boolean,
  names: ReadonlySet<string>,
): boolean {
  const name = ast.isTypeOfExpression(tested) ? unwrap(tested.expression) : tested;
  if (!ast.isIdentifier(name) || !names.has(name.text)) return false;
  if (/^(?:undefined|null|void 0|'undefined'|"undefined")$/.test(value)) return holds;
  return /^(?:'function'|"function")$/.test(value) && !holds;
}
