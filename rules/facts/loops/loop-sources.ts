/** What a loop goes through, and what stands for the item of one turn. */
import * as ast from '#ast';
import { usesOf } from '../names/names.ts';
import { unwrap } from '../shape/syntax.ts';
import type { Loop } from '../sizes/growth.ts';

/** The items of a loop, as a callback can be given them. */
export interface LoopSource {
  readonly items: ast.Expression;
  /** `items` has to be an array, as the loop counts up to its length. */
  readonly isCounted: boolean;
  /** The callback is given the index instead of the item. */
  readonly byIndex: boolean;
  /** What the callback is given, as a parameter: `user`, `{ id }: User`, `i`. */
  readonly parameter: string;
  /** The item's name where it has one. */
  readonly item: string | undefined;
  /** The statement that only names the item: `const user = users[i];` */
  readonly naming: ast.Statement | undefined;
}

/** What `for (const x of xs)` and `for (let i = 0; i < xs.length; i++)` go through. */
export function sourceOf(loop: Loop): LoopSource | undefined {
  if (ast.isForOfStatement(loop)) return ofItems(loop);
  return ast.isForStatement(loop) ? ofCount(loop) : undefined;
}

function ofItems({ initializer, expression: items }: ast.ForOfStatement): LoopSource | undefined {
  const declared = onlyOf(initializer);
  if (declared === undefined) return undefined;
  const item = ast.isIdentifier(declared.name) ? declared.name.text : undefined;
  const parameter = parameterFor(declared);
  return { items, isCounted: false, byIndex: false, parameter, item, naming: undefined };
}

function ofCount(loop: ast.ForStatement): LoopSource | undefined {
  const { initializer, condition, statement } = loop;
  const counter = initializer && onlyOf(initializer);
  if (counter === undefined || !ast.isIdentifier(counter.name)) return undefined;
  const { text: index } = counter.name;
  const items = condition && countedTo(condition, index);
  if (items === undefined || counter.initializer?.getText() !== '0') return undefined;
  if (!isStep(loop.incrementor, index)) return undefined;
  const named = namingOf(statement, `${items.getText()}[${index}]`);
  if (named !== undefined && usesOf(index, statement).length === 1) {
    const { declaration, statement: naming } = named;
    const item = ast.isIdentifier(declaration.name) ? declaration.name.text : undefined;
    const parameter = parameterFor(declaration);
    return { items, isCounted: true, byIndex: false, parameter, item, naming };
  }
  const item = undefined;
  return { items, isCounted: true, byIndex: true, parameter: index, item, naming: undefined };
}

function onlyOf(initializer: ast.ForInitializer): ast.VariableDeclaration | undefined {
  if (!ast.isVariableDeclarationList(initializer)) return undefined;
  const [declaration, more] = initializer.declarations;
  return more === undefined ? declaration : undefined;
}

function parameterFor({ name, type }: ast.VariableDeclaration): string {
  return type === undefined ? name.getText() : `${name.getText()}: ${type.getText()}`;
}

/** `xs` of `i < xs.length`. */
function countedTo(condition: ast.Expression, index: string): ast.Expression | undefined {
  if (!ast.isBinaryExpression(condition) || condition.left.getText() !== index) return undefined;
  if (condition.operatorToken.kind !== ast.SyntaxKind.LessThanToken) return undefined;
  const end = unwrap(condition.right);
  const isLength = ast.isPropertyAccessExpression(end) && end.name.text === 'length';
  return isLength && isNamed(end.expression) ? end.expression : undefined;
}

/** `xs`, `this.xs`: what gives the same whenever it is looked at. */
function isNamed(node: ast.Expression): boolean {
  if (ast.isPropertyAccessExpression(node)) return isNamed(node.expression);
  return ast.isIdentifier(node) || node.kind === ast.SyntaxKind.ThisKeyword;
}

function isStep(incrementor: ast.Expression | undefined, index: string): boolean {
  const text = incrementor?.getText().replace(/\s+/g, '');
  return text === `${index}++` || text === `++${index}` || text === `${index}+=1`;
}

/** `const user = users[i];` at the start of a body, no comment beside it. */
function namingOf(body: ast.Statement, item: string) {
  const [statement, next] = ast.isBlock(body) ? body.statements : [];
  if (statement === undefined || next === undefined) return undefined;
  if (!ast.isVariableStatement(statement) || hasCommentBeside(statement)) return undefined;
  const declaration = onlyOf(statement.declarationList);
  const value = declaration?.initializer && unwrap(declaration.initializer);
  const isConstant =
    (statement.declarationList.flags & ast.NodeFlags.BlockScoped) === ast.NodeFlags.Const;
  if (declaration === undefined || !isConstant || value?.getText() !== item) return undefined;
  return { declaration, statement };
}

function hasCommentBeside(statement: ast.Statement): boolean {
  const { text } = statement.getSourceFile();
  return (ast.getTrailingCommentRanges(text, statement.end)?.length ?? 0) > 0;
}
