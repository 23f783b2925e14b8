import * as ast from '#ast';
import { defineRule, edit, type Fix } from '#engine';
import {
  awaitEdits,
  catchEdits,
  contains,
  type Facts,
  headOf,
  indentOf,
  isPostfix,
  isPromiseType,
  type Life,
  looksDropped,
  statementsOf,
  unreadValues,
  unwrap,
} from '#facts';

/**
 * The promise is put away and forgotten: on no path does anything wait for it, pass it on or handle its rejection. What
 * it was to do may not be done when the code after it runs, and in Node an unheard rejection ends the process.
 */
export default defineRule({
  id: 'unused-promise',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A promise is stored and then never awaited, returned, passed on or handled.',
  advice:
    'Put `await` where it is made; or `await Promise.all(…)` of those collected; or, if nobody needs to wait, add `.catch(…)`.',
  honours: [
    'jest/valid-expect-in-promise',
    'vitest/valid-expect-in-promise',
    'testing-library/await-async-queries',
    'testing-library/await-async-utils',
  ],

  visit: {
    VariableDeclaration(declaration, { facts, report }) {
      if (!looksDropped(declaration) || !mayHold(declaration)) return;
      const lost = lostIn(declaration, facts);

      for (const life of lost.filter((one) => placeOf(one) !== one.name || one === lost[0])) {
        report(placeOf(life), {
          message: messageFor(life, facts),
          fixes: () => [awaitIt(life, declaration, facts), awaitAll(life, declaration, facts)],
        });
      }
    },
    PropertyDeclaration(field, { facts, report }) {
      const values = unreadValues(field).filter((value) => isStart(unwrap(value)));
      const [value] = values.filter((one) => isForgotten(one, facts));
      if (value === undefined) return;

      report(field.name, {
        message: `\`${field.name.getText()}\` holds a promise that nothing ever waits for.`,
        fixes: () => [catchIt(value, field)],
      });
    },
  },
});

/** A variable that is given the value of a call, a collection, or nothing yet; `_` says that it is left alone on purpose. */
function mayHold({ name, initializer }: ast.VariableDeclaration): boolean {
  if (!ast.isIdentifier(name) || name.text.startsWith('_')) return false;
  if (initializer === undefined) return true;
  const value = unwrap(initializer);
  return (
    isStart(value) ||
    ast.isConditionalExpression(value) ||
    ast.isArrayLiteralExpression(value) ||
    value.kind === ast.SyntaxKind.NullKeyword
  );
}

function isStart(value: ast.Expression): boolean {
  return ast.isCallExpression(value) || ast.isNewExpression(value);
}

/** The lives that end in nothing. What is collected is lost together or not at all. */
function lostIn(declaration: ast.VariableDeclaration, facts: Facts): readonly Life[] {
  const lives = facts.lives.of(declaration);
  const lost = lives.filter(({ ends }) => ends.length === 0);
  if (lost[0]?.isCollected && lost.length < lives.length) return [];
  return lost.filter((life) => {
    return isForgotten(life.start, facts, !life.isCollected) && isMisread(life, facts);
  });
}

/** Whether a value is surely a promise, or an array of them, that has no handler of its own. */
function isForgotten(value: ast.Expression, facts: Facts, mayBeMany = false): boolean {
  const isPromise = facts.promiseness(value) === 'always';
  if (!isPromise && !(mayBeMany && facts.isArrayOfPromises(value))) return false;
  return !facts.handlesRejection(value);
}

/** Whether none of the members that are read of a promise is one that it has. */
function isMisread({ reads, start }: Life, facts: Facts): boolean {
  return reads.every((read) => {
    const access = ast.isCallExpression(read) ? read.expression : read;
    return ast.isPropertyAccessExpression(access) && !facts.hasMember(start, access.name.text);
  });
}

function placeOf({ start, name, isCollected }: Life): ast.Node {
  return isCollected || contains(name.parent, start) ? name : headOf(start);
}

function messageFor(life: Life, facts: Facts): string {
  const name = `\`${life.name.text}\``;
  if (life.isCollected) return `${name} collects promises that nothing ever waits for.`;
  const isOne = facts.promiseness(life.start) === 'always';
  return `${name} holds ${isOne ? 'a promise' : 'promises'} that nothing ever waits for.`;
}

/** Makes `const x = f();` into `const x = await f();`, in a function that is async or can be. */
function awaitIt(
  { start, isCollected, name }: Life,
  declaration: ast.VariableDeclaration,
  facts: Facts,
): Fix | undefined {
  // What is put into it elsewhere would be a promise still, and no value.
  if (isCollected || facts.variableOf(name) !== declaration) return undefined;
  if (!contains(declaration, start)) return undefined;
  const type = typeEdits(declaration);
  const room = facts.roomForAwait(name);
  if (room === undefined || type === undefined) return undefined;
  const through = facts.promiseness(start) === 'always' ? undefined : 'Promise.all';
  const edits = [...room, ...type, ...awaitEdits(start, through)];
  if (room.length === 0) return { id: 'await', title: 'Add `await`', kind: 'suggested', edits };
  const title = 'Make the function async and `await`';
  return { id: 'make-async', title, kind: 'suggested', edits };
}

/** Makes `: Promise<T>` into `: T`; nothing where the type is written in another way. */
function typeEdits({ type }: ast.VariableDeclaration): Fix['edits'] | undefined {
  if (type === undefined) return [];
  if (!isPromiseType(type) || !ast.isTypeReferenceNode(type)) return undefined;
  const [value] = type.typeArguments ?? [];
  return value && [edit.replace(type, value.getText())];
}

/** Puts `await Promise.all(xs);` where the block of `xs` ends. */
function awaitAll(
  { isCollected, name }: Life,
  declaration: ast.VariableDeclaration,
  facts: Facts,
): Fix | undefined {
  const { initializer, parent } = declaration;
  if (!isCollected || initializer === undefined || /\bMap\b/.test(initializer.getText())) {
    return undefined;
  }
  const last = statementsOf(parent.parent.parent)?.at(-1);
  const room = facts.roomForAwait(name);
  if (last === undefined || room === undefined) return undefined;
  const wait = `await Promise.all(${name.text})`;
  const end = parent.parent.getText().endsWith(';') ? ';' : '';
  const leaves = ast.isReturnStatement(last) || ast.isThrowStatement(last);
  const indent = `\n${indentOf(last)}`;
  return {
    id: 'await-all',
    title: 'Wait for all of them before the block ends',
    kind: 'suggested',
    edits: [
      ...room,
      leaves
        ? edit.before(last, `${wait}${end}${indent}`)
        : edit.after(last, `${indent}${wait}${end}`),
    ],
  };
}

/** Makes `field = f()` into `field = f().catch(…)`, where the field may hold that as well. */
function catchIt(value: ast.Expression, { type }: ast.PropertyDeclaration): Fix | undefined {
  const at = unwrap(value);
  if (!isPostfix(at) || (type !== undefined && type.getText() !== 'Promise<void>'))
    return undefined;
  return {
    id: 'catch',
    title: 'Let it run, and log when it fails',
    kind: 'suggested',
    edits: catchEdits(at, 'go-on'),
  };
}
