import { type Context, defineRule, type Fix } from '#engine';
import {
  asyncKeywordOf,
  type FunctionNode,
  functionName,
  holdsAsync,
  isExecutor,
  isStub,
  neverWaits,
  syncEdits,
} from '#facts';

/**
 * An async function in which nothing waits does all of its work before its caller has the promise. The promise adds turns of
 * the event loop, and makes every caller async, too; and whoever reads it looks for something slow that is not there.
 */
export default defineRule({
  id: 'async-without-await',
  family: 'redundancy',
  severity: 'information',
  preset: 'strict',
  summary: 'A function is async although it waits for nothing, and nobody needs its promise.',
  advice: 'Drop `async` and return the value itself; callers then need no `await`.',
  replaces: ['require-await', '@typescript-eslint/require-await', 'biome/useAwait'],

  visit: {
    ArrowFunction: (fn, context) => judge(fn, context),
    FunctionDeclaration: (fn, context) => judge(fn, context),
    FunctionExpression: (fn, context) => judge(fn, context),
    MethodDeclaration: (fn, context) => judge(fn, context),
  },
});

function judge(fn: FunctionNode, { facts, report }: Context<object>): void {
  if (!neverWaits(fn) || isStub(fn) || holdsAsync(fn)) return;
  const word = asyncKeywordOf(fn);
  // An executor's caller hears nothing of its promise at all: `async-executor` speaks.
  if (word === undefined || isExecutor(fn) || facts.natures.of(fn) === 'test') return;
  const contract = facts.contracts.of(fn);
  if (contract === 'asked' || contract === 'open') return;
  if (facts.mayHoldPromise(fn)) return;
  // What blocks has an async twin, or belongs to another thread: there, `async` is half of the remedy.
  if (facts.standstills.hasAny(fn)) return;

  const edits = syncEdits(fn);
  report(word, {
    message: `${called(functionName(fn))} waits for nothing, and ${FOR_NOTHING[contract]}.`,
    // Who else calls an exported function, and why it is async, is not seen from here.
    ...(edits === undefined && { certainty: 'likely' }),
    fixes: () => [edits && plainly(edits)],
  });
}

const FOR_NOTHING: Readonly<Record<'free' | 'unheard', string>> = {
  free: 'has its callers wait all the same',
  unheard: 'nobody waits for its promise',
};

function called(name: string | undefined): string {
  return name === undefined ? 'This function' : `\`${name}\``;
}

/** Makes `async function f(): Promise<T>` into `function f(): T`, and `await f()` into `f()`. */
function plainly(edits: Fix['edits']): Fix {
  return {
    id: 'drop-async',
    title: 'Drop `async`, and `await` where it is called',
    kind: 'suggested',
    edits,
  };
}
