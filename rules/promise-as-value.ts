import * as ast from '#ast';
import { type Context, defineRule } from '#engine';
import {
  awaitWhereMade,
  awaitWhereUsed,
  headOf,
  isMethodCall,
  isScript,
  mistaken,
  modulesIn,
  outcomesOf,
  unwrap,
} from '#facts';

/** Functions that make something else of their argument, and what becomes of a promise. */
const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ['String', 'this is `[object Promise]`'],
  ['Number', 'this is `NaN`'],
  ['parseInt', 'this is `NaN`'],
  ['parseFloat', 'this is `NaN`'],
]);

/**
 * A promise is used as if it were the value it resolves to. Text reads `[object Promise]`, numbers become `NaN`, copies are
 * empty, comparisons never hold: nothing fails, and wrong data goes on.
 */
export default defineRule({
  id: 'promise-as-value',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A promise is used as text, as a number, as an object or as a key.',
  advice: 'Put `await` before it, so that the value is used and not its promise.',
  replaces: [
    '@typescript-eslint/restrict-template-expressions',
    '@typescript-eslint/restrict-plus-operands',
    '@typescript-eslint/no-base-to-string',
  ],
  honours: ['@typescript-eslint/no-misused-promises', 'biome/noMisusedPromises'],

  callees: ['stringify', ...CONVERSIONS.keys()],
  visit: {
    TemplateSpan({ expression, parent }, context) {
      if (ast.isTaggedTemplateExpression(parent.parent)) return;
      check(expression, 'the text reads `[object Promise]`', context);
    },
    BinaryExpression: (expression, context) => checkOperation(expression, context),
    PrefixUnaryExpression({ operator, operand }, context) {
      if (SIGNS.has(operator) && !ast.isNumericLiteral(operand))
        check(operand, 'this is `NaN`', context);
    },
    SpreadAssignment: ({ expression }, context) => {
      check(expression, 'spreading it adds nothing', context);
    },
    SpreadElement({ expression }, context) {
      if (inScript(context)) check(expression, 'spreading it throws', context);
    },
    CallExpression: (call, context) => checkConversion(call, context),
    ThrowStatement({ expression }, context) {
      if (isSuspending(expression)) return;
      check(expression, 'what is thrown is no error', context);
    },
    SwitchStatement({ expression }, context) {
      if (inScript(context)) check(expression, 'no `case` matches', context);
    },
    CaseClause({ expression }, context) {
      if (inScript(context)) check(expression, 'this `case` never matches', context);
    },
    ComputedPropertyName: ({ expression }, context) => checkKey(expression, context),
    ElementAccessExpression({ argumentExpression }, context) {
      if (inScript(context)) checkKey(argumentExpression, context);
    },
    ForInStatement({ expression }, context) {
      check(expression, 'this loop never runs', context);
    },
    ForOfStatement({ awaitModifier, expression }, context) {
      if (awaitModifier !== undefined || !inScript(context)) return;
      check(expression, 'this loop throws', context);
    },
  },
});

type RuleContext = Context<Readonly<Record<never, never>>>;

/** Where no compiler looks: in TypeScript it refuses these by itself, and nobody has to ask it for types. */
function inScript({ source }: RuleContext): boolean {
  return isScript(source.file);
}

const SIGNS = new Set<ast.SyntaxKind>([
  ast.SyntaxKind.PlusToken,
  ast.SyntaxKind.MinusToken,
  ast.SyntaxKind.TildeToken,
]);
const SUMS = new Set([ast.SyntaxKind.PlusToken, ast.SyntaxKind.PlusEqualsToken]);
const EQUALITIES = new Set([
  ast.SyntaxKind.EqualsEqualsToken,
  ast.SyntaxKind.EqualsEqualsEqualsToken,
  ast.SyntaxKind.ExclamationEqualsToken,
  ast.SyntaxKind.ExclamationEqualsEqualsToken,
]);
const ORDERS = new Set([
  ast.SyntaxKind.LessThanToken,
  ast.SyntaxKind.LessThanEqualsToken,
  ast.SyntaxKind.GreaterThanToken,
  ast.SyntaxKind.GreaterThanEqualsToken,
]);
const ARITHMETIC = new Set([
  ast.SyntaxKind.MinusToken,
  ast.SyntaxKind.AsteriskToken,
  ast.SyntaxKind.AsteriskAsteriskToken,
  ast.SyntaxKind.SlashToken,
  ast.SyntaxKind.PercentToken,
  ast.SyntaxKind.MinusEqualsToken,
  ast.SyntaxKind.AsteriskEqualsToken,
  ast.SyntaxKind.AsteriskAsteriskEqualsToken,
  ast.SyntaxKind.SlashEqualsToken,
  ast.SyntaxKind.PercentEqualsToken,
]);

