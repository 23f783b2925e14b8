/** Places in code that are given a function, for somebody else to call. */
import * as ast from '#ast';
import { kindSet, listedAmong } from '#program';
import {
  isAssignment,
  isAsync,
  isFunctionExpression,
  isLogical,
  isMethodCall,
  unwrap,
  wrapped,
} from './syntax.ts';

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
  if (ast.isShorthandPropertyAssignment(parent)) {
    return parent.name === at ? propertySlot(parent) : undefined;
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
  if (ast.isElementAccessExpression(target) && ast.isStringLiteral(target.argumentExpression)) {
    return { kind: 'property', name: target.argumentExpression.text };
  }
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

/** Functions that run a callback later, and have no use for what it returns. */
export const TIMERS: ReadonlySet<string> = new Set(
  'setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback'.split(
    ' ',
  ),
);

/** Methods that add a listener. */
export const LISTENS: ReadonlySet<string> = new Set(
  'on once addListener prependListener prependOnceListener addEventListener'.split(' '),
);

/** Whether a call, by its name, is one that ignores what its callback returns. */
export function isIgnorant(call: ast.Node): boolean {
  const name = ast.isCallExpression(call) ? calleeName(call) : undefined;
  return name !== undefined && (TIMERS.has(name) || LISTENS.has(name) || name === 'forEach');
}

/** Whether a callee, by its name, is no caller that ignores what its callback returns. */
function isTaker(call: ast.CallExpression): boolean {
  const name = calleeName(call);
  return name !== undefined && TAKERS.has(name);
}

/** The name of what is called: `on` in `emitter.on(…)`. */
export function calleeName(call: ast.CallExpression | ast.NewExpression): string | undefined {
  const callee = unwrap(call.expression);
  if (ast.isIdentifier(callee)) return callee.text;
  return ast.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** Methods that take a listener away, and never call it. */
const UNLISTENS = new Set('off removeListener removeEventListener'.split(' '));

/** Callees that wait for what they are given or never call it, and executors, which are another rule's matter. */
export function isOthersMatter(
  call: ast.CallExpression | ast.NewExpression,
  node: ast.Expression,
): boolean {
  if (ast.isCallExpression(call)) {
    return isTaker(call) || (isMethodCall(call) && UNLISTENS.has(call.expression.name.text));
  }
  const fn = unwrap(node);
  return calleeName(call) === 'Promise' && (!isFunctionExpression(fn) || isAsync(fn));
}

/** Whether a slot is the callback of `forEach`. */
export function isForEach({ call, index }: Slot & { readonly kind: 'argument' }): boolean {
  return isMethodCall(call, 'forEach') && index === 0;
}

/** Kinds of arguments that are a function's name, or have one in them. */
const NAMING = kindSet([
  ast.SyntaxKind.Identifier,
  ast.SyntaxKind.PropertyAccessExpression,
  ast.SyntaxKind.CallExpression,
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
  return some?.every(ast.isExpression) ? some : (call.arguments ?? []);
}

/** The function that an expression stands for, as it is written: `f` in `(f)` and in `f.bind(x)`. */
export function functionGiven(node: ast.Expression): ast.Expression {
  const at = unwrap(node);
  return isMethodCall(at, 'bind') ? unwrap(at.expression.expression) : at;
}

/** Whether a function is given by a name, its own or that of a member, or bound to something. */
export function isGivenByName(node: ast.Expression): boolean {
  const fn = functionGiven(node);
  if (isFunctionExpression(fn)) return fn !== unwrap(node);
  return ast.isIdentifier(fn) || ast.isPropertyAccessExpression(fn);
}
