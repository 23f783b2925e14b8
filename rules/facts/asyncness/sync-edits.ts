/** Edits that make an async function a plain one, and its calls plain calls. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { usesOf } from '../names/names.ts';
import { isPromiseType } from '../promises/asyncify.ts';
import { unawaitEdits } from '../promises/unawaiting.ts';
import { collect, hasModifier } from '../shape/syntax.ts';
import { type AsyncFunction, asyncKeywordOf } from './suspensions.ts';

/** Drops `async`, the promise in the return type, and every `await` of a call; nothing where a call is not to be seen. */
export function syncEdits(fn: AsyncFunction): readonly Edit[] | undefined {
  const word = asyncKeywordOf(fn);
  const type = typeEdits(fn);
  const awaits = awaitsOf(fn);
  if (word === undefined || type === undefined || awaits === undefined) return undefined;
  const { text } = fn.getSourceFile();
  const plain = awaits.map(unawaitEdits);
  if (plain.includes(undefined)) return undefined;
  const gone = edit.range(fn, word.getStart(), ast.skipTrivia(text, word.end), '');
  return [gone, ...type, ...plain.flatMap((edits) => edits ?? [])];
}

/** `Promise<T>` → `T`; any other type may be anything. */
function typeEdits({ type }: AsyncFunction): readonly Edit[] | undefined {
  if (type === undefined) return [];
  if (!isPromiseType(type) || !ast.isTypeReferenceNode(type)) return undefined;
  const [value, ...more] = type.typeArguments ?? [];
  return value === undefined || more.length > 0 ? undefined : [edit.replace(type, value.getText())];
}

/** Every use of a function, when all of them are `await f()` in its own file. */
function awaitsOf(fn: AsyncFunction): readonly ast.AwaitExpression[] | undefined {
  const uses = ast.isMethodDeclaration(fn) ? usesOfMethod(fn) : usesOfName(fn);
  const awaits = uses?.map(({ parent: call }) => {
    return ast.isCallExpression(call) && ast.isAwaitExpression(call.parent)
      ? call.parent
      : undefined;
  });
  const found = awaits?.filter((one) => one !== undefined) ?? [];
  return uses === undefined || found.length === 0 || found.length < uses.length ? undefined : found;
}

function usesOfName(fn: AsyncFunction): readonly ast.Expression[] | undefined {
  const name = ast.isFunctionDeclaration(fn) ? fn.name : nameOfConstant(fn.parent);
  const file = fn.getSourceFile();
  const isModule = file.externalModuleIndicator !== undefined;
  if (name === undefined || !isModule || isExported(name)) return undefined;
  const uses = usesOf(name.text, file).filter((use) => use !== name);
  return uses.every(isCallee) ? uses : undefined;
}

/** A method that nobody but its class can call; nothing where its name is also used for something else. */
function usesOfMethod(fn: ast.MethodDeclaration): readonly ast.Expression[] | undefined {
  const { name, parent } = fn;
  const isPrivate = ast.isPrivateIdentifier(name) || hasModifier(fn, ast.SyntaxKind.PrivateKeyword);
  if (!isPrivate || ast.isComputedPropertyName(name)) return undefined;
  const called = name.getText();
  const text = parent.getText();
  if (text.includes(`'${called}'`) || text.includes(`"${called}"`)) return undefined;
  const named = collect(parent, isName, { intoFunctions: true }).filter(
    (one) => one !== name && one.getText() === called,
  );
  const uses = named.map((one) => one.parent).filter(ast.isPropertyAccessExpression);
  return uses.length === named.length && uses.every(isCallee) ? uses : undefined;
}

function isName(node: ast.Node): node is ast.Identifier | ast.PrivateIdentifier {
  return ast.isIdentifier(node) || ast.isPrivateIdentifier(node);
}

function nameOfConstant(parent: ast.Node): ast.Identifier | undefined {
  if (!ast.isVariableDeclaration(parent) || parent.type !== undefined) return undefined;
  const isConstant = (parent.parent.flags & ast.NodeFlags.Const) !== 0;
  return isConstant && ast.isIdentifier(parent.name) ? parent.name : undefined;
}

function isCallee(use: ast.Expression): boolean {
  return ast.isCallExpression(use.parent) && use.parent.expression === use;
}

/** Whether other files may know a name. */
function isExported(name: ast.Identifier): boolean {
  for (let at: ast.Node = name; at.parent !== undefined; at = at.parent) {
    if (hasModifier(at, ast.SyntaxKind.ExportKeyword)) return true;
  }
  return false;
}
