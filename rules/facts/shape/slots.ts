/** Places in code that are given a function, for somebody else to call. */
import * as ast from '#ast';
import { kindSet, listedAmong } from '#program';
import { isAssignment, isLogical, unwrap, wrapped } from './syntax.ts';

/** Where a function goes. */
export type Slot =
  | {
      readonly kind: 'argument';
      readonly call: ast.CallExpression | ast.NewExpression;
      readonly index: number;
    }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'return' };

/** The slot that an expression's value goes to; nothing where it is called on the spot or kept without a type. */
export function slotOf(node: ast.Expression): Slot | undefined {
  const at = wrapped(node);
  const { parent } = at;
  if (ast.isConditionalExpression(parent)) {
    return parent.condition === at ? undefined : slotOf(parent);
  }
  if (isLogical(parent)) return slotOf(parent);
  if (ast.isCallExpression(parent) || ast.isNewExpression(parent)) {
    const given: readonly ast.Node[] = parent.arguments ?? [];
    const index = given.indexOf(at);
    return index === -1 ? undefined : { kind: 'argument', call: parent, index };
  }
  if (ast.isReturnStatement(parent)) return { kind: 'return' };
  if (ast.isArrowFunction(parent)) return parent.body === at ? { kind: 'return' } : undefined;
  return slotWithName(at, parent);
}

function slotWithName(at: ast.Node, parent: ast.Node): Slot | undefined {
  if (ast.isJsxExpression(parent) && ast.isJsxAttribute(parent.parent)) {
    return { kind: 'attribute', name: parent.parent.name.getText() };
  }
  if (ast.isPropertyAssignment(parent)) {
    return parent.initializer === at ? propertySlot(parent) : undefined;
  }
  const isTyped = ast.isVariableDeclaration(parent) || ast.isPropertyDeclaration(parent);
  if (isTyped) {
    const isGiven = parent.type !== undefined && parent.initializer === at;
    const name = parent.name.getText();
    // What is typed as a handler of events is on its way to an attribute.
    const isHandler = /^(?:React\.)?\w*EventHandler\b/.test(parent.type?.getText() ?? '');
    return isGiven ? { kind: isHandler ? 'attribute' : 'variable', name } : undefined;
  }
  if (!isAssignment(parent) || parent.right !== at) return undefined;
  const target = unwrap(parent.left);
  if (ast.isPropertyAccessExpression(target)) return { kind: 'property', name: target.name.text };
  return ast.isIdentifier(target) ? { kind: 'variable', name: target.text } : undefined;
}

/** The slot of an object's property; in an object that is a JSX attribute it is as good as one. */
export function propertySlot(
  property: ast.PropertyAssignment | ast.ShorthandPropertyAssignment | ast.MethodDeclaration,
): Slot {
  const name = property.name.getText();
  const outer = ast.isObjectLiteralExpression(property.parent) && slotOf(property.parent);
  return { kind: outer && outer.kind === 'attribute' ? 'attribute' : 'property', name };
}

/** Methods that do something with a promise, or whose callbacks are no handlers; runners that wait for their tests. */
const TAKERS = new Set(
  (
    'then catch finally map flatMap filter some every find findIndex findLast findLastIndex sort toSorted reduce ' +
    'reduceRight describe context suite it test before after beforeEach afterEach beforeAll afterAll ' +
    'mockImplementation mockImplementationOnce callsFake'
  ).split(' '),
);

/** Whether a callee, by its name, is no caller that ignores what its callback returns. */
export function isTaker(call: ast.CallExpression): boolean {
  const name = calleeName(call);
  return name !== undefined && TAKERS.has(name);
}

/** The name of what is called: `on` in `emitter.on(…)`. */
export function calleeName(call: ast.CallExpression | ast.NewExpression): string | undefined {
  const callee = unwrap(call.expression);
  if (ast.isIdentifier(callee)) return callee.text;
  return ast.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** Kinds of arguments that are a function's name, or have one in them. */
const NAMING = kindSet([
  ast.SyntaxKind.Identifier,
  ast.SyntaxKind.PropertyAccessExpression,
  ast.SyntaxKind.ParenthesizedExpression,
  ast.SyntaxKind.AsExpression,
  ast.SyntaxKind.NonNullExpression,
  ast.SyntaxKind.SatisfiesExpression,
  ast.SyntaxKind.TypeAssertionExpression,
]);

/** Arguments of a call that may be functions given by their names. */
export function namesGiven(
  call: ast.CallExpression | ast.NewExpression,
): readonly ast.Expression[] {
  const some = listedAmong(call, NAMING);
  return some === undefined ? (call.arguments ?? []) : some.filter(ast.isExpression);
}

/** What a function can be given by: its name, or that of a member of `this`. */
export function isFunctionName(node: ast.Expression): boolean {
  if (!ast.isPropertyAccessExpression(node)) return ast.isIdentifier(node);
  return node.expression.kind === ast.SyntaxKind.ThisKeyword;
}
