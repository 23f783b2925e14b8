/** Parts of functions that a call leaves out: `open(name)` of `function open(name, create = false) { if (create) … }`. */
import * as ast from '#ast';
import { usesOf } from '../names/names.ts';
import { contains, type FunctionNode, isAssignment, unwrap } from '../shape/syntax.ts';

type Call = ast.CallExpression | ast.NewExpression;

/** Whether a call of a function leaves out all of some nodes in it, which are only asked for when it leaves out anything. */
export function leavesOut(call: Call, fn: FunctionNode, nodesOf: NodesOf): boolean {
  const off = new Set(switchesOff(call, fn));
  if (off.size === 0) return false;
  const nodes = nodesOf(fn);
  if (nodes.length === 0) return false;
  return nodes.every((node) => neededFor(node, fn).some((one) => off.has(one)));
}

type NodesOf = (fn: FunctionNode) => readonly ast.Node[];

/** Uses of those parameters that a call leaves false. */
function switchesOff(call: Call, { body, parameters }: FunctionNode): readonly ast.Identifier[] {
  const given = call.arguments ?? [];
  if (body === undefined || given.some(ast.isSpreadElement)) return [];
  const own = parameters.filter(({ name }) => name.getText() !== 'this');
  return own.flatMap(({ name, initializer, questionToken, dotDotDotToken }, index) => {
    if (!ast.isIdentifier(name) || dotDotDotToken !== undefined) return [];
    const value = given[index] ?? initializer;
    const isOff = value === undefined ? questionToken !== undefined : isFalse(value);
    const uses = isOff ? usesOf(name.text, body) : [];
    return uses.some(isTarget) ? [] : uses;
  });
}

function isFalse(value: ast.Expression): boolean {
  return unwrap(value).kind === ast.SyntaxKind.FalseKeyword;
}

function isTarget(use: ast.Identifier): boolean {
  const { parent } = use;
  return isAssignment(parent) && contains(parent.left, use);
}

/** Names that have to hold for a node to be come by. */
function neededFor(node: ast.Node, fn: FunctionNode): readonly ast.Identifier[] {
  const needed: ast.Identifier[] = [];
  for (let at = node; at !== fn && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isIfStatement(parent) && at === parent.thenStatement) {
      needed.push(...namesIn(parent.expression));
    } else if (ast.isConditionalExpression(parent) && at === parent.whenTrue) {
      needed.push(...namesIn(parent.condition));
    } else if (isConjunction(parent) && at === parent.right) {
      needed.push(...namesIn(parent.left));
    }
  }
  return needed;
}

/** `a` and `b` of `a && b`. */
function namesIn(condition: ast.Expression): readonly ast.Identifier[] {
  const at = unwrap(condition);
  if (ast.isIdentifier(at)) return [at];
  return isConjunction(at) ? [...namesIn(at.left), ...namesIn(at.right)] : [];
}

function isConjunction(node: ast.Node): node is ast.BinaryExpression {
  const { AmpersandAmpersandToken } = ast.SyntaxKind;
  return ast.isBinaryExpression(node) && node.operatorToken.kind === AmpersandAmpersandToken;
}
