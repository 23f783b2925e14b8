/** Questions about the shape of code, answered from the tree alone. */
import * as ast from '#ast';

/** Anything with a body of its own that runs when called. */
export type FunctionNode =
  | ast.ArrowFunction
  | ast.FunctionDeclaration
  | ast.FunctionExpression
  | ast.MethodDeclaration
  | ast.GetAccessorDeclaration
  | ast.SetAccessorDeclaration
  | ast.ConstructorDeclaration;

/** A call of a member: `receiver.name(…)`. */
export type MethodCall = ast.CallExpression & { readonly expression: ast.PropertyAccessExpression };

/** Whether a node is a function with a body of its own. */
export function isFunction(node: ast.Node): node is FunctionNode {
  switch (node.kind) {
    case ast.SyntaxKind.ArrowFunction:
    case ast.SyntaxKind.FunctionDeclaration:
    case ast.SyntaxKind.FunctionExpression:
    case ast.SyntaxKind.MethodDeclaration:
    case ast.SyntaxKind.GetAccessor:
    case ast.SyntaxKind.SetAccessor:
    case ast.SyntaxKind.Constructor:
      return true;
    default:
      return false;
  }
}

/** Whether a node is a function that stands where an expression does. */
export function isFunctionExpression(
  node: ast.Node,
): node is ast.ArrowFunction | ast.FunctionExpression {
  return ast.isArrowFunction(node) || ast.isFunctionExpression(node);
}

/** The function whose body or parameters a node stands in; nothing at the top level of a module. */
export function enclosingFunction(node: ast.Node): FunctionNode | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** Whether `ancestor` is `node` itself or holds it. */
export function contains(ancestor: ast.Node, node: ast.Node): boolean {
  return (
    ancestor.pos <= node.pos &&
    node.end <= ancestor.end &&
    ancestor.getSourceFile() === node.getSourceFile()
  );
}

/** Whether a declaration has a modifier such as `async` or `static`. */
export function hasModifier(node: ast.Node, kind: ast.SyntaxKind): boolean {
  if (!('modifiers' in node) || !Array.isArray(node.modifiers)) return false;
  return node.modifiers.some((modifier: ast.Node) => modifier.kind === kind);
}

/** Whether a node declares what is disposed of with `await`. */
export function isAwaitUsing(node: ast.Node): node is ast.VariableDeclarationList {
  if (!ast.isVariableDeclarationList(node)) return false;
  return (node.flags & ast.NodeFlags.AwaitUsing) === ast.NodeFlags.AwaitUsing;
}

/** Whether a function is written with `async`. */
export function isAsync(fn: FunctionNode): boolean {
  return hasModifier(fn, ast.SyntaxKind.AsyncKeyword);
}

/** The word `async` of a function that is written with it. */
export function asyncKeywordOf(fn: FunctionNode): ast.Node | undefined {
  return fn.modifiers?.find(({ kind }) => kind === ast.SyntaxKind.AsyncKeyword);
}

/** Whether a function is a generator, async or not. */
export function isGenerator(fn: FunctionNode): boolean {
  return 'asteriskToken' in fn && fn.asteriskToken !== undefined;
}

/** The expression inside parentheses, casts, `!` and `satisfies`. */
export function unwrap(node: ast.Expression): ast.Expression {
  let at = node;
  while (isWrapper(at)) at = at.expression;
  return at;
}

/** The outermost of the parentheses, casts, `!` and `satisfies` round an expression. */
export function wrapped(node: ast.Node): ast.Node {
  let at = node;
  while (at.parent !== undefined && isWrapper(at.parent)) at = at.parent;
  return at;
}

function isWrapper(
  node: ast.Node,
): node is
  | ast.ParenthesizedExpression
  | ast.AsExpression
  | ast.NonNullExpression
  | ast.SatisfiesExpression
  | ast.TypeAssertion {
  return (
    ast.isParenthesizedExpression(node) ||
    ast.isAsExpression(node) ||
    ast.isNonNullExpression(node) ||
    ast.isSatisfiesExpression(node) ||
    node.kind === ast.SyntaxKind.TypeAssertionExpression
  );
}

/** Whether a node calls a member of the given name (or any, when none is given). */
export function isMethodCall(node: ast.Node, ...names: readonly string[]): node is MethodCall {
  return (
    ast.isCallExpression(node) &&
    ast.isPropertyAccessExpression(node.expression) &&
    (names.length === 0 || names.includes(node.expression.name.text))
  );
}

