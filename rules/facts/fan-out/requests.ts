/** Values that the sender of a request chooses: bodies, queries, arguments of handlers. By the conventions of frameworks. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import { isFunctionExpression, isMethodCall, unwrap } from '../shape/syntax.ts';

/** What frameworks call the request, or what holds it. */
const HOLDER = /^(?:req|request|ctx|context|c|event)$/;

/** Parts of it that its sender fills in. */
const PART = /^(?:body|rawBody|query|payload|files|queryStringParameters|searchParams)$/;

/** Calls that hand out such parts: `request.json()`, `url.searchParams.getAll('id')`. */
const READING = ['json', 'formData', 'valid', 'getAll'] as const;

/** Decorators of parameters that hold such parts, in Nest and its like. */
const DECORATORS =
  /^(?:Body|BodyParam|Query|QueryParams?|Args?|Payload|MessageBody|UploadedFiles)$/;

/** Methods that are given the procedure which answers: `procedure.input(…).mutation(({ input }) => …)`. */
const PROCEDURES = /^(?:query|mutation|action|handler)$/;

/** Whether the sender of a request decides what an expression holds. */
export function isOfRequest(node: ast.Expression, origins: Origins): boolean {
  const at = unwrap(node);
  if (ast.isAwaitExpression(at)) return isOfRequest(at.expression, origins);
  if (ast.isCallExpression(at)) return isRead(at, origins);
  if (ast.isElementAccessExpression(at)) return isOfRequest(at.expression, origins);
  if (ast.isPropertyAccessExpression(at)) {
    return isPart(at, origins) || isOfRequest(at.expression, origins);
  }
  const declaration = ast.isIdentifier(at) ? origins.localOf(at) : undefined;
  return declaration !== undefined && isDeclaredOf(declaration, origins);
}

function isRead(call: ast.CallExpression, origins: Origins): boolean {
  if (!isMethodCall(call, ...READING)) {
    const [first] = call.arguments;
    return isMethodCall(call, 'parse') && first !== undefined && isOfRequest(first, origins);
  }
  const { expression: receiver, name } = call.expression;
  if (name.text === 'getAll') return /\b(?:searchParams|formData)$/i.test(receiver.getText());
  return isHolder(receiver, origins);
}

/** `request.body`, `ctx.request.body`, `ctx.input.query`. */
function isPart(at: ast.PropertyAccessExpression, origins: Origins): boolean {
  return PART.test(at.name.text) && isHolder(at.expression, origins);
}

function isHolder(node: ast.Expression, origins: Origins): boolean {
  const at = unwrap(node);
  if (ast.isPropertyAccessExpression(at)) {
    return /^(?:req|request|input)$/.test(at.name.text) && isHolder(at.expression, origins);
  }
  if (!ast.isIdentifier(at) || !HOLDER.test(at.text)) return false;
  const declaration = origins.localOf(at);
  return declaration !== undefined && ast.isParameterDeclaration(rootOf(declaration));
}

function isDeclaredOf(declaration: ast.Node, origins: Origins): boolean {
  if (ast.isParameterDeclaration(declaration)) return isDecorated(declaration);
  if (ast.isVariableDeclaration(declaration)) {
    return declaration.initializer !== undefined && isOfRequest(declaration.initializer, origins);
  }
  if (!ast.isBindingElement(declaration)) return false;
  const key = declaration.propertyName ?? declaration.name;
  const root = rootOf(declaration);
  if (ast.isParameterDeclaration(root)) {
    return isDecorated(root) || (key?.getText() === 'input' && isOfProcedure(root));
  }
  if (!ast.isVariableDeclaration(root) || root.initializer === undefined) return false;
  if (isOfRequest(root.initializer, origins)) return true;
  return PART.test(key?.getText() ?? '') && isHolder(root.initializer, origins);
}

function isDecorated(parameter: ast.ParameterDeclaration): boolean {
  return (parameter.modifiers ?? []).some((one) => {
    if (!ast.isDecorator(one)) return false;
    const at = unwrap(one.expression);
    return DECORATORS.test((ast.isCallExpression(at) ? at.expression : at).getText());
  });
}

function isOfProcedure({ parent: fn }: ast.ParameterDeclaration): boolean {
  if (!isFunctionExpression(fn) || !isMethodCall(fn.parent)) return false;
  return PROCEDURES.test(fn.parent.expression.name.text);
}

/** The parameter or variable that a name was taken out of. */
function rootOf(declaration: ast.Node): ast.Node {
  let at = declaration;
  while (ast.isBindingElement(at)) at = at.parent.parent;
  return at;
}
