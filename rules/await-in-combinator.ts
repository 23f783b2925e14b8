import * as ast from '#ast';
import { defineRule, edit, type Fix, fittingMessage } from '#engine';
import {
  awaitsAs,
  COMBINATORS,
  type Combination,
  collect,
  combinationOf,
  type Facts,
  headOf,
  isPostfix,
  spoken,
  together,
  unwrap,
} from '#facts';

/**
 * The list is made before `Promise.all` is called, and an `await` in it stops the making: what comes further down the list
 * starts only when it is over. Whoever writes `Promise.all` says that the promises do not need each other, so calls that
 * nobody knows are taken at their author's word. A list is left alone where effects or names say that one call changes what
 * another reads, and where a check, a session or a pause comes first.
 */
export default defineRule({
  id: 'await-in-combinator',
  family: 'sequential',
  severity: 'warning',
  preset: 'recommended',
  summary:
    'An `await` inside the list for `Promise.all` or its like holds back the rest of the list.',
  advice: 'Put the promises themselves into the list: `Promise.all([a(), b()])`.',
  replaces: [
    'unicorn/no-await-in-promise-methods',
    'unicorn/no-single-promise-in-promise-methods',
    'biome/noAwaitInPromiseMethods',
  ],

  callees: COMBINATORS,
  visit: {
    CallExpression(call, { facts, report }) {
      const found = combinationOf(call);
      if (found === undefined) return;
      if (isOnlyOne(found, facts)) {
        return report(call.expression, {
          message: `\`${call.expression.getText()}\` is given one promise, so it combines nothing.`,
          fixes: () => [withoutList(found)],
        });
      }
      const [first, ...others] = holdingIn(found, facts);
      if (first === undefined) return;

      report(headOf(first.node), {
        message: messageFor(first),
        related: others.map(({ node }) => ({ node, message: 'This one waits in the list, too.' })),
        fixes: () => [withoutAwaits(found)],
      });
    },
  },
});

/** An `await` in a list, and the first of those below it that could have started before. */
interface Holding {
  readonly node: ast.AwaitExpression;
  readonly next: ast.Expression;
}

/** A list of one promise. `allSettled` is good for one, too: it tells how it ended. */
function isOnlyOne({ call, list }: Combination, facts: Facts): boolean {
  const [only, ...more] = list.elements;
  if (only === undefined || more.length > 0 || ast.isSpreadElement(only)) return false;
  if (call.expression.name.text === 'allSettled' || ast.isOmittedExpression(only)) return false;
  return facts.thenability(startedBy(only)) === 'always';
}

/** The awaits that hold others back, provided that none of the list is there for a reason. */
function holdingIn({ list }: Combination, facts: Facts): readonly Holding[] {
  const awaits = list.elements.flatMap((element) => {
    return awaitsAs(element).map((node) => ({ element, node }));
  });
  const starting = list.elements.filter(starts);
  const after = ({ end }: ast.Node) => starting.filter(({ pos }) => pos >= end);
  const nextTo = (element: ast.Node) => after(element).find((one) => mayWait(one, facts));
  const nexts = together(awaits.map((one) => () => nextTo(one.element)));
  const holding = awaits.flatMap(({ node }, index): Holding[] => {
    const next = nexts[index];
    return next === undefined ? [] : [{ node, next: startedBy(next) }];
  });
  if (holding.length === 0) return [];
  const kinds = together(awaits.map((one) => () => facts.thenability(one.node.expression)));
  if (kinds.includes('never')) return [];
  const pairs = awaits.flatMap(({ element, node }) => {
    return after(element).map((one) => [node.expression, startedBy(one)] as const);
  });
  const answers = together(pairs.map((pair) => () => facts.proved.holdsBack(...pair)));
  return answers.includes(true) ? [] : holding;
}

