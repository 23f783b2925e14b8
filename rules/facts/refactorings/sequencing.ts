/** Makes `await Promise.all([f(), g()])` into `await f()` and `await g()`, comments kept. */
import * as ast from '#ast';
import { applyEdits, edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isScript } from '../names/modules.ts';
import { outdentLines } from '../shape/indenting.ts';
import {
  enclosingFunction,
  indentOf,
  type MethodCall,
  statementsOf,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';

/** The edits, where each promise of the list is made in place and each result has a place of its own. */
export function sequenceEdits(call: MethodCall): readonly Edit[] | undefined {
  const [list, more] = call.arguments;
  if (call.expression.name.text !== 'all' || more !== undefined) return undefined;
  // Types that are written to the call have no place elsewhere, and may be wider than those of the results.
  if (call.typeArguments !== undefined) return undefined;
  if (list === undefined || !ast.isArrayLiteralExpression(list)) return undefined;
  if (list.elements.length < 2 || !list.elements.every(isMadeHere)) return undefined;
  const { parent } = wrapped(call);
  const value = ast.isAwaitExpression(parent) ? parent : call;
  if (takesTuple(value)) return inPlace(value, list);
  const statement = statementRound(value);
  const heads = statement && headsOf(statement, list.elements.length);
  return heads && inLines(statement, heads, list);
}

/** What was started before, and is only waited for here, runs at the same time all the same. */
function isMadeHere(element: ast.Expression): boolean {
  return ast.isCallExpression(unwrap(element));
}

/** `return await …` where the type is written, and `[a, b] = await …`: an array there is as good as a tuple. */
function takesTuple(value: ast.Expression): boolean {
  const { parent } = wrapped(value);
  if (ast.isReturnStatement(parent)) {
    const isJs = isScript(value.getSourceFile().fileName);
    return isJs || enclosingFunction(value)?.type !== undefined;
  }
  if (!ast.isAwaitExpression(value) || !ast.isBinaryExpression(parent)) return false;
  const isAssigned = parent.operatorToken.kind === ast.SyntaxKind.EqualsToken;
  return isAssigned && ast.isArrayLiteralExpression(parent.left);
}

/** Makes `await Promise.all([f(), g()])` into `[await f(), await g()]`. */
function inPlace(
  value: ast.Expression,
  list: ast.ArrayLiteralExpression,
): readonly Edit[] | undefined {
  const { text } = value.getSourceFile();
  const stretches = [
    [value.getStart(), list.getStart()],
    [list.end, value.end],
  ] as const;
  if (stretches.some(([from, to]) => /\/[/*]/.test(text.slice(from, to)))) return undefined;
  return [
    ...stretches.map(([from, to]) => edit.range(value, from, to, '')),
    ...list.elements.map((one) => edit.before(one, 'await ')),
  ];
}

/** The statement of a block that does nothing but wait, or take the results. */
function statementRound(value: ast.Expression): ast.Statement | undefined {
  if (!ast.isAwaitExpression(value)) return undefined;
  const { parent } = wrapped(value);
  const at = ast.isVariableDeclaration(parent) ? parent.parent.parent : parent;
  const isWhole = ast.isVariableStatement(at) || ast.isExpressionStatement(at);
  return isWhole && statementsOf(at.parent) !== undefined ? at : undefined;
}

/** What stands before each `await`: `const a = `, or nothing. */
function headsOf(statement: ast.Statement, count: number): readonly string[] | undefined {
  if (!ast.isVariableStatement(statement)) return Array.from({ length: count }, () => '');
  const [declaration, more] = statement.declarationList.declarations;
  if (declaration === undefined || more || statement.modifiers?.length) return undefined;
  if (!ast.isArrayBindingPattern(declaration.name)) return undefined;
  const names = declaration.name.elements.map(nameOf);
  const types = typesOf(declaration.type, count);
  if (names.length > count || types === undefined || names.includes(undefined)) return undefined;
  const keyword = /^\w+/.exec(statement.declarationList.getText())?.[0] ?? 'const';
  return Array.from({ length: count }, (_, index) => {
    const name = names[index] ?? '';
    return name === '' ? '' : `${keyword} ${name}${types[index] ?? ''} = `;
  });
}

/** What takes one result: the empty text for a hole, nothing for what takes more or has a default. */
function nameOf(element: ast.Node): string | undefined {
  if (!ast.isBindingElement(element) || element.name === undefined) return '';
  const isPlain = element.dotDotDotToken === undefined && element.initializer === undefined;
  return isPlain ? element.name.getText() : undefined;
}

/** `: A` for each result, of `: [A, B]`. */
function typesOf(type: ast.TypeNode | undefined, count: number): readonly string[] | undefined {
  if (type === undefined) return [];
  if (!ast.isTupleTypeNode(type) || type.elements.length !== count) return undefined;
  const isPlain = type.elements.every((one) => /^[^:?.]+$/.test(one.getText()));
  return isPlain ? type.elements.map((one) => `: ${one.getText()}`) : undefined;
}

function inLines(
  statement: ast.Statement,
  heads: readonly string[],
  list: ast.ArrayLiteralExpression,
): readonly Edit[] | undefined {
  const end = statement.getText().endsWith(';') ? ';' : '';
  const lines = list.elements.flatMap((element, index) => {
    const { above, text, beside } = pieceOf(element, statement);
    return [...above, `${heads[index] ?? ''}await ${text}${end}${beside}`];
  });
  const changed = lines.join(`\n${indentOf(statement)}`);
  // A comment at a place that nothing here looks at would be lost.
  if (commentsIn(changed) !== commentsIn(statement.getText())) return undefined;
  return [edit.replace(statement, changed)];
}

function commentsIn(code: string): number {
  return code.match(/\/[/*]/g)?.length ?? 0;
}

/** One promise of the list, moved to where the statement begins, with the comments above and beside it. */
interface Piece {
  readonly above: readonly string[];
  readonly text: string;
  readonly beside: string;
}

function pieceOf(element: ast.Expression, statement: ast.Statement): Piece {
  const { text } = element.getSourceFile();
  const after = element.end + (/^\s*,/.exec(text.slice(element.end))?.[0].length ?? 0);
  const above = ast.getLeadingCommentRanges(text, element.pos) ?? [];
  const besideEnd = ast.getTrailingCommentRanges(text, after)?.at(-1)?.end ?? after;
  const start = element.getStart();
  const indent = indentOf(element).slice(indentOf(statement).length);
  const moved = outdentLines({ node: element, start, end: element.end }, indent).map((one) => {
    return { ...one, start: one.start - start, end: one.end - start };
  });
  return {
    above: above.map(({ pos, end }) => text.slice(pos, end)),
    text: applyEdits(element.getText(), moved),
    beside: text.slice(after, besideEnd),
  };
}
