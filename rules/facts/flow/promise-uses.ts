/** What code does with a variable that holds a promise, or a collection of promises, told from the tree alone. */
import * as ast from '#ast';
import { isCombinator } from '../promises/combining.ts';
import { isAssignment, isFunction, isLogical } from '../shape/syntax.ts';

/**
 * `awaited`: waited for. `heard`: `.then`, `.catch`, `.finally`. `gathered`: given to `Promise.all` and its like. `given`:
 * returned, passed on or stored, so that others see to it. `captured`: used by a function that is made here. `alias`:
 * another variable holds it, too. `written`: the variable gets another value. `filled`: something is added to the
 * collection. `read`: a member is read. `idle`: looked at, which is no help.
 */
export type UseKind =
  | 'awaited'
  | 'heard'
  | 'gathered'
  | 'given'
  | 'captured'
  | 'alias'
  | 'written'
  | 'filled'
  | 'read'
  | 'idle';

/** One use of a variable. */
export interface Use {
  readonly kind: UseKind;
  readonly name: ast.Identifier;
  /** What does it: the `await`, the call, the assignment. */
  readonly at: ast.Node;
  /** What is written or added. */
  readonly value?: ast.Expression;
}

const FILLS = new Set(['push', 'unshift', 'add', 'set']);
const HEARS = new Set(['then', 'catch', 'finally']);

/** What a use of a variable does, within the function or module that the variable belongs to. */
export function useOf(name: ast.Identifier, root: ast.Node): Use {
  const holder = functionWithin(name, root);
  if (holder !== undefined) return { kind: 'captured', name, at: holder };
  let at: ast.Node = name;
  while (passesOn(at.parent, at)) at = at.parent;
  return { name, ...doneTo(at, at.parent, name) };
}

/** The outermost function or class between a node and the function or module that it runs in. */
function functionWithin(node: ast.Node, root: ast.Node): ast.Node | undefined {
  let found: ast.Node | undefined;
  for (let at = node.parent; at !== undefined && at !== root; at = at.parent) {
    if (isFunction(at) || ast.isClassExpression(at) || ast.isClassDeclaration(at)) found = at;
  }
  return found;
}

/** Whether the value of a part is, or is in, the value of the whole. */
function passesOn(whole: ast.Node, part: ast.Node): boolean {
  switch (whole.kind) {
    case ast.SyntaxKind.ParenthesizedExpression:
    case ast.SyntaxKind.AsExpression:
    case ast.SyntaxKind.NonNullExpression:
    case ast.SyntaxKind.SatisfiesExpression:
    case ast.SyntaxKind.TypeAssertionExpression:
    case ast.SyntaxKind.ArrayLiteralExpression:
    case ast.SyntaxKind.SpreadElement:
    case ast.SyntaxKind.SpreadAssignment:
    case ast.SyntaxKind.ShorthandPropertyAssignment:
    case ast.SyntaxKind.ObjectLiteralExpression:
      return true;
  }
  if (ast.isPropertyAssignment(whole)) return whole.initializer === part;
  if (ast.isConditionalExpression(whole)) return whole.condition !== part;
  if (!ast.isBinaryExpression(whole)) return false;
  const { kind } = whole.operatorToken;
  if (kind === ast.SyntaxKind.CommaToken) return whole.right === part;
  if (!isLogical(whole)) return false;
  return whole.right === part || kind !== ast.SyntaxKind.AmpersandAmpersandToken;
}

type Done = Omit<Use, 'name'>;

function doneTo(part: ast.Node, whole: ast.Node, name: ast.Identifier): Done {
  const isWrapped = part !== name && isLiteral(part);
  if (ast.isAwaitExpression(whole)) return { kind: isWrapped ? 'given' : 'awaited', at: whole };
  if (ast.isPropertyAccessExpression(whole)) return member(whole);
  if (ast.isElementAccessExpression(whole)) return { kind: 'read', at: whole };
  if (ast.isCallExpression(whole)) return called(whole, part);
  if (ast.isVariableDeclaration(whole)) {
    const isAlias = !isWrapped && ast.isIdentifier(whole.name);
    return { kind: isAlias ? 'alias' : 'given', at: whole };
  }
  if (isAssignment(whole)) return assigned(whole, part, isWrapped);
  return { kind: looksOnly(whole, part) ? 'idle' : 'given', at: whole };
}

function isLiteral(node: ast.Node): boolean {
  return ast.isArrayLiteralExpression(node) || ast.isObjectLiteralExpression(node);
}

function member(access: ast.PropertyAccessExpression): Done {
  const call = access.parent;
  if (ast.isCallExpression(call) && call.expression === access) {
    if (HEARS.has(access.name.text)) return { kind: 'heard', at: call };
    const value = call.arguments.at(-1);
    if (FILLS.has(access.name.text) && value !== undefined) {
      return { kind: 'filled', at: call, value };
    }
    return { kind: 'read', at: call };
  }
  const isSize = access.name.text === 'length' || access.name.text === 'size';
  return { kind: isSize ? 'idle' : 'read', at: access };
}

function called(call: ast.CallExpression, part: ast.Node): Done {
  if (call.expression === part) return { kind: 'read', at: call };
  return { kind: isCombinator(call) ? 'gathered' : 'given', at: call };
}

function assigned(node: ast.BinaryExpression, part: ast.Node, isWrapped: boolean): Done {
  const isPlain = node.operatorToken.kind === ast.SyntaxKind.EqualsToken;
  if (node.left === part) {
    if (!isPlain || isLiteral(part)) return { kind: 'given', at: node };
    return { kind: 'written', at: node, value: node.right };
  }
  const isAlias = isPlain && !isWrapped && ast.isIdentifier(node.left);
  return { kind: isAlias ? 'alias' : 'given', at: node };
}

/** `p;`, `!p`, `typeof p`, `p === q`, `if (p)`, `${p}`: of no help to the promise. `void p` says that it needs none. */
function looksOnly(whole: ast.Node, part: ast.Node): boolean {
  if (ast.isBinaryExpression(whole)) return true;
  if (ast.isConditionalExpression(whole)) return whole.condition === part;
  return (
    ast.isExpressionStatement(whole) ||
    ast.isPrefixUnaryExpression(whole) ||
    ast.isTypeOfExpression(whole) ||
    ast.isIfStatement(whole) ||
    ast.isWhileStatement(whole) ||
    ast.isDoStatement(whole) ||
    (ast.isTemplateSpan(whole) && !ast.isTaggedTemplateExpression(whole.parent.parent))
  );
}
