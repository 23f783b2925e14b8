/** Rewrites loops that wait for promises one by one into loops over what `Promise.all` gives. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { usesOf } from '../names/names.ts';
import { isPostfix, unwrap } from '../shape/syntax.ts';
import { partsOf } from './loop-parts.ts';

/**
 * Edits that make `for (const p of ps) use(await p);` into `for (const p of await Promise.all(ps)) use(p);`, and so for
 * `for await`. Loops that end early, hand values out or catch each failure by itself stay as they are.
 */
export function gatherLoopEdits(
  loop: ast.ForOfStatement,
  awaits: readonly ast.AwaitExpression[],
): readonly Edit[] | undefined {
  const { exits, yields, tries } = partsOf(loop);
  if (yields.length > 0 || exits.some((exit) => !ast.isThrowStatement(exit))) return undefined;
  const head = [
    edit.before(loop.expression, 'await Promise.all('),
    edit.after(loop.expression, ')'),
  ];
  if (loop.awaitModifier !== undefined) {
    const { text } = loop.getSourceFile();
    const end = ast.skipTrivia(text, loop.awaitModifier.end);
    return [edit.range(loop, loop.awaitModifier.getStart(), end, ''), ...head];
  }
  const name = itemOf(loop);
  if (name === undefined || tries.length > 0) return undefined;
  if (usesOf(name.text, loop.statement).length !== awaits.length) return undefined;
  const [first] = awaits;
  if (first === undefined) return undefined;
  if (isWhole(first, loop)) return [edit.replace(loop, wholeText(loop))];
  if (awaits.some(({ parent }) => ast.isExpressionStatement(parent))) return undefined;
  const renamed = awaits.length === 1 ? renaming(first, name) : undefined;
  return [...head, ...(renamed ?? awaits.map(withoutAwait))];
}

/** The name of the item, where it has one and no type is written to it. */
function itemOf({ initializer }: ast.ForOfStatement): ast.Identifier | undefined {
  if (!ast.isVariableDeclarationList(initializer)) return undefined;
  const [declaration] = initializer.declarations;
  if (declaration === undefined || declaration.type !== undefined) return undefined;
  return ast.isIdentifier(declaration.name) ? declaration.name : undefined;
}

/** Loops that do nothing but wait. */
function isWhole({ parent }: ast.AwaitExpression, { statement }: ast.ForOfStatement): boolean {
  if (!ast.isExpressionStatement(parent) || /\/[/*]/.test(statement.getText())) return false;
  if (parent === statement) return true;
  return ast.isBlock(statement) && statement.statements.length === 1 && parent.parent === statement;
}

function wholeText({ expression, statement }: ast.ForOfStatement): string {
  const end = /;\s*\}?$/.test(statement.getText()) ? ';' : '';
  return `await Promise.all(${expression.getText()})${end}`;
}

/** `const user = await p;` at the start of the body: the loop itself takes the name, and the statement goes. */
function renaming(first: ast.AwaitExpression, name: ast.Identifier): readonly Edit[] | undefined {
  const declaration = first.parent;
  if (!ast.isVariableDeclaration(declaration) || declaration.type !== undefined) return undefined;
  const list = declaration.parent;
  if (!ast.isVariableDeclarationList(list)) return undefined;
  const statement = list.parent;
  const body = statement.parent;
  if (!ast.isVariableStatement(statement) || !ast.isBlock(body)) return undefined;
  const isConstant = (list.flags & ast.NodeFlags.BlockScoped) === ast.NodeFlags.Const;
  if (!isConstant || body.statements[0] !== statement || body.statements.length === 1) {
    return undefined;
  }
  if (!ast.isForOfStatement(body.parent) || list.declarations.length > 1) return undefined;
  const open = body.getStart() + 1;
  const { text } = body.getSourceFile();
  const end = statement.end;
  if (/\/[/*]/.test(text.slice(open, end)) || !/^[ \t]*\r?\n/.test(text.slice(end))) {
    return undefined;
  }
  return [edit.replace(name, declaration.name.getText()), edit.range(body, open, end, '')];
}

function withoutAwait(node: ast.AwaitExpression): Edit {
  const { parent, expression } = node;
  const whole = ast.isParenthesizedExpression(parent) && isPostfix(expression) ? parent : node;
  return edit.replace(whole, unwrap(expression).getText());
}
