/** Awaits in a row, of a call and of promises that are under way already, and how to write them as one. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { indentOf, statementsOf, unwrap } from '../shape/syntax.ts';

/** Longest line that is written. */
const WIDTH = 100;

/** A statement that is nothing but `await x;` or `const y = await x;`. */
interface Wait {
  readonly statement: ast.Statement;
  readonly operand: ast.Expression;
  /** `const` and the name or pattern, where the value is kept. */
  readonly keyword: string | undefined;
  readonly target: string;
}

/**
 * Makes `const a = await f(); const b = await promise;` into one `await Promise.all([…])`, with all awaits of plain names that
 * follow; nothing unless one of them is that of `name`.
 */
export function gatherWaits(first: ast.Node, name: string): readonly Edit[] | undefined {
  const waits = waitsFrom(first);
  const head = waits[0];
  const last = waits.at(-1);
  if (head === undefined || last === undefined || waits.length < 2) return undefined;
  if (!waits.slice(1).some(({ operand }) => ast.isIdentifier(operand) && operand.text === name)) {
    return undefined;
  }
  const { text } = head.statement.getSourceFile();
  const start = head.statement.getStart();
  if (hasComments(waits, text)) return undefined;
  const written = writtenAs(waits, indentOf(head.statement));
  return written === undefined
    ? undefined
    : [edit.range(first, start, last.statement.end, written)];
}

function waitsFrom(first: ast.Node): readonly Wait[] {
  let statement = first;
  while (statement.parent !== undefined && !ast.isStatement(statement))
    statement = statement.parent;
  const head = waitIn(statement);
  if (head === undefined || head.operand.parent !== first) return [];
  const statements = statementsOf(statement.parent) ?? [];
  const waits = [head];
  for (const next of statements.filter(({ pos }) => pos >= statement.end)) {
    const wait = waitIn(next);
    if (wait === undefined || !ast.isIdentifier(wait.operand)) break;
    waits.push(wait);
  }
  return waits;
}

function waitIn(statement: ast.Node): Wait | undefined {
  if (ast.isExpressionStatement(statement)) {
    const { expression } = statement;
    if (!ast.isAwaitExpression(expression)) return undefined;
    return { statement, operand: operandOf(expression), keyword: undefined, target: '' };
  }
  if (!ast.isVariableStatement(statement) || statement.modifiers?.length) return undefined;
  const { declarationList } = statement;
  const [declaration, ...others] = declarationList.declarations;
  if (declaration === undefined || others.length > 0 || declaration.type !== undefined) {
    return undefined;
  }
  if ((declarationList.flags & ast.NodeFlags.Using) !== 0) return undefined;
  const { name, initializer } = declaration;
  if (initializer === undefined || !ast.isAwaitExpression(initializer)) return undefined;
  const [keyword] = declarationList.getText().split(/\s/);
  return { statement, operand: operandOf(initializer), keyword, target: name.getText() };
}

function operandOf({ expression }: ast.AwaitExpression): ast.Expression {
  const at = unwrap(expression);
  return ast.isIdentifier(at) ? at : expression;
}

function hasComments(waits: readonly Wait[], text: string): boolean {
  return waits.slice(1).some(({ statement }, index) => {
    const before = waits[index]?.statement.end ?? statement.pos;
    return /\/[/*]/.test(text.slice(before, statement.getStart()));
  });
}

function writtenAs(waits: readonly Wait[], indent: string): string | undefined {
  const keywords = [...new Set(waits.flatMap(({ keyword }) => keyword ?? []))];
  if (keywords.length > 1) return undefined;
  const targets = waits.map(({ target }) => target);
  while (targets.at(-1) === '') targets.pop();
  const [keyword] = keywords;
  const before = keyword === undefined ? '' : `${keyword} [${targets.join(', ')}] = `;
  const end = waits[0]?.statement.getText().endsWith(';') ? ';' : '';
  const operands = waits.map(({ operand }) => operand.getText());
  const line = `${before}await Promise.all([${operands.join(', ')}])${end}`;
  if (!line.includes('\n') && indent.length + line.length <= WIDTH) return line;
  if (operands.some((one) => one.includes('\n'))) return undefined;
  const unit = indent.startsWith('\t') ? '\t' : '  ';
  const lines = operands.map((one) => `\n${indent}${unit}${one},`).join('');
  return `${before}await Promise.all([${lines}\n${indent}])${end}`;
}