/** Whether a node calls a function of this name, by itself or as a member. */
export function isCallOf(node: ast.Node, name: string): node is ast.CallExpression {
  if (!ast.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (ast.isIdentifier(callee)) return callee.text === name;
  return ast.isPropertyAccessExpression(callee) && callee.name.text === name;
}

/** Whether a method can be called on an expression without parentheses round it. */
export function isPostfix(node: ast.Expression): boolean {
  return (
    ast.isCallExpression(node) || ast.isIdentifier(node) || ast.isPropertyAccessExpression(node)
  );
}

/** Whether a node is `a, b`. */
export function isComma(node: ast.Node): node is ast.BinaryExpression {
  return ast.isBinaryExpression(node) && node.operatorToken.kind === ast.SyntaxKind.CommaToken;
}

/** Whether a node is a link of `a?.b.c()`. */
export function isInOptionalChain(node: ast.Node): boolean {
  return (node.flags & ast.NodeFlags.OptionalChain) !== 0;
}

/** Whether a node is `!a`. */
export function isNegation(node: ast.Node): node is ast.PrefixUnaryExpression {
  return ast.isPrefixUnaryExpression(node) && node.operator === ast.SyntaxKind.ExclamationToken;
}

/** Whether an expression is never a promise, by its form: a literal, `delete`, `typeof`, `++`, a function, `yield`. */
export function isNeverPromise(node: ast.Expression): boolean {
  return (
    ast.isLiteralExpression(node) ||
    ast.isDeleteExpression(node) ||
    ast.isTypeOfExpression(node) ||
    (ast.isPrefixUnaryExpression(node) && !isNegation(node)) ||
    ast.isPostfixUnaryExpression(node) ||
    ast.isTemplateExpression(node) ||
    ast.isYieldExpression(node) ||
    isFunctionExpression(node) ||
    node.kind === ast.SyntaxKind.SuperKeyword
  );
}

/** Whether an operator assigns: `=`, `+=`, `??=`, … */
export function isAssignment(node: ast.Node): node is ast.BinaryExpression {
  return (
    ast.isBinaryExpression(node) &&
    node.operatorToken.kind >= ast.SyntaxKind.EqualsToken &&
    node.operatorToken.kind <= ast.SyntaxKind.CaretEqualsToken
  );
}

/** Whether an operator joins values: `&&`, `||`, `??`. */
export function isLogical(node: ast.Node): node is ast.BinaryExpression {
  if (!ast.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ast.SyntaxKind.AmpersandAmpersandToken ||
    kind === ast.SyntaxKind.BarBarToken ||
    kind === ast.SyntaxKind.QuestionQuestionToken
  );
}

/** The values that an expression may have in the end: both ways of `a ? b : c`, the right side of `a || b` and `a, b`. */
export function outcomesOf(node: ast.Expression): readonly ast.Expression[] {
  const at = unwrap(node);
  if (ast.isConditionalExpression(at)) {
    return [...outcomesOf(at.whenTrue), ...outcomesOf(at.whenFalse)];
  }
  const isLast = isComma(at) || isLogical(at) || isAssignment(at);
  return isLast ? outcomesOf(at.right) : [at];
}

/** Visits a node and everything below it; functions within are entered only when `intoFunctions`. */
export function walk(
  node: ast.Node,
  visit: (node: ast.Node) => void,
  { intoFunctions = false } = {},
): void {
  const enter = (child: ast.Node): undefined => {
    if (!intoFunctions && isFunction(child)) return undefined;
    visit(child);
    child.forEachChild(enter);
    return undefined;
  };
  visit(node);
  node.forEachChild(enter);
}

/** Everything below a node that passes a test; functions within are left out unless `intoFunctions`. */
export function collect<T extends ast.Node>(
  node: ast.Node,
  test: (node: ast.Node) => node is T,
  options?: { intoFunctions?: boolean },
): readonly T[] {
  const found: T[] = [];
  walk(node, (at) => void (test(at) && found.push(at)), options);
  return found;
}

/** The statement that a node belongs to: the nearest that stands in a block, a file or a case. */
export function statementOf(node: ast.Node): ast.Node | undefined {
  for (let at: ast.Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.parent !== undefined && statementsOf(at.parent)?.some((one) => one === at)) return at;
    if (isFunction(at)) return undefined;
  }
  return undefined;
}

/** The list of statements that a node holds, if it is a block, a file or a case. */
export function statementsOf(node: ast.Node): readonly ast.Statement[] | undefined {
  if (ast.isBlock(node) || ast.isSourceFile(node) || ast.isModuleBlock(node))
    return node.statements;
  if (ast.isCaseClause(node) || ast.isDefaultClause(node)) return node.statements;
  return undefined;
}

/** Whether a statement ends in `return`, `throw`, `break` or `continue`: what follows it does not run then. */
export function leaves(statement: ast.Statement): boolean {
  const last = ast.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return false;
  return (
    ast.isReturnStatement(last) ||
    ast.isThrowStatement(last) ||
    ast.isBreakOrContinueStatement(last)
  );
}

/** Blanks at the start of the line that a node begins on. */
export function indentOf(node: ast.Node): string {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? '';
}

/** Short text of a node for a message: one line, cut at 40 characters. */
export function brief(node: ast.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

/** The part of an expression that names it on one line: all of it, or the name of what it calls. */
export function headOf(node: ast.Expression): ast.Expression | ast.MemberName {
  const at = unwrap(node);
  if (!at.getText().includes('\n')) return at;
  if (ast.isAwaitExpression(at) || ast.isCallExpression(at) || ast.isNewExpression(at)) {
    return headOf(at.expression);
  }
  return ast.isPropertyAccessExpression(at) ? at.name : at;
}

/**
 * How a message speaks of an expression: `load` for `this.db.load(id)`, `Promise.all` for itself; `otherwise` for what has
 * no name.
 */
export function spoken(node: ast.Expression, otherwise = 'this expression'): string {
  const at = unwrap(node);
  if (isMethodCall(at, 'then', 'catch', 'finally'))
    return spoken(at.expression.expression, otherwise);
  if (ast.isCallExpression(at) || ast.isAwaitExpression(at))
    return spoken(at.expression, otherwise);
  if (ast.isIdentifier(at)) return `\`${at.text}\``;
  if (!ast.isPropertyAccessExpression(at)) return otherwise;
  const isStatic = at.expression.getText() === 'Promise';
  return `\`${isStatic ? 'Promise.' : ''}${at.name.text}\``;
}

/** Whether a call may do without a parameter. */
export function mayBeLeftOut(parameter: ast.ParameterDeclaration): boolean {
  const { dotDotDotToken, initializer, questionToken } = parameter;
  return [dotDotDotToken, initializer, questionToken].some((part) => part !== undefined);
}
