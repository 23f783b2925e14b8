/** Private fields that are written and never read. */
import * as ast from '#ast';
import { leafAt, mentions } from '../names/occurrences.ts';
import { hasModifier, isAssignment } from '../shape/syntax.ts';

/** The values that a private field is given, if nothing in its class ever reads it. */
export function unreadValues(field: ast.PropertyDeclaration): readonly ast.Expression[] {
  const { name, initializer, parent } = field;
  if (!isPrivate(field) || field.modifiers?.some(ast.isDecorator)) return [];
  const values = initializer === undefined ? [] : [initializer];
  const { text } = parent.getSourceFile();
  for (const offset of mentions(name.getText(), text, parent.pos, parent.end)) {
    const leaf = leafAt(parent, offset);
    if (leaf === name || leaf.getStart() !== offset) continue;
    const value = valueWritten(leaf);
    if (value === undefined) return [];
    values.push(value);
  }
  return values;
}

function isPrivate(field: ast.PropertyDeclaration): boolean {
  if (ast.isPrivateIdentifier(field.name)) return true;
  return ast.isIdentifier(field.name) && hasModifier(field, ast.SyntaxKind.PrivateKeyword);
}

/** The value in the statement `this.field = value;`. */
function valueWritten(leaf: ast.Node): ast.Expression | undefined {
  const access = leaf.parent;
  if (!ast.isPropertyAccessExpression(access) || access.name !== leaf) return undefined;
  const { parent } = access;
  const isWrite =
    access.expression.kind === ast.SyntaxKind.ThisKeyword &&
    isAssignment(parent) &&
    parent.left === access &&
    parent.operatorToken.kind === ast.SyntaxKind.EqualsToken &&
    ast.isExpressionStatement(parent.parent);
  return isWrite ? parent.right : undefined;
}
