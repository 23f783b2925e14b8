/** What fills a local collection: where values are added to it, and which loops repeat that. */
import * as ast from '#ast';
import { isFunction, isFunctionExpression, isMethodCall, unwrap } from '../shape/syntax.ts';

/** A loop statement of any kind. */
export type Loop =
  | ast.ForOfStatement
  | ast.ForInStatement
  | ast.ForStatement
  | ast.WhileStatement
  | ast.DoStatement;

/** What runs a piece of code again and again: a loop, or a method such as `forEach` that calls it for each element. */
export type Repeater = Loop | ast.CallExpression;

/** One place that adds to a collection. */
export interface Addition {
  readonly node: ast.Node;
  /** The values that are added; a spread adds many. */
  readonly values: readonly ast.Expression[];
  /** From the inside out, up to where the collection is declared; nothing when a function of unknown use is between. */
  readonly repeaters: readonly Repeater[] | undefined;
}

const ADDING = new Set(['push', 'unshift', 'add', 'set']);

const DRAINING = new Set(['pop', 'shift', 'splice', 'delete', 'clear']);

/** Array methods that call a function once for each element. */
const PER_ELEMENT = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find']);

/** Whether a node is a loop. */
export function isLoop(node: ast.Node): node is Loop {
  return (
    ast.isForOfStatement(node) ||
    ast.isForInStatement(node) ||
    ast.isForStatement(node) ||
    ast.isWhileStatement(node) ||
    ast.isDoStatement(node)
  );
}

/** The method call that runs a function once for each element of its receiver, if the function is its callback. */
export function perElementCall(fn: ast.Node): (ast.CallExpression & CallOfMember) | undefined {
  if (!isFunctionExpression(fn)) return undefined;
  const call = fn.parent;
  if (!isMethodCall(call) || call.arguments[0] !== fn) return undefined;
  return PER_ELEMENT.has(call.expression.name.text) ? call : undefined;
}

interface CallOfMember {
  readonly expression: ast.PropertyAccessExpression;
}

/** Every place in the function (or file) of a variable that adds to the collection it holds. */
export function additionsTo(declaration: ast.VariableDeclaration): readonly Addition[] {
  const { name } = declaration;
  if (!ast.isIdentifier(name)) return [];
  const found: Addition[] = [];
  const scope = scopeOf(declaration);
  if (!mentions(scope, name.text, `(?:\\.(?:${[...ADDING].join('|')})\\b|\\[)`)) return [];
  const visit = (node: ast.Node): undefined => {
    const values = addedBy(node, name.text);
    if (values !== undefined) {
      found.push({ node, values, repeaters: repeatersOf(node, scope, declaration) });
    }
    node.forEachChild(visit);
    return undefined;
  };
  visit(scope);
  return found;
}

/** Every value that is assigned to a variable after its declaration. */
export function assignmentsTo(declaration: ast.VariableDeclaration): readonly ast.Expression[] {
  const { name } = declaration;
  if (!ast.isIdentifier(name) || isConstant(declaration)) return [];
  const found: ast.Expression[] = [];
  const scope = scopeOf(declaration);
  if (!mentions(scope, name.text, '(?:\\?\\?|\\|\\|)?=[^=]')) return [];
  const visit = (node: ast.Node): undefined => {
    if (ast.isBinaryExpression(node) && isNamed(node.left, name.text) && assigns(node)) {
      found.push(node.right);
    }
    node.forEachChild(visit);
    return undefined;
  };
  visit(scope);
  return found;
}

/** Whether something takes values out of a collection again: `xs.splice(…)`, `xs.length = 0`, `xs = []`. */
export function isDrained(declaration: ast.VariableDeclaration): boolean {
  const { name } = declaration;
  if (!ast.isIdentifier(name)) return false;
  if (declaration.initializer && assignmentsTo(declaration).length > 0) return true;
  const scope = scopeOf(declaration);
  if (!mentions(scope, name.text, `\\.(?:length|${[...DRAINING].join('|')})`)) return false;
  let found = false;
  const visit = (node: ast.Node): undefined => {
    if (ast.isPropertyAccessExpression(node) && isNamed(node.expression, name.text)) {
      found ||= isMethodCall(node.parent)
        ? DRAINING.has(node.name.text)
        : node.name.text === 'length' && isTarget(node);
    }
    node.forEachChild(visit);
    return undefined;
  };
  visit(scope);
  return found;
}

/** Whether a variable is declared with `const`. */
export function isConstant(declaration: ast.VariableDeclaration): boolean {
  const list = declaration.parent;
  return ast.isVariableDeclarationList(list) && (list.flags & ast.NodeFlags.Const) !== 0;
}

/** `xs.push(a)`, `set.add(a)`, `map.set(k, v)`, `xs[k] = v`. */
function addedBy(node: ast.Node, name: string): readonly ast.Expression[] | undefined {
  if (isMethodCall(node) && isNamed(node.expression.expression, name)) {
    const method = node.expression.name.text;
    if (!ADDING.has(method)) return undefined;
    return method === 'set' ? node.arguments.slice(1, 2) : node.arguments;
  }
  if (!ast.isBinaryExpression(node) || !assigns(node)) return undefined;
  const left = unwrap(node.left);
  if (!ast.isElementAccessExpression(left) || !isNamed(left.expression, name)) return undefined;
  return [node.right];
}

function repeatersOf(
  node: ast.Node,
  scope: ast.Node,
  declaration: ast.Node,
): readonly Repeater[] | undefined {
  const repeaters: Repeater[] = [];
  for (let at = node; at !== scope && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (isLoop(parent) && parent.statement === at && !isWithin(declaration, parent)) {
      repeaters.push(parent);
    } else if (isFunction(at) && !isWithin(declaration, at)) {
      const call = perElementCall(at);
      if (call === undefined) return undefined;
      repeaters.push(call);
    }
  }
  return repeaters;
}

function isWithin(node: ast.Node, ancestor: ast.Node): boolean {
  return ancestor.pos <= node.pos && node.end <= ancestor.end;
}

function scopeOf(node: ast.Node): ast.Node {
  let at = node;
  while (at.parent !== undefined && !isFunction(at)) at = at.parent;
  return at;
}

/** A look at the text, which is much quicker than one at the tree: most collections are never touched again. */
function mentions(scope: ast.Node, name: string, what: string): boolean {
  const text = scope.getSourceFile().text.slice(scope.pos, scope.end);
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}[!?]?\\s*${what}`).test(text);
}

function isNamed(node: ast.Node, name: string): boolean {
  const at = ast.isIdentifier(node) ? node : undefined;
  return at?.text === name;
}

function isTarget(node: ast.Node): boolean {
  return ast.isBinaryExpression(node.parent) && node.parent.left === node && assigns(node.parent);
}

function assigns(node: ast.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return (
    kind === ast.SyntaxKind.EqualsToken ||
    kind === ast.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ast.SyntaxKind.BarBarEqualsToken
  );
}
