/** Statements that hand a result on to a collection: `xs.push(x)`, `xs.push(...more)`, `set.add(x)`, `map.set(k, v)`, `record[k] = v`. */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { isMethodCall, unwrap } from '../shape/syntax.ts';

/** One such statement. */
export interface Collecting {
  readonly statement: ast.Statement;
  /** `spread` is `xs.push(...values)`. */
  readonly how: 'push' | 'spread' | 'add' | 'set' | 'assign';
  /** The collection where it is named. */
  readonly name: ast.Identifier;
  /** The variable that holds the collection. */
  readonly declaration: ast.Node;
  readonly key: ast.Expression | undefined;
  readonly value: ast.Expression;
}

/** What a statement hands on, if that is all it does. */
export function collectingAt(statement: ast.Statement, scopes: Scopes): Collecting | undefined {
  if (!ast.isExpressionStatement(statement)) return undefined;
  const parts = called(unwrap(statement.expression)) ?? assigned(unwrap(statement.expression));
  const declaration = parts && scopes.declarationOf(parts.name);
  if (parts === undefined || declaration === undefined) return undefined;
  return { statement, declaration, ...parts };
}

type Parts = Pick<Collecting, 'how' | 'name' | 'key' | 'value'>;

function called(node: ast.Expression): Parts | undefined {
  if (!isMethodCall(node, 'push', 'add', 'set')) return undefined;
  const { expression: name, name: method } = node.expression;
  const [first, second, ...more] = node.arguments;
  if (!ast.isIdentifier(name) || first === undefined || more.length > 0) return undefined;
  if (ast.isSpreadElement(first)) {
    const isOne = method.text === 'push' && second === undefined;
    return isOne ? { how: 'spread', name, key: undefined, value: first.expression } : undefined;
  }
  if (method.text === 'set') {
    return second && { how: 'set', name, key: first, value: second };
  }
  if (second !== undefined) return undefined;
  return { how: method.text === 'push' ? 'push' : 'add', name, key: undefined, value: first };
}

function assigned(node: ast.Expression): Parts | undefined {
  if (!ast.isBinaryExpression(node)) return undefined;
  if (node.operatorToken.kind !== ast.SyntaxKind.EqualsToken) return undefined;
  const left = unwrap(node.left);
  if (!ast.isElementAccessExpression(left)) return undefined;
  const { expression: name, argumentExpression: key } = left;
  return ast.isIdentifier(name) ? { how: 'assign', name, key, value: node.right } : undefined;
}
