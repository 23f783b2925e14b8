/** Edits that make `await Promise.all(xs.map(f))` go through its items in batches, with nothing but the language. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isScript } from '../names/modules.ts';
import { usesOf } from '../names/names.ts';
import { moved, unitAt } from '../shape/indenting.ts';
import {
  enclosingFunction,
  indentOf,
  isFunction,
  isMethodCall,
  statementsOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import { type Gathered, hasCommentBetween } from './bounding.ts';

/** Lines longer than this are split. */
const LONGEST_LINE = 100;

/** What the edits need to know beside the code itself. */
export interface BatchNames {
  /** Names that are free at the place: for the index, and for what is made before the loop. */
  readonly index: string;
  readonly items: string;
  readonly results: string;
  readonly batch: string;
  /** Type of the results, where it can be written there: `Profile[]`. */
  readonly type: string | undefined;
  /** Whether the items are a constant array, so that they need no name of their own. */
  readonly isStable: boolean;
}

/** The edits, where the statement that waits has a shape that a loop can stand before. */
export function batchEdits(
  parts: Gathered,
  names: BatchNames,
  size: number,
): readonly Edit[] | undefined {
  const value = awaitedAt(parts.call);
  const statement = value && statementBefore(value);
  if (value === undefined || statement === undefined || hasLongTemplate(statement)) {
    return undefined;
  }
  if (hasCommentBetween(parts)) return undefined;
  const indent = indentOf(statement);
  const loop = loopOver(parts, names, size, { indent, unit: unitAt(statement) });
  const made = itemsMade(parts, names);
  const indented = (code: string) => moved(code, '', indent);
  if (isDropped(parts.call)) {
    return [edit.replace(statement, indented(`${made}${loop('BATCH;')}`))];
  }
  const name = declaredName(value, statement);
  const type = name?.type ?? names.type;
  if (name !== undefined && type === undefined && isCaptured(name.text, statement)) {
    return undefined;
  }
  const results = name?.text ?? names.results;
  const empty = `const ${results}${type === undefined ? '' : `: ${type}`} = [];\n`;
  const filled = indented(`${made}${empty}${loop(`${results}.push(...(BATCH));`)}`);
  if (name !== undefined) return [edit.replace(statement, filled)];
  return [edit.before(statement, `${filled}\n${indent}`), resultEdit(value, results)];
}

/** The loop round a statement, in which `BATCH` stands for awaiting one batch. */
function loopOver(
  parts: Gathered,
  { index, items: own, batch, isStable }: BatchNames,
  size: number,
  { indent, unit }: { readonly indent: string; readonly unit: string },
): (statement: string) => string {
  const list = isStable ? parts.items.getText() : own;
  const head = `for (let ${index} = 0; ${index} < ${list}.length; ${index} += ${size}) {`;
  const slice = `${list}.slice(${index}, ${index} + ${size})`;
  const isShort = (line: string) => {
    return !line.includes('\n') && indent.length + unit.length + line.length <= LONGEST_LINE;
  };
  return (statement) => {
    const over = (some: string) => statement.replace('BATCH', () => hugged(parts, some, unit));
    const whole = over(slice);
    if (isShort(whole)) return `${head}\n${unit}${whole}\n}`;
    const short = over(batch);
    const isBlock = /\}\s*$/.test(parts.work.getText()) && short.includes('\n');
    const named =
      isBlock || isShort(short)
        ? short
        : statement.replace('BATCH', () => laidOut(parts, batch, unit));
    return `${head}\n${unit}const ${batch} = ${slice};\n${unit}${named}\n}`;
  };
}

/** `await Promise.all(batch.map(f))`, with nothing between the brackets. */
function hugged({ call, work }: Gathered, items: string, unit: string): string {
  const callback = moved(work.getText(), indentOf(work), unit);
  return `await ${call.expression.getText()}(${items}.map(${callback}))`;
}

