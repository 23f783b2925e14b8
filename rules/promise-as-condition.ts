import * as ast from '#ast';
import { defineRule, type Report } from '#engine';
import {
  awaitWhereMade,
  awaitWhereUsed,
  type Facts,
  headOf,
  isAssignment,
  isComma,
  isComparison,
  isLogical,
  isNegation,
  isStatementExpression,
  isUnequal,
  mistaken,
  outcomesOf,
  presenceQuestion,
  wrapped,
} from '#facts';

/**
 * A promise is an object, and objects are true: the condition holds whatever the promise resolves to. What was meant
 * is the value, and that is there only after `await`.
 */
export default defineRule({
  id: 'promise-as-condition',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A promise is used as a condition, or asserted, which always holds.',
  advice: 'Put `await` before it, so that the condition is about the value.',
  replaces: ['@typescript-eslint/no-misused-promises', 'biome/noMisusedPromises'],

  callees: ['assert', 'ensure', 'invariant', 'isOk', 'ok'],
  visit: {
    IfStatement: ({ expression }, context) => check(expression, context),
    WhileStatement: ({ expression }, context) => check(expression, context),
    DoStatement: ({ expression }, context) => check(expression, context),
    ForStatement: ({ condition }, context) => condition && check(condition, context),
    ConditionalExpression: ({ condition }, context) => check(condition, context),
    PrefixUnaryExpression(expression, context) {
      if (!isNegation(expression) || isStatementExpression(expression)) return;
      check(expression.operand, context);
    },
    BinaryExpression(expression, context) {
      const { left } = expression;
      if (isLogical(expression) && !isStatementExpression(expression)) check(left, context);
      const question = presenceQuestion(expression);
      if (question !== undefined) check(question.asked, context);
    },
    CallExpression(call, context) {
      const [given] = call.arguments;
      if (given === undefined || promisesIn(given, context.facts).length === 0) return;
      if (context.facts.assertions.demandsTruth(call)) check(given, context);
    },
  },
});

/** Reports every promise that decides how a condition turns out. */
function check(
  condition: ast.Expression,
  { facts, report }: { readonly facts: Facts; report(place: ast.Node, report: Report): void },
): void {
  // The left side of `&&`, and what `!` negates, is checked in its own place.
  for (const promise of promisesIn(condition, facts)) {
    report(headOf(promise), {
      message: mistaken(promise, consequenceOf(promise)),
      fixes: () => [awaitWhereMade(promise, facts), awaitWhereUsed(promise, facts)],
    });
  }
}

function promisesIn(condition: ast.Expression, facts: Facts): readonly ast.Expression[] {
  return outcomesOf(condition).filter((one) => facts.isUnnoticedPromise(one));
}

/** What a promise makes of the condition that it decides. */
function consequenceOf(promise: ast.Expression): string {
  let at = wrapped(promise);
  let holds = true;
  while (isNegation(at.parent) || isAssignment(at.parent) || isComma(at.parent)) {
    if (isNegation(at.parent)) holds = !holds;
    at = wrapped(at.parent);
  }
  const { parent } = at;
  if (ast.isBinaryExpression(parent) && parent.left === at && isLogical(parent)) {
    const operator = parent.operatorToken.getText();
    if (operator !== '&&' && holds) return `what follows \`${operator}\` is never used`;
  }
  if (isComparison(parent)) holds = isUnequal(parent);
  const subject = ast.isCallExpression(parent) ? 'assertion' : 'condition';
  return `this ${subject} ${holds ? 'always' : 'never'} holds`;
}
