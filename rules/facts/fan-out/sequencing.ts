/** Edits that run the branches of `await Promise.all(…)` one after the other. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { usesOf } from '../names/names.ts';
import { loopEdits } from '../promises/unrolling.ts';
import { outdentLines } from '../shape/indenting.ts';
import { indentOf, isMethodCall, statementsOf, unwrap } from '../shape/syntax.ts';

/** Makes a statement that gathers into one statement for each branch, or into a loop. */
export function inSequenceEdits(call: ast.CallExpression): readonly Edit[] | undefined {
  const [list, ...more] = call.arguments;
  if (list === undefined || more.length > 0 || !ast.isAwaitExpression(call.parent))
    return undefined;
  const at = unwrap(list);
  const { parent } = call.parent;
  if (ast.isExpressionStatement(parent)) {
    if (isMethodCall(at, 'map')) return loopEdits(at, 'array', parent);
    if (ast.isIdentifier(at)) return fromAbove(at, parent);
    return ast.isArrayLiteralExpression(at) ? oneByOne(parent, at, []) : undefined;
  }
  if (!ast.isVariableDeclaration(parent) || !ast.isArrayLiteralExpression(at)) return undefined;
  const names = namesOf(parent);
  const statement = parent.parent.parent;
  if (names === undefined || names.length > at.elements.length) return undefined;
  if (!ast.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.length === 1
    ? oneByOne(statement, at, names)
    : undefined;
}

/** Makes `const list = xs.map(f);` right above the statement, which alone wants the list, into the loop. */
function fromAbove(list: ast.Identifier, statement: ast.Statement): readonly Edit[] | undefined {
  const statements = statementsOf(statement.parent) ?? [];
  const above = statements[statements.indexOf(statement) - 1];
  if (above === undefined || !ast.isVariableStatement(above) || above.modifiers?.length) {
    return undefined;
  }
  const { declarations, flags } = above.declarationList;
  const [{ name, initializer } = {}, ...more] = declarations;
  const made = initializer && unwrap(initializer);
  if (made === undefined || more.length > 0 || !isMethodCall(made, 'map')) return undefined;
  if (name?.getText() !== list.text || (flags & ast.NodeFlags.Const) === 0) return undefined;
  const uses = usesOf(list.text, statement.parent);
  if (uses.some((one) => one !== list && one !== name)) return undefined;
  const rest = statement.getSourceFile().text.slice(above.end, statement.end);
  const edits = /\/[/*]/.test(rest) ? undefined : loopEdits(made, 'array', above);
  return edits && [...edits, edit.range(statement, above.end, statement.end, '')];
}

/** The names that a pattern gives to what the branches give; an empty one where it leaves one out. */
function namesOf({ name, type }: ast.VariableDeclaration): readonly string[] | undefined {
  if (type !== undefined || !ast.isArrayBindingPattern(name)) return undefined;
  const names: string[] = [];
  for (const element of name.elements) {
    if (!ast.isBindingElement(element) || element.name === undefined) names.push('');
    else if (element.initializer || element.dotDotDotToken) return undefined;
    else names.push(element.name.getText());
  }
  return names;
}

/** What stands before, between and after the branches is replaced; they themselves stay as they are. */
function oneByOne(
  statement: ast.Statement,
  { elements }: ast.ArrayLiteralExpression,
  names: readonly string[],
): readonly Edit[] | undefined {
  if (statementsOf(statement.parent) === undefined || elements.length === 0) return undefined;
  if (!elements.every(isPlain)) return undefined;
  const { text } = statement.getSourceFile();
  const indent = indentOf(statement);
  const word = ast.isVariableStatement(statement) ? wordOf(statement) : '';
  const edits: Edit[] = [];
  let end = statement.getStart();
  for (const [index, element] of elements.entries()) {
    const start = element.getStart();
    if (/\/[/*]/.test(text.slice(end, start))) return undefined;
    const name = names[index] ?? '';
    const lead = `${name === '' ? '' : `${word} ${name} = `}await `;
    const before = index === 0 ? lead : `;\n${indent}${lead}`;
    edits.push(edit.range(statement, end, start, before), ...shifted(element, indent));
    end = element.end;
  }
  if (/\/[/*]/.test(text.slice(end, statement.end))) return undefined;
  return [...edits, edit.range(statement, end, statement.end, ';')];
}

/** Operands that `await` may stand before as they are. */
function isPlain(element: ast.Expression): boolean {
  return ast.isCallExpression(element) || ast.isIdentifier(element);
}

/** `const` or `let`. */
function wordOf({ declarationList }: ast.VariableStatement): string {
  return declarationList.getText().split(/\s/, 1)[0] ?? 'const';
}

/** A branch that stood on a line of its own moves to where the statement is. */
function shifted(element: ast.Expression, indent: string): readonly Edit[] {
  const own = indentOf(element);
  if (own === indent || !own.startsWith(indent)) return [];
  const stretch = { node: element, start: element.getStart(), end: element.end };
  return outdentLines(stretch, own.slice(indent.length));
}