/** The same, its lines broken as they were. */
function laidOut({ call, items, work }: Gathered, batch: string, unit: string): string {
  const start = call.getStart();
  const text = call.getText();
  const [list] = call.arguments;
  const between = text.slice(items.end - start, work.getStart() - start);
  if (!isMethodCall(list ?? call, 'map') || /^\s*\n|\/[/*]/.test(between)) {
    const callback = moved(work.getText(), indentOf(work), `${unit}${unit}`);
    const inner = `${batch}.map(${callback})`;
    return `await ${call.expression.getText()}(\n${unit}${unit}${inner}\n${unit})`;
  }
  const before = text.slice(0, items.getStart() - start);
  const after = text.slice(items.end - start);
  return `await ${moved(`${before}${batch}${after}`, indentOf(call), unit)}`;
}

/** Puts the results where the value was: a name needs no parentheses, and no line of its own. */
function resultEdit(value: ast.Expression, results: string): Edit {
  const at = bare(value);
  const { parent } = at;
  const { text } = at.getSourceFile();
  const isCall = ast.isCallExpression(parent) || ast.isNewExpression(parent);
  if (!isCall || parent.expression === at || parent.arguments?.length !== 1) {
    return edit.replace(at, results);
  }
  const end = /^,?\s*/.exec(text.slice(at.end))?.[0].length ?? 0;
  const from = at.getStart() - (/\s*$/.exec(text.slice(0, at.getStart()))?.[0].length ?? 0);
  return text[at.end + end] === ')'
    ? edit.range(at, from, at.end + end, results)
    : edit.replace(at, results);
}

/** Gives items that are worked out on the way a name of their own, so that they are worked out once. */
function itemsMade({ call, items }: Gathered, { items: name, isStable }: BatchNames): string {
  if (isStable) return '';
  const list = unwrap(items);
  const source = moved(list.getText(), indentOf(list), '');
  if (isMethodCall(call.arguments[0] ?? call, 'map')) return `const ${name} = ${source};\n`;
  // `{ length: 3 }` is nothing that could be spread.
  const isArrayLike = ast.isObjectLiteralExpression(unwrap(items));
  return `const ${name} = ${isArrayLike ? `Array.from(${source})` : `[...${source}]`};\n`;
}

/** What becomes the results: the awaited call, or a call that an async function returns. */
function awaitedAt(call: ast.CallExpression): ast.Expression | undefined {
  const { parent } = wrapped(call);
  if (ast.isAwaitExpression(parent)) return parent;
  return ast.isReturnStatement(parent) ? call : undefined;
}

/** Whether nothing takes what a call gives once it is awaited. */
export function isDropped(call: ast.CallExpression): boolean {
  const value = awaitedAt(call);
  return value !== undefined && ast.isExpressionStatement(value.parent);
}

/** With the parentheses round it, which a name does not need. */
function bare(value: ast.Expression): ast.Node {
  let at: ast.Node = value;
  while (ast.isParenthesizedExpression(at.parent)) at = at.parent;
  return at;
}

/** The name (and type) of `const name = await …;`, which the loop can fill itself. */
function declaredName(
  value: ast.Expression,
  statement: ast.Node,
): { readonly text: string; readonly type: string | undefined } | undefined {
  const { parent } = value;
  if (!ast.isVariableDeclaration(parent) || !ast.isIdentifier(parent.name)) return undefined;
  if (!ast.isVariableStatement(statement) || statement.modifiers?.length) return undefined;
  if (statement.declarationList.declarations.length > 1) return undefined;
  if ((statement.declarationList.flags & ast.NodeFlags.Const) === 0) return undefined;
  const type = parent.type && moved(parent.type.getText(), indentOf(parent.type), '');
  const canGrow = type === undefined || /^(?!readonly\b).*\[\]$|^Array</s.test(type);
  return canGrow ? { text: parent.name.text, type } : undefined;
}

/** Whether a function reads a variable: what a list holds is not known there unless its type is written. */
function isCaptured(name: string, statement: ast.Node): boolean {
  if (isScript(statement.getSourceFile().fileName)) return false;
  const own = enclosingFunction(statement);
  return usesOf(name, statement.parent).some((use) => enclosingFunction(use) !== own);
}

/** The statement, when nothing in it happens before the value is there, and nothing decides whether it is wanted. */
function statementBefore(value: ast.Expression): ast.Node | undefined {
  for (let at: ast.Node = value; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    // A name declared in one case of a `switch` is known in all of them.
    if (ast.isCaseClause(parent) || ast.isDefaultClause(parent)) return undefined;
    if (statementsOf(parent)) return at;
    if (isFunction(parent) || !comesFirst(at, parent)) return undefined;
  }
  return undefined;
}

/** Whether all that is evaluated before a part of an expression has no effect. */
function comesFirst(part: ast.Node, whole: ast.Node): boolean {
  if (isUnconditional(whole)) {
    let isFirst = true;
    whole.forEachChild((child) => {
      if (child.pos < part.pos && !isInert(child)) isFirst = false;
      return undefined;
    });
    return isFirst;
  }
  return false;
}

/** Expressions and statements that evaluate all their parts, once and in order. */
function isUnconditional(node: ast.Node): boolean {
  switch (node.kind) {
    case ast.SyntaxKind.ArrayLiteralExpression:
    case ast.SyntaxKind.AsExpression:
    case ast.SyntaxKind.AwaitExpression:
    case ast.SyntaxKind.CallExpression:
    case ast.SyntaxKind.ExpressionStatement:
    case ast.SyntaxKind.NewExpression:
    case ast.SyntaxKind.NonNullExpression:
    case ast.SyntaxKind.ObjectLiteralExpression:
    case ast.SyntaxKind.ParenthesizedExpression:
    case ast.SyntaxKind.PropertyAccessExpression:
    case ast.SyntaxKind.PropertyAssignment:
    case ast.SyntaxKind.ReturnStatement:
    case ast.SyntaxKind.SpreadElement:
    case ast.SyntaxKind.VariableDeclaration:
    case ast.SyntaxKind.VariableDeclarationList:
    case ast.SyntaxKind.VariableStatement:
      return true;
    default:
      return ast.isBinaryExpression(node) && node.operatorToken.kind === ast.SyntaxKind.EqualsToken;
  }
}

/** Names, members of names, literals, and what holds nothing else. */
function isInert(node: ast.Node): boolean {
  if (ast.isCallExpression(node) || ast.isNewExpression(node) || ast.isAwaitExpression(node)) {
    return false;
  }
  if (isFunction(node)) return true;
  let inert = !ast.isBinaryExpression(node) && !ast.isTaggedTemplateExpression(node);
  node.forEachChild((child) => {
    inert &&= isInert(child);
    return undefined;
  });
  return inert;
}

/** Lines within a template literal are content, which moving the code would change. */
function hasLongTemplate(node: ast.Node): boolean {
  if (ast.isNoSubstitutionTemplateLiteral(node) || ast.isTemplateExpression(node)) {
    if (node.getText().includes('\n')) return true;
  }
  let found = false;
  node.forEachChild((child) => {
    found ||= hasLongTemplate(child);
    return undefined;
  });
  return found;
}
