import * as ast from '#ast';
import { defineRule, edit, type Fix } from '#engine';
import {
  COMBINATORS,
  calleeName,
  collect,
  type Facts,
  gatheredEdits,
  headOf,
  isAwaitUsing,
  isCombinator,
  isFunctionExpression,
  isMethodCall,
  isPostfix,
  isStatementExpression,
  spoken,
  together,
  unawaitEdits,
  unwrap,
} from '#facts';

/**
 * `await` of a value that is no promise waits for nothing. Either the call that was meant to be waited for does its work
 * without a promise, so that the code goes on too early; or there is nothing to wait for, and readers are misled.
 */
export default defineRule({
  id: 'await-of-non-promise',
  family: 'unawaited',
  severity: 'warning',
  preset: 'recommended',
  summary:
    '`await`, `for await` or a `Promise` combinator is given something that is not a promise.',
  advice:
    'Remove the `await`; or wait for what signals the end: a promise form of the call, an event, a callback.',
  replaces: [
    '@typescript-eslint/await-thenable',
    'unicorn/no-unnecessary-await',
    'biome/useAwaitThenable',
    'biome/noUselessAwait',
  ],
  honours: [
    'playwright/no-useless-await',
    'testing-library/no-await-sync-events',
    'testing-library/no-await-sync-queries',
  ],

  callees: COMBINATORS,
  visit: {
    AwaitExpression(node, { facts, report }) {
      const operand = unwrap(node.expression);
      if (isPromiseCall(operand) || isTick(node) || isAsyncLoop(operand, facts)) return;
      const isArray = facts.mayHoldPromises(operand);
      if (isArray ? isFloatingArray(node) : !facts.isSurelyPlain(operand)) return;

      if (isArray) {
        const message = 'Awaiting an array does not wait for the promises in it.';
        return report(headOf(node), { message, fixes: () => [inAll(node.expression, facts)] });
      }
      const what = isUncalled(operand, facts)
        ? 'is a function, which `await` does not call'
        : `${verbOf(operand)} no promise, so \`await\` waits for nothing`;
      report(headOf(node), {
        message: `${named(operand)} ${what}.`,
        fixes: () => [callIt(operand, facts), removeAwait(node)],
      });
    },

    ForOfStatement(loop, { facts, report }) {
      const { awaitModifier, expression } = loop;
      if (awaitModifier === undefined || !facts.holdsSurelyPlain(expression)) return;

      report(headOf(expression), {
        message: `${named(expression)} holds no promises, so \`for await\` waits for nothing.`,
        fixes: () => [removeModifier(awaitModifier)],
      });
    },

    VariableDeclaration({ name, initializer, parent }, { facts, report }) {
      if (initializer === undefined || !isAwaitUsing(parent)) return;
      if (!facts.plainness.ofDisposal(initializer)) return;

      report(name, {
        message: `\`${name.getText()}\` is disposed of at once, so \`await using\` waits for nothing.`,
        fixes: () => [removeFromUsing(parent)],
      });
    },

    CallExpression(call, { facts, report }) {
      const [argument, ...more] = call.arguments;
      if (!isCombinator(call) || argument === undefined || more.length > 0) return;
      const combinator = call.expression.getText();
      const list = unwrap(argument);
      if (isAllPlain(list, facts)) {
        return report(call.expression, {
          message: `\`${combinator}\` is given no promise, so it waits for nothing.`,
        });
      }
      const elements = ast.isArrayLiteralExpression(list) ? list.elements : [];
      const messages = together(
        elements.map((one) => () => {
          return idleMessage(unwrap(one), combinator, facts) ?? hastyMessage(one, call, facts);
        }),
      );
      for (const [index, one] of elements.entries()) {
        const element = unwrap(one);
        const message = messages[index];
        if (message === undefined || isCause(element, list)) continue;
        report(headOf(one), { message, fixes: () => [callIt(element, facts), gather(one, facts)] });
      }
    },
  },
});

function named(node: ast.Expression): string {
  return spoken(node, 'This expression');
}

function verbOf(node: ast.Expression): string {
  return ast.isCallExpression(node) ? 'returns' : 'is';
}

/** Calls that give promises whatever is passed: no type need be asked. */
function isPromiseCall(node: ast.Expression): boolean {
  if (!ast.isCallExpression(node)) return ast.isNewExpression(node) && spokenAs(node, 'Promise');
  if (node.expression.kind === ast.SyntaxKind.ImportKeyword) return true;
  return isMethodCall(node, 'then', 'catch', 'finally') || isCombinator(node);
}

function spokenAs(node: ast.NewExpression, name: string): boolean {
  return ast.isIdentifier(node.expression) && node.expression.text === name;
}

/** `await null;` lets other microtasks run first: it waits for nothing on purpose. */
function isTick(node: ast.AwaitExpression): boolean {
  const operand = unwrap(node.expression);
  const isNothing =
    operand.kind === ast.SyntaxKind.NullKeyword ||
    ast.isVoidExpression(operand) ||
    /^(?:0|''|"")$/.test(operand.getText()) ||
    (ast.isIdentifier(operand) && operand.text === 'undefined');
  return isNothing && isStatementExpression(node);
}

/** `await xs.forEach(async …)`: what floats there is another rule's matter. */
function isAsyncLoop(operand: ast.Expression, facts: Facts): boolean {
  const [callback] = isMethodCall(operand, 'forEach') ? operand.arguments : [];
  return callback !== undefined && facts.returnsPromise(callback) !== 'never';
}

