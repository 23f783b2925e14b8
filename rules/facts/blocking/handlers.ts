/** Functions that answer requests, by the shape of the code that hands them to a server or a router. */
import * as ast from '#ast';
import { calleeName } from '../shape/slots.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionExpression,
  wrapped,
} from '../shape/syntax.ts';

const ROUTES = new Set('all delete get head options patch post put route use'.split(' '));

const REQUEST = /^_?(req|request|ctx|context|c|event)$/;

/** The request handler that a node runs in, sync callbacks in between not counted; nothing when there is none. */
export function handlerOf(node: ast.Node): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  return fn !== undefined && isHandler(fn) ? fn : undefined;
}

/** `app.get('/', (req, res) => …)`, `createServer((request, response) => …)`, `server.on('request', …)`. */
function isHandler(fn: FunctionNode): boolean {
  if (!isFunctionExpression(fn)) return false;
  const call = wrapped(fn).parent;
  const [first] = fn.parameters;
  if (!ast.isCallExpression(call) || first === undefined) return false;
  const name = calleeName(call);
  if (name === 'createServer') return true;
  if (name === 'on') return /^['"]request['"]$/.test(call.arguments[0]?.getText() ?? '');
  if (name === undefined || !ROUTES.has(name)) return false;
  return ast.isPropertyAccessExpression(call.expression) && REQUEST.test(first.name.getText());
}