/** What an element gives to the list, or would give if it did not wait itself. */
function startedBy(element: ast.Expression): ast.Expression {
  const at = unwrap(element);
  return ast.isAwaitExpression(at) || ast.isSpreadElement(at) ? unwrap(at.expression) : at;
}

/** Whether making an element starts something: names stand for what is under way already. */
function starts(element: ast.Expression): boolean {
  return collect(element, isStart).length > 0;
}

function isStart(node: ast.Node): node is ast.CallExpression | ast.NewExpression {
  return ast.isCallExpression(node) || ast.isNewExpression(node);
}

/** Whether there is something to wait for in an element. */
function mayWait(element: ast.Expression, facts: Facts): boolean {
  const value = startedBy(element);
  if (ast.isSpreadElement(element)) return facts.isArrayOfPromises(value);
  return facts.thenability(value) !== 'never';
}

function messageFor({ node, next }: Holding): string {
  const [first, second] = [spoken(node.expression, ''), spoken(next, '')];
  const plain = 'This `await` is over before the rest of the list starts.';
  const isNamed = first !== '' && second !== '' && first !== second;
  if (!isNamed || ast.isSpreadElement(next.parent)) return plain;
  const named = `${first} is awaited inside the list, so ${second} starts only after it.`;
  return fittingMessage(named, plain);
}

/**
 * Makes `[await a(), await b(), c()]` into `[a(), b(), c()]`. Nothing else in the list may wait: a promise that is under way
 * meanwhile would have no handler.
 */
function withoutAwaits({ list }: Combination): Fix | undefined {
  const awaits = list.elements.flatMap(awaitsAs);
  const [first] = awaits;
  const others = collect(list, ast.isAwaitExpression).filter((one) => !awaits.includes(one));
  if (first === undefined || others.some(({ pos }) => pos > first.pos)) return undefined;
  return {
    id: 'drop-await',
    title: 'Start them together',
    kind: 'suggested',
    edits: awaits.map((one) => {
      return edit.range(one, one.getStart(), one.expression.getStart(), '');
    }),
  };
}

/** Makes `const [a] = await Promise.all([f()])` into `const a = await f()`, and `Promise.race([f()])` into `f()`. */
function withoutList({ call, list }: Combination): Fix | undefined {
  const { parent } = call;
  const [element] = list.elements;
  if (element === undefined || !ast.isAwaitExpression(parent)) return undefined;
  const isList = call.expression.name.text === 'all';
  const pattern = isList ? patternOf(parent) : undefined;
  if (isList && pattern === undefined && !ast.isExpressionStatement(parent.parent))
    return undefined;
  // A cast says what the promise gives.
  const value = ast.isAwaitExpression(unwrap(element)) ? startedBy(element) : element;
  const rest = call.getText().replace(value.getText(), '');
  if (/\/[/*]/.test(rest)) return undefined;
  const isClosed = isPostfix(value) || ast.isParenthesizedExpression(value);
  const text = isClosed ? value.getText() : `(${value.getText()})`;
  return {
    id: 'drop-combinator',
    title: 'Await the promise itself',
    kind: 'suggested',
    edits: [
      ...(pattern === undefined ? [] : [edit.replace(pattern.whole, pattern.only.getText())]),
      edit.replace(call, text),
    ],
  };
}

/** `[a]` of `const [a] = await …`, and the `a` in it. */
function patternOf(
  value: ast.AwaitExpression,
): { readonly whole: ast.Node; readonly only: ast.Node } | undefined {
  const { parent } = value;
  if (!ast.isVariableDeclaration(parent) || parent.type !== undefined) return undefined;
  if (!ast.isArrayBindingPattern(parent.name)) return undefined;
  const [only, ...more] = parent.name.elements;
  if (only === undefined || more.length > 0 || !ast.isBindingElement(only)) return undefined;
  if (only.name === undefined || only.initializer || only.dotDotDotToken) return undefined;
  return { whole: parent.name, only: only.name };
}
