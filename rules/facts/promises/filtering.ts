/** Edits and questions about array methods whose callbacks are async. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { usesOf } from '../names/names.ts';
import type { Naming } from '../names/naming.ts';
import type { Origins } from '../names/origins.ts';
import {
  collect,
  contains,
  enclosingFunction,
  type FunctionNode,
  indentOf,
  isMethodCall,
  type MethodCall,
  statementOf,
  wrapped,
} from '../shape/syntax.ts';
import { mayReturnPromise } from './losses.ts';

/**
 * Makes `const kept = xs.filter(f);` into `const verdicts = await Promise.all(xs.map(f));` and a filter by them. What would
 * be evaluated twice gets a name first. Nothing where the filter is not the first thing that its statement does.
 */
export function filterEdits(
  call: MethodCall,
  naming: Naming,
  origins: Origins,
): readonly Edit[] | undefined {
  const statement = statementOf(call);
  if (statement === undefined || !isPlainStatement(statement)) return undefined;
  if (enclosingFunction(call) !== enclosingFunction(statement)) return undefined;
  const items = call.expression.expression;
  if (call.questionDotToken || call.expression.questionDotToken) return undefined;
  if (!naming.isArray(items)) return undefined;
  const { text } = call.getSourceFile();
  const whole = ast.isAwaitExpression(call.parent) ? call.parent : call;
  const head = text.slice(statement.getStart(), whole.getStart());
  if (/[(?&|`]|\/[/*]/.test(head)) return undefined;

  const indent = indentOf(statement);
  const free = (name: string) => nameOf(name, call, naming, origins);
  const verdicts = free('verdicts');
  const isName = isPath(items);
  const name = isName ? items.getText() : free('items');
  const gather = `const ${verdicts} = await Promise.all(`;
  const start = { from: statement.getStart(), to: items.getStart() };
  return [
    edit.range(call, start.from, start.to, isName ? gather : `const ${name} = `),
    ...(isName ? [] : [edit.after(items, `;\n${indent}${gather}${name}`)]),
    edit.replace(call.expression.name, 'map'),
    edit.after(call, `);\n${indent}${head}${name}.filter((_, index) => ${verdicts}[index])`),
  ];
}

function isPlainStatement(statement: ast.Node): boolean {
  if (ast.isVariableStatement(statement))
    return statement.declarationList.declarations.length === 1;
  return ast.isReturnStatement(statement) || ast.isExpressionStatement(statement);
}

/** `users`, `this.users`, `page.users`: nothing runs when it is evaluated again. */
function isPath(node: ast.Expression): boolean {
  if (ast.isPropertyAccessExpression(node)) return isPath(node.expression);
  return ast.isIdentifier(node) || node.kind === ast.SyntaxKind.ThisKeyword;
}

/** A free name; a second filter in the same function gets another one, so that both can be mended at once. */
function nameOf(name: string, call: MethodCall, naming: Naming, origins: Origins): string {
  const around = enclosingFunction(call) ?? call.getSourceFile();
  const isEarlier = (node: ast.Node): node is MethodCall => {
    const [callback] = isMethodCall(node, 'filter') ? node.arguments : [];
    return callback !== undefined && node.pos < call.pos && mayReturnPromise(callback, origins);
  };
  const earlier = collect(around, isEarlier).length;
  const names = earlier === 0 ? [name, `${name}1`] : [`${name}${earlier + 1}`];
  return naming.unused(call, ...names);
}

/** Whether a function that is handed a promise takes it for the value, and nowhere waits for it or passes it on. */
export function usesAsValue(parameter: ast.ParameterDeclaration, fn: FunctionNode): boolean {
  const { name } = parameter;
  if (fn.body === undefined || parameter.dotDotDotToken) return false;
  if (!ast.isIdentifier(name)) return true;
  const uses = usesOf(name.text, fn.body);
  return uses.some(isValueUse) && uses.every((use) => isValueUse(use) || isReturned(use, fn));
}

/** `sum + x`, `sum.push(x)`, `sum[x]`, `{ ...sum }`, `[...sum]`. */
function isValueUse(use: ast.Identifier): boolean {
  const at = wrapped(use);
  const { parent } = at;
  if (ast.isPropertyAccessExpression(parent)) {
    return parent.expression === at && !/^(?:then|catch|finally)$/.test(parent.name.text);
  }
  if (ast.isElementAccessExpression(parent)) return parent.expression === at;
  if (ast.isBinaryExpression(parent)) return isArithmetic(parent.operatorToken.kind);
  return (
    ast.isSpreadAssignment(parent) || ast.isSpreadElement(parent) || ast.isTemplateSpan(parent)
  );
}

function isArithmetic(kind: ast.SyntaxKind): boolean {
  return kind >= ast.SyntaxKind.PlusToken && kind <= ast.SyntaxKind.PercentToken;
}

/** `return sum;` settles as the promise does, so that it says nothing of what is in it. */
function isReturned(use: ast.Identifier, fn: FunctionNode): boolean {
  const { parent } = wrapped(use);
  if (ast.isReturnStatement(parent)) return contains(fn, parent);
  return parent === fn;
}
