/** How often a place in a function is come by: what fills a cache is done once, or once a key; some is for developers. */
import * as ast from '#ast';
import { namesOf } from '../names/names.ts';
import { calleeName } from '../shape/slots.ts';
import {
  collect,
  contains,
  type FunctionNode,
  isAssignment,
  isMethodCall,
  unwrap,
} from '../shape/syntax.ts';

/**
 * `once`: until a variable is filled. `keyed`: once for each key of a map or object. `development`: not where the program
 * serves anybody. `asked`: for some of the lines that a logger is given, as its caller says.
 */
export type Rarity = 'always' | 'once' | 'keyed' | 'development' | 'asked';

/** How often a node in a function is come by, by what is tested before it and filled after it. */
export function rarityOf(node: ast.Node, fn: FunctionNode): Rarity {
  const { body } = fn;
  if (body === undefined || !contains(body, node)) return 'always';
  const tests = testsBefore(node, fn);
  if (tests.length === 0) return 'always';
  if (tests.some(isOfDevelopment)) return 'development';
  if (isOfLogger(fn) && tests.some((test) => isAbout(test, fn))) return 'asked';
  if (tests.some((test) => isMadeAsMissing(node, test))) return 'keyed';
  const looked = lookedUpIn(fn);
  const places = tests.flatMap((test) => emptyBy(test) ?? []);
  const empty = new Set(places.map((place) => looked.get(place) ?? place));
  const locals = localsOf(fn);
  const filled = filledIn(body).filter(({ place }) => {
    return empty.has(place) && !locals.has(/^[\w$]+/.exec(place)?.[0] ?? '');
  });
  if (filled.length === 0) return 'always';
  return filled.some(({ keyed }) => !keyed) ? 'once' : 'keyed';
}

/** A condition, as far as it can be taken apart, and how it comes out. */
interface Test {
  readonly condition: ast.Expression;
  readonly holds: boolean;
}

/** Names that mean something new each time the function is called. */
function localsOf({ body, parameters }: FunctionNode): ReadonlySet<string> {
  const declared = body === undefined ? [] : collect(body, ast.isVariableDeclaration);
  return new Set([...declared, ...parameters].flatMap(({ name }) => namesOf(name)));
}

/** How tests come out when a node is come by. */
function testsBefore(node: ast.Node, fn: FunctionNode): readonly Test[] {
  const tests: Test[] = [];
  for (let at = node; at !== fn && at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ast.isIfStatement(parent)) {
      if (at !== parent.expression) {
        tests.push(...apart(parent.expression, at === parent.thenStatement));
      }
    } else if (ast.isConditionalExpression(parent)) {
      if (at !== parent.condition) tests.push(...apart(parent.condition, at === parent.whenTrue));
    } else if (ast.isBinaryExpression(parent) && at === parent.right) {
      if (FALLBACKS.has(parent.operatorToken.kind)) tests.push(...apart(parent.left, false));
    } else if (ast.isBlock(parent)) {
      for (const statement of parent.statements) {
        if (statement === at) break;
        const isLeft = ast.isIfStatement(statement) && leaves(statement.thenStatement);
        if (isLeft) tests.push(...apart(statement.expression, false));
      }
    }
  }
  return tests;
}

/** `!a`, `a && b` that holds and `a || b` that does not are told by their parts; of others each part may matter. */
function apart(condition: ast.Expression, holds: boolean): readonly Test[] {
  const at = unwrap(condition);
  if (ast.isPrefixUnaryExpression(at) && at.operator === ast.SyntaxKind.ExclamationToken) {
    return apart(at.operand, !holds);
  }
  if (!ast.isBinaryExpression(at) || !JOINTS.has(at.operatorToken.kind)) {
    return [{ condition: at, holds }];
  }
  return [...apart(at.left, holds), ...apart(at.right, holds)];
}

const JOINTS = new Set([ast.SyntaxKind.AmpersandAmpersandToken, ast.SyntaxKind.BarBarToken]);

