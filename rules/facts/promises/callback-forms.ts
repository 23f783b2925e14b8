/** Calls that hand a callback the outcome, though what they call returns a promise in its other form. */
import * as ast from '#ast';
import { isScript } from '../names/modules.ts';
import {
  isComparison,
  isUnequal,
  type PresenceQuestion,
  presenceQuestion,
} from '../shape/comparisons.ts';
import { isNewPromise } from '../shape/statics.ts';
import {
  collect,
  type FunctionNode,
  isAssignment,
  isAsync,
  isFunctionExpression,
  isMethodCall,
  leaves,
  unwrap,
  wrapped,
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
  if (fn === undefined) return false;
  const given = isByCall ? node.arguments.slice(1) : node.arguments;
  return isWrapped(given, fn) || tellsCallback(given, fn, types);
}

/**
 * In JavaScript, a callback after all that an async function takes: what is called is that function in a wrapper, such as
 * `util.callbackify` gives, which hands the outcome to the callback.
 */
function isWrapped(given: readonly ast.Expression[], fn: FunctionNode): boolean {
  const last = given.at(-1);
  if (!isScript(fn.getSourceFile().fileName)) return false;
  if (last === undefined || !(isFunctionExpression(last) || isCallbackName(last))) return false;
  if (fn.parameters.length >= given.length) return false;
  return !fn.parameters.some(({ dotDotDotToken }) => dotDotDotToken);
}

/** Whether a function that is given a callback makes no promise then. */
function tellsCallback(given: readonly ast.Expression[], fn: FunctionNode, types: Types): boolean {
  const last = given.at(-1);
  if (last === undefined || ast.isSpreadElement(last)) return false;
  return promisesWithoutCallback(given.length, fn) && types.isCallable(last);
}

/**
 * A function of two ways, which makes a promise only where nobody gives it a callback:
 * `if (!callback) promise = new Promise(…)`, `return callback ? work.then(…, callback) : work`.
 */
function promisesWithoutCallback(count: number, fn: FunctionNode): boolean {
  if (fn.body === undefined || isAsync(fn)) return false;
  const asked = questionAbout(callbackNames(count, fn));
  return (
    collect(fn.body, ast.isIfStatement).some(({ expression, thenStatement, elseStatement }) => {
      const question = asked(expression);
      if (question === 'missing') return isPromising(thenStatement);
      if (question !== 'given') return false;
      return elseStatement === undefined ? leaves(thenStatement) : isPromising(elseStatement);
    }) ||
    collect(fn.body, ast.isConditionalExpression).some(
      (choice) => asked(choice.condition) === 'given' && isResult(choice, fn),
    )
  );
}

/** What the function calls the last of so many arguments, and what is always named for a callback. */
function callbackNames(count: number, fn: FunctionNode): RegExp {
  const last = fn.parameters[count - 1] ?? fn.parameters.at(-1);
  const own = last !== undefined && ast.isIdentifier(last.name) ? last.name.text : 'callback';
  const names = [own, ...movedTo(own, fn)].map((name) => name.replaceAll('$', '\\$'));
  return new RegExp(`^(?:${names.join('|')}|${CALLBACK})$`);
}

/** The parameters that get the value of another one where arguments were left out: `ready = seed; seed = undefined;` */
function movedTo(name: string, { body, parameters }: FunctionNode): readonly string[] {
  const targets = new Set(parameters.map((one) => one.name.getText()));
  const moves = body === undefined ? [] : collect(body, isAssignment);
  return moves.flatMap(({ left, right }) => {
    return unwrap(right).getText() === name && targets.has(left.getText()) ? [left.getText()] : [];
  });
}

/** Whether a condition holds where a callback is given, or where it is missing. */
type Answer = 'given' | 'missing' | undefined;

/** Tells of a condition whether it holds where a callback is given, or where it is missing. */
function questionAbout(names: RegExp) {
  const isMeant = (node: ast.Expression): boolean => names.test(rootName(node));
  const asked = (condition: ast.Expression): Answer => {
    const at = unwrap(condition);
    if (ast.isPrefixUnaryExpression(at)) {
      return asked(at.operand) === 'given' ? 'missing' : undefined;
    }
    if (!ast.isBinaryExpression(at)) return isMeant(at) ? 'given' : undefined;
    if (at.operatorToken.kind === ast.SyntaxKind.AmpersandAmpersandToken) {
      return asked(at.left) ?? asked(at.right);
    }
    const question = presenceQuestion(at) ?? kindQuestion(at);
    if (question === undefined || !isMeant(question.asked)) return undefined;
    return question.holdsWithout ? 'missing' : 'given';
  };
  return asked;
}

/** `typeof callback === 'function'`. */
function kindQuestion(node: ast.BinaryExpression): PresenceQuestion | undefined {
  const kind = [node.left, node.right].map(unwrap).find(ast.isTypeOfExpression);
  if (kind === undefined || !isComparison(node)) return undefined;
  return { asked: kind.expression, holdsWithout: isUnequal(node) };
}

/** `args` of `args[args.length - 1]`. */
function rootName(node: ast.Expression): string {
  const at = unwrap(node);
  if (ast.isElementAccessExpression(at)) return rootName(at.expression);
  return ast.isIdentifier(at) ? at.text : '';
}

/** Whether a choice is what the function gives back. */
function isResult(choice: ast.Expression, fn: FunctionNode): boolean {
  const { parent } = wrapped(choice);
  return ast.isReturnStatement(parent) || parent === fn;
}

/** Whether a branch makes a promise, or returns something. */
function isPromising(branch: ast.Statement): boolean {
  const returns = collect(branch, ast.isReturnStatement);
  const makes = collect(branch, isNewPromise);
  return makes.length > 0 || returns.some(({ expression }) => expression !== undefined);
}

const CALLBACK = 'cb|done|next|callback|\\w+Callback';

function isCallbackName(node: ast.Node): boolean {
  return ast.isIdentifier(node) && new RegExp(`^(?:${CALLBACK})$`).test(node.text);
}