/** Reports every promise among the values that an expression may have, or those that pass a further test. */
function check(
  expression: ast.Expression,
  consequence: string,
  { facts, report }: RuleContext,
  isWrong: () => boolean = () => true,
): void {
  const promises = outcomesOf(expression).filter((one) => facts.isUnnoticedPromise(one));
  if (promises.length === 0 || !isWrong()) return;
  for (const promise of promises) {
    report(headOf(promise), {
      message: mistaken(promise, consequence),
      fixes: () => [awaitWhereMade(promise, facts), awaitWhereUsed(promise, facts)],
    });
  }
}

function checkOperation(operation: ast.BinaryExpression, context: RuleContext): void {
  const { kind } = operation.operatorToken;
  if (!SUMS.has(kind) && !inScript(context)) return;
  const consequence = consequenceOf(kind);
  if (consequence === undefined) return;
  const { left, right } = operation;
  // Flow's `new Promise<T>(…)` reads like a comparison where types are not expected.
  if (ORDERS.has(kind) && ast.isNewExpression(left)) return;
  const isEquality = EQUALITIES.has(kind);
  if (!isAssigning(kind)) {
    check(left, consequence, context, () => !isEquality || isPlain(right, context));
  }
  check(right, consequence, context, () => !isEquality || isPlain(left, context));
}

/** What an operator makes of a promise. */
function consequenceOf(kind: ast.SyntaxKind): string | undefined {
  if (SUMS.has(kind)) return '`+` makes `[object Promise]` of it';
  if (ARITHMETIC.has(kind)) return 'this is `NaN`';
  if (ORDERS.has(kind)) return 'this is always false';
  if (!EQUALITIES.has(kind)) return undefined;
  const isNot =
    kind === ast.SyntaxKind.ExclamationEqualsToken ||
    kind === ast.SyntaxKind.ExclamationEqualsEqualsToken;
  return `this is always ${isNot ? 'true' : 'false'}`;
}

function isAssigning(kind: ast.SyntaxKind): boolean {
  return kind >= ast.SyntaxKind.EqualsToken && kind <= ast.SyntaxKind.CaretEqualsToken;
}

/**
 * Whether one side of `===` is a text, a number or the like: two promises are compared to tell whether they are the same,
 * and whether there is one at all is another rule's matter.
 */
function isPlain(side: ast.Expression, { facts }: RuleContext): boolean {
  const at = unwrap(side);
  if (at.kind === ast.SyntaxKind.NullKeyword || ast.isVoidExpression(at)) return false;
  if (ast.isIdentifier(at) && at.text === 'undefined') return false;
  return (
    ast.isLiteralExpression(at) ||
    ast.isTemplateExpression(at) ||
    facts.plainness.isPrimitive(facts.typeOf(at))
  );
}

function checkKey(key: ast.Expression, context: RuleContext): void {
  if (!ast.isLiteralExpression(key)) check(key, 'the key is `[object Promise]`', context);
}

/** `String(p)`, `Number(p)`, `JSON.stringify(p)` and `JSON.stringify({ p })`. */
function checkConversion(call: ast.CallExpression, context: RuleContext): void {
  const callee = call.expression;
  if (ast.isPropertyAccessExpression(callee)) {
    if (callee.name.text !== 'stringify') return;
    if (callee.expression.getText() !== 'JSON' || !isGlobal(callee.expression, context)) return;
    const [value] = call.arguments;
    for (const one of value === undefined ? [] : writtenIn(value)) {
      check(one, '`JSON.stringify` writes `{}`', context);
    }
  } else if (ast.isIdentifier(callee)) {
    const consequence = CONVERSIONS.get(callee.text);
    if (consequence === undefined || !isGlobal(callee, context)) return;
    const [value] = call.arguments;
    if (value !== undefined) check(value, consequence, context);
  }
}

function isGlobal(node: ast.Expression, { facts }: RuleContext): boolean {
  return ast.isIdentifier(node) && facts.origins.localOf(node) === undefined;
}

/** A value, or what stands in an object or array that is written in place. */
function writtenIn(value: ast.Expression): readonly ast.Expression[] {
  const at = unwrap(value);
  if (ast.isArrayLiteralExpression(at)) return at.elements.flatMap(writtenIn);
  if (!ast.isObjectLiteralExpression(at)) return ast.isSpreadElement(at) ? [] : [at];
  return at.properties.flatMap((property) => {
    if (ast.isPropertyAssignment(property)) return writtenIn(property.initializer);
    const isShort = ast.isShorthandPropertyAssignment(property);
    return isShort && ast.isIdentifier(property.name) ? [property.name] : [];
  });
}

/** React and its like wait for a promise that is thrown at them; so does whoever throws a chain. */
function isSuspending(thrown: ast.Expression): boolean {
  const file = thrown.getSourceFile();
  if (/\.[jt]sx$/.test(file.fileName)) return true;
  if (['react', 'preact', 'solid-js'].some((name) => modulesIn(file).has(name))) return true;
  const at = unwrap(thrown);
  return ast.isNewExpression(at) || isMethodCall(at, 'then', 'catch', 'finally');
}