/** Statements such as `await promises;`: what floats there is another rule's matter. */
function isFloatingArray(node: ast.AwaitExpression): boolean {
  const operand = unwrap(node.expression);
  const isHeld = ast.isArrayLiteralExpression(operand) || ast.isIdentifier(operand);
  return isHeld && isStatementExpression(node);
}

/** Lists of values; where elements are calls or functions, these are named one by one. */
function isAllPlain(list: ast.Expression, facts: Facts): boolean {
  if (!ast.isArrayLiteralExpression(list)) {
    return facts.plainness.isMappedToNothing(list) || facts.holdsSurelyPlain(list);
  }
  const elements = list.elements.map(unwrap);
  const isValue = (node: ast.Expression) =>
    !ast.isAwaitExpression(node) && !ast.isCallExpression(node) && !ast.isSpreadElement(node);
  if (elements.length === 0 || !elements.every(isValue)) return false;
  return elements.every(
    (one) => facts.isSurelyPlain(one) && !isUncalled(one, facts) && !facts.mayHoldPromises(one),
  );
}

/**
 * What there is to say of an element that does something, and gives the combinator nothing to wait for. A plain value is
 * left alone: it is there for its place in the result.
 */
function idleMessage(
  element: ast.Expression,
  combinator: string,
  facts: Facts,
): string | undefined {
  if (isUncalled(element, facts)) {
    return `${named(element)} is a function, which \`${combinator}\` does not call.`;
  }
  if (ast.isAwaitExpression(element) || ast.isSpreadElement(element)) return undefined;
  if (isPromiseCall(element)) return undefined;
  if (facts.mayHoldPromises(element)) {
    return `${named(element)} ${verbOf(element)} an array, and \`${combinator}\` does not wait for the promises in it.`;
  }
  if (!ast.isCallExpression(element)) return undefined;
  if (!facts.isSurelyPlain(element)) return undefined;
  return `${named(element)} returns no promise, so \`${combinator}\` does not wait for it.`;
}

/** What there is to say of a value that wins every race against what stands after it. */
function hastyMessage(
  element: ast.Expression,
  call: ast.CallExpression,
  facts: Facts,
): string | undefined {
  if (!isMethodCall(call, 'race', 'any') || !ast.isArrayLiteralExpression(element.parent)) return;
  if (element === element.parent.elements.at(-1)) return undefined;
  const value = unwrap(element);
  const isElse = ast.isCallExpression(value) || ast.isAwaitExpression(value);
  if (isElse || ast.isSpreadElement(value) || !facts.isSurelyPlain(value)) return undefined;
  return `${named(value)} settles \`${call.expression.getText()}\` at once, whatever comes after it.`;
}

/** `server.close()` beside `once(server, 'close')`: it brings about what the list waits for. */
function isCause(element: ast.Expression, list: ast.Expression): boolean {
  if (!isMethodCall(element)) return false;
  const receiver = element.expression.expression.getText();
  return collect(list, ast.isCallExpression).some(
    (call) => calleeName(call) === 'once' && call.arguments[0]?.getText() === receiver,
  );
}

/** A function that would return a promise, were it called. */
function isUncalled(element: ast.Expression, facts: Facts): boolean {
  const mayBe =
    ast.isIdentifier(element) ||
    ast.isPropertyAccessExpression(element) ||
    isFunctionExpression(element);
  return mayBe && facts.returnsPromise(element) === 'always';
}

/** Makes `Promise.all([load])` into `Promise.all([load()])`. */
function callIt(element: ast.Expression, facts: Facts): Fix | undefined {
  if (!isPostfix(element) || !isUncalled(element, facts)) return undefined;
  if (!facts.needsNoArguments(element)) return undefined;
  return { id: 'call', title: 'Call it', kind: 'suggested', edits: [edit.after(element, '()')] };
}

/** Makes `Promise.all([promises])` into `Promise.all([Promise.all(promises)])`. */
function gather(element: ast.Expression, facts: Facts): Fix | undefined {
  return facts.mayHoldPromises(unwrap(element)) ? inAll(element, facts) : undefined;
}

/** Makes `await f()` into `f()`, without parentheses that were there for `await`. */
function removeAwait(node: ast.AwaitExpression): Fix | undefined {
  const edits = unawaitEdits(node);
  return edits && { id: 'remove', title: 'Remove `await`', kind: 'suggested', edits };
}

/** Makes `await promises` into `await Promise.all(promises)`. */
function inAll(expression: ast.Expression, facts: Facts): Fix {
  return {
    id: 'all',
    title: 'Wait for all of them with `Promise.all`',
    kind: 'suggested',
    edits: gatheredEdits(expression, facts.mayBeMissing(expression)),
  };
}

/** Makes `await using x = f()` into `using x = f()`, where it declares nothing else. */
function removeFromUsing(list: ast.VariableDeclarationList): Fix | undefined {
  if (list.declarations.length > 1) return undefined;
  const start = list.getStart();
  const end = ast.skipTrivia(list.getSourceFile().text, start + 'await'.length);
  const edits = [edit.range(list, start, end, '')];
  return { id: 'remove', title: 'Remove `await`', kind: 'suggested', edits };
}

/** Makes `for await (…)` into `for (…)`. */
function removeModifier(modifier: ast.Node): Fix | undefined {
  const { text } = modifier.getSourceFile();
  const end = ast.skipTrivia(text, modifier.end);
  if (text.slice(modifier.end, end).trim() !== '') return undefined;
  return {
    id: 'remove',
    title: 'Remove `await`',
    kind: 'suggested',
    edits: [edit.range(modifier, modifier.getStart(), end, '')],
  };
}
