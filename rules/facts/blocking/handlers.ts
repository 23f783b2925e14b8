/** Functions that answer requests, by the shape of the code that hands them to a server, a router or a framework. */
import * as ast from '#ast';
import { calleeName } from '../shape/slots.ts';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunctionExpression,
  wrapped,
} from '../shape/syntax.ts';
import { callbackOf } from './turns.ts';

const ROUTES = new Set('all delete get head options patch post put route use'.split(' '));

/** What a module exports for each way of asking, in routers that go by files. */
const METHODS = new Set('DELETE GET HEAD OPTIONS PATCH POST PUT'.split(' '));

const REQUEST = /^_?(req|request|ctx|context|c|event)$/;

const DECORATOR = /^@(All|Delete|Get|Head|Options|Patch|Post|Put)\(/;

/** The request handler that a node runs in, by itself or in callbacks that run on the spot; nothing when there is none. */
export function handlerOf(node: ast.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    if (isHandler(fn)) return fn;
    const how = callbackOf(fn)?.how;
    if (how !== 'each' && how !== 'here') return undefined;
  }
  return undefined;
}

function isHandler(fn: FunctionNode): boolean {
  const [first] = fn.parameters;
  if (ast.isMethodDeclaration(fn)) {
    if (fn.modifiers?.some((one) => ast.isDecorator(one) && DECORATOR.test(one.getText()))) {
      return true;
    }
    return isHandlerProperty(fn.name, first);
  }
  if (ast.isFunctionDeclaration(fn)) {
    return METHODS.has(fn.name?.text ?? '') && hasModifier(fn, ast.SyntaxKind.ExportKeyword);
  }
  if (!isFunctionExpression(fn) || first === undefined) return false;
  const { parent } = wrapped(fn);
  if (ast.isPropertyAssignment(parent)) return isHandlerProperty(parent.name, first);
  return ast.isCallExpression(parent) && isRouting(parent, first);
}

/** `{ url: '/', handler: (request, reply) => … }`. */
function isHandlerProperty(name: ast.Node, first: ast.ParameterDeclaration | undefined): boolean {
  return name.getText() === 'handler' && first !== undefined && REQUEST.test(first.name.getText());
}

/** `app.get('/', (req, res) => …)`, `createServer((request, response) => …)`, `server.on('request', …)`. */
function isRouting(call: ast.CallExpression, first: ast.ParameterDeclaration): boolean {
  const name = calleeName(call);
  if (name === 'createServer') return true;
  if (name === 'on') return /^['"]request['"]$/.test(call.arguments[0]?.getText() ?? '');
  if (name === undefined || !ROUTES.has(name)) return false;
  return ast.isPropertyAccessExpression(call.expression) && REQUEST.test(first.name.getText());
}