const PRODUCTION = /production|\bis_?prod/i;
const DEVELOPMENT =
  /development|\bis_?dev|__DEV__|\bis_?test|\b(?:NODE_ENV|ENVIRONMENT)\b.*['"]test['"]/i;

/** `NODE_ENV !== 'production'`, or that it is not equal to it otherwise. */
function isOfDevelopment({ condition, holds }: Test): boolean {
  const text = condition.getText();
  const isUnequal = ast.isBinaryExpression(condition) && UNEQUAL.has(condition.operatorToken.kind);
  if (PRODUCTION.test(text)) return isUnequal === holds;
  return DEVELOPMENT.test(text) && isUnequal !== holds;
}

function isOfLogger({ parent }: FunctionNode): boolean {
  if (!ast.isClassDeclaration(parent) && !ast.isClassExpression(parent)) return false;
  return /(?:^|[a-z])Log(?:ger)?$/.test(parent.name?.text ?? '');
}

/** Whether a test is about what a function is given, or what that was worked out from. */
function isAbout({ condition }: Test, { body, parameters }: FunctionNode): boolean {
  const given = new Set(parameters.flatMap(({ name }) => namesOf(name)));
  const mentions = (node: ast.Node) => {
    return collect(node, ast.isIdentifier).some(({ text }) => given.has(text));
  };
  for (const { name, initializer } of body ? collect(body, ast.isVariableDeclaration) : []) {
    if (initializer && mentions(initializer)) for (const one of namesOf(name)) given.add(one);
  }
  return mentions(condition);
}

/** Where the values of variables were looked up: `cache` for `hit` in `const hit = cache.get(key)`. */
function lookedUpIn({ body }: FunctionNode): ReadonlyMap<string, string> {
  const declared = body === undefined ? [] : collect(body, ast.isVariableDeclaration);
  return new Map(
    declared.flatMap(({ name, initializer }) => {
      const value = initializer && unwrap(initializer);
      const isLookedUp =
        value && (isMethodCall(value, 'has', 'get') || ast.isElementAccessExpression(value));
      return isLookedUp ? [[name.getText(), placeOf(value)] as const] : [];
    }),
  );
}

/** `a ?? b`, `a || b`, `a ??= b`, `a ||= b`: the right side is for when the left is empty. */
const FALLBACKS = new Set([
  ast.SyntaxKind.QuestionQuestionToken,
  ast.SyntaxKind.BarBarToken,
  ast.SyntaxKind.QuestionQuestionEqualsToken,
  ast.SyntaxKind.BarBarEqualsToken,
]);

function leaves(statement: ast.Statement): boolean {
  const last = ast.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ast.isReturnStatement(last) || ast.isThrowStatement(last));
}

/** The place that is empty when a test comes out as it does: `x`, `x === undefined`, `map.has(key)`. */
function emptyBy({ condition, holds }: Test): string | undefined {
  if (!ast.isBinaryExpression(condition)) return holds ? undefined : placeOf(condition);
  const { left, operatorToken, right } = condition;
  if (!/^(undefined|null|-1|'undefined'|"undefined")$/.test(right.getText())) return undefined;
  const isEmpty = EQUAL.has(operatorToken.kind) ? holds : UNEQUAL.has(operatorToken.kind) && !holds;
  return isEmpty ? placeOf(ast.isTypeOfExpression(left) ? left.expression : left) : undefined;
}

const EQUAL = new Set([ast.SyntaxKind.EqualsEqualsToken, ast.SyntaxKind.EqualsEqualsEqualsToken]);

const UNEQUAL = new Set([
  ast.SyntaxKind.ExclamationEqualsToken,
  ast.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Whether a call makes what a lookup before it did not find: `if (!getRoom(id)) addRoom(id, …)`. */
function isMadeAsMissing(node: ast.Node, { condition, holds }: Test): boolean {
  const looked = unwrap(condition);
  if (holds || !ast.isCallExpression(looked) || !ast.isCallExpression(node)) return false;
  const [, wanted] = /^(?:get|find|has|look[Uu]p)([A-Z]\w*)$/.exec(calleeName(looked) ?? '') ?? [];
  const [, made] = MAKES.exec(calleeName(node) ?? '') ?? [];
  if (wanted === undefined || wanted !== made || ownerOf(looked) !== ownerOf(node)) return false;
  const [key] = looked.arguments;
  const text = key?.getText();
  const isKey = (part: ast.Node): part is ast.Node => part.getText() === text;
  return text !== undefined && node.arguments.some((given) => collect(given, isKey).length > 0);
}

const MAKES = /^(?:add|create|ensure|insert|make|register|save|set|store)([A-Z]\w*)$/;

/** What a method is called on, as it is written. */
function ownerOf({ expression }: ast.CallExpression): string | undefined {
  return ast.isPropertyAccessExpression(expression) ? expression.expression.getText() : undefined;
}

/** A variable or property as it is written; the whole of a map or object for what is kept in it. */
function placeOf(value: ast.Expression): string {
  const at = unwrap(value);
  if (isMethodCall(at, 'has', 'get')) return at.expression.expression.getText();
  return ast.isElementAccessExpression(at) ? at.expression.getText() : at.getText();
}

interface Filled {
  readonly place: string;
  readonly keyed: boolean;
}

/** What code below a node fills: `x = …`, `x[key] = …`, `x.set(key, …)`, `x.add(key)`. */
function filledIn(body: ast.Node): readonly Filled[] {
  const isFilling = (node: ast.Node): node is ast.BinaryExpression | ast.CallExpression =>
    isAssignment(node) || isMethodCall(node, 'set', 'add');
  return collect(body, isFilling, { intoFunctions: true }).map((node) => {
    if (!ast.isBinaryExpression(node)) {
      return { place: ownerOf(node) ?? '', keyed: true };
    }
    const left = unwrap(node.left);
    return { place: placeOf(left), keyed: ast.isElementAccessExpression(left) };
  });
}
