import * as ast from '#ast';
import { defineRule, edit, type Fix } from '#engine';
import {
  contains,
  type Facts,
  type Gap,
  gatherWaits,
  headOf,
  indentOf,
  isAssignment,
  isLogical,
  isRejectedInCourse,
  type Life,
  looksLate,
  spoken,
  statementsOf,
  unwrap,
} from '#facts';

/**
 * The promise is under way while the function waits for something else, or throws, and nothing has been told what to do
 * should it reject. A rejection that comes meanwhile is an unhandled one, which ends a Node process, even where an `await`
 * for it stands further down; and where the other await throws, that `await` is never come to.
 */
export default defineRule({
  id: 'late-await',
  family: 'unawaited',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A started promise is left without a handler while something else is awaited.',
  advice:
    'Wait for both in one `Promise.all`; or attach `.catch(() => {})` at once, which takes nothing from the `await` below.',
  options: {
    tests: {
      description: 'Whether the bodies of tests are looked into as well.',
      default: false,
    },
  },

  visit: {
    VariableDeclaration(declaration, { facts, options, report }) {
      if (!looksLate(declaration) || !mayHold(declaration)) return;
      const lives = facts.lives.of(declaration).filter(({ ends, gaps, reads }) => {
        return ends.length > 0 && gaps.length > 0 && reads.length === 0;
      });
      if (lives.length === 0 || (!options.tests && facts.isInTest(declaration))) return;
      const late = lives.flatMap((life) => lateBy(life, facts));

      for (const { life, gap } of late.filter(isFirst)) {
        report(placeOf(life), {
          message: messageFor(life, gap, facts),
          related: [{ node: gap.node, message: relatedMessage(life, gap) }],
          fixes: () => [gatherIt(life, gap), hearIt(life, facts)],
        });
      }
    },
  },
});

/** A variable that is given the value of a call, a collection, or nothing yet. */
function mayHold({ name, initializer }: ast.VariableDeclaration): boolean {
  if (!ast.isIdentifier(name)) return false;
  if (initializer === undefined) return true;
  const value = unwrap(initializer);
  return (
    ast.isCallExpression(value) ||
    ast.isNewExpression(value) ||
    ast.isConditionalExpression(value) ||
    ast.isArrayLiteralExpression(value) ||
    value.kind === ast.SyntaxKind.NullKeyword ||
    isLogical(value)
  );
}

/** A promise, and what happens while nothing would hear it reject. */
interface Late {
  readonly life: Life;
  readonly gap: Gap;
}

/** A promise that may reject, and that is handled in the end but left alone before; nothing for all others. */
function lateBy(life: Life, facts: Facts): readonly Late[] {
  const { start, isCollected, gaps } = life;
  if (!facts.startsPromises(start, !isCollected) || facts.neverRejects(start)) return [];
  const made = unwrap(start);
  if (ast.isNewExpression(made) && isRejectedInCourse(made)) return [];
  const gap = gaps.find((one) => isReal(one, facts));
  return gap === undefined ? [] : [{ life, gap }];
}

/** Whether nothing was said yet of a collection, or of a place. */
function isFirst({ life }: Late, index: number, all: readonly Late[]): boolean {
  const isSame = (one: Life) => life.isCollected || placeOf(one) === placeOf(life);
  return !all.slice(0, index).some((one) => isSame(one.life));
}

/** Awaiting what is no promise lets no rejection through. */
function isReal({ node }: Gap, facts: Facts): boolean {
  if (!ast.isAwaitExpression(node)) return true;
  const answer = facts.thenability(node.expression);
  return answer === 'always' || answer === 'sometimes';
}

function placeOf({ start, name, isCollected }: Life): ast.Node {
  return !isCollected && contains(name.parent, start) ? name : headOf(start);
}

function messageFor({ name, start, isCollected }: Life, { node }: Gap, facts: Facts): string {
  const isMany = isCollected || facts.promiseness(start) !== 'always';
  const what = `${isMany ? 'the promises in ' : ''}\`${name.text}\``;
  return `Nothing hears ${what} reject ${whileText(node)}.`;
}

function whileText(node: ast.Node): string {
  if (ast.isForOfStatement(node)) return `while ${spoken(node.expression)} is read`;
  if (ast.isYieldExpression(node)) return 'while the generator stands at `yield`';
  if (ast.isVariableDeclarationList(node)) {
    return `while \`${node.declarations[0]?.name.getText()}\` is disposed of`;
  }
  if (ast.isAwaitExpression(node)) {
    return `while ${spoken(node.expression, 'something else')} is awaited`;
  }
  return 'once `throw` has left the function';
}

function relatedMessage({ name }: Life, { kind }: Gap): string {
  return kind === 'wait'
    ? `\`${name.text}\` is under way here and has no handler yet.`
    : `\`${name.text}\` is under way here and never gets a handler.`;
}

/** Makes `const a = await f(); const b = await promise;` into one `await Promise.all([…])`. */
function gatherIt({ name, isCollected }: Life, { kind, node }: Gap): Fix | undefined {
  const edits = kind === 'throw' || isCollected ? undefined : gatherWaits(node, name.text);
  if (edits === undefined) return undefined;
  return { id: 'gather', title: 'Wait for both with `Promise.all`', kind: 'suggested', edits };
}

/** Puts `promise.catch(() => {});` after the statement that stores the promise. */
function hearIt({ start, at, name, isCollected }: Life, facts: Facts): Fix | undefined {
  const statement = ast.isVariableDeclaration(at) ? at.parent.parent : at.parent;
  const value = ast.isVariableDeclaration(at) ? at.initializer : isAssignment(at) && at.right;
  if (!value || statementsOf(statement.parent) === undefined) return undefined;
  if (ast.isVariableStatement(statement) && statement.declarationList.declarations.length > 1) {
    return undefined;
  }
  const isMany = isCollected || facts.promiseness(start) !== 'always';
  const promise = isMany ? `Promise.all(${name.text})` : held(name, unwrap(value) === start, facts);
  const handler = `${promise}.catch(() => {})${statement.getText().endsWith(';') ? ';' : ''}`;
  return {
    id: 'catch',
    title: 'Attach a handler at once, and await it later',
    kind: 'suggested',
    edits: [edit.after(statement, `\n${indentOf(statement)}${handler}`)],
  };
}

/** A name as handlers are given to it: it may hold nothing, or something that has none. */
function held(name: ast.Identifier, isSure: boolean, facts: Facts): string {
  if (isSure || facts.promiseness(name) === 'always') return name.text;
  return facts.plainness.mayBe(name) ? `Promise.resolve(${name.text})` : `${name.text}?`;
}
