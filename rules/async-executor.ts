import * as ast from '#ast';
import { defineRule, edit, type Fix, type Report } from '#engine';
import {
  type Facts,
  headOf,
  hoistEdits,
  isAsync,
  isFunctionExpression,
  isPostfix,
  settlesInCatch,
  unwrap,
  wrappedPromise,
} from '#facts';

/**
 * `new Promise` ignores what its executor returns. When an async executor throws, or something that it awaits rejects, the
 * promise never settles: whoever waits for it waits for ever, and the rejection itself goes unheard.
 */
export default defineRule({
  id: 'async-executor',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'The executor of `new Promise` is async, so what it throws is lost.',
  advice:
    'An async function is a promise already: write one, `return` for `resolve` and `throw` for `reject`.',
  replaces: ['no-async-promise-executor', 'biome/noAsyncPromiseExecutor'],

  visit: {
    NewExpression(created, { facts, report }) {
      const made = promiseOf(created.expression, facts);
      if (made === undefined) return;
      const [argument] = created.arguments ?? [];
      const executor = argument && unwrap(argument);
      if (executor === undefined || !isAsyncExecutor(executor, facts)) return;

      report(markOf(executor), {
        ...verdictOn(executor, facts),
        fixes: () =>
          made === 'native'
            ? [dropWrapper(created, executor, facts), hoist(created, executor)]
            : [],
      });
    },
  },
});

/** An executor that catches whatever it waits for, and settles then, loses nothing: it is only a detour. */
function verdictOn(executor: ast.Expression, facts: Facts): Pick<Report, 'message' | 'severity'> {
  const isDetour =
    isFunctionExpression(executor) && settlesInCatch(executor) && facts.hearsItself(executor);
  if (isDetour) {
    return {
      severity: 'warning',
      message: '`new Promise` ignores the promise that its async executor returns.',
    };
  }
  return {
    message: '`new Promise` ignores the promise of its async executor: what that throws is lost.',
  };
}

/** Whose promise is made: that of the language, or that of a package which goes by its name. */
function promiseOf(callee: ast.Expression, facts: Facts): 'native' | 'package' | undefined {
  const at = unwrap(callee);
  if (!ast.isIdentifier(at)) {
    const isGlobal = ast.isPropertyAccessExpression(at) && isGlobalObject(at.expression);
    return isGlobal && at.name.text === 'Promise' ? 'native' : undefined;
  }
  if (at.text !== 'Promise') return undefined;
  if (facts.origins.lookUp('Promise', at) === undefined) return 'native';
  return facts.calls.imported(at) && 'package';
}

function isGlobalObject(node: ast.Expression): boolean {
  return ast.isIdentifier(node) && ['globalThis', 'window', 'global', 'self'].includes(node.text);
}

/** Written in place with `async`, or anything else that returns a promise when it is called. */
function isAsyncExecutor(executor: ast.Expression, facts: Facts): boolean {
  if (isFunctionExpression(executor)) return isAsync(executor);
  return facts.returnsPromise(executor) === 'always';
}

/** The word `async`, or the name of a function that is declared elsewhere. */
function markOf(executor: ast.Expression): ast.Node {
  if (!isFunctionExpression(executor)) return headOf(executor);
  return executor.modifiers?.[0] ?? executor;
}

/** Makes `new Promise(async (resolve) => resolve(await f()))` into `f()`. */
function dropWrapper(
  created: ast.NewExpression,
  executor: ast.Expression,
  facts: Facts,
): Fix | undefined {
  const promise = isFunctionExpression(executor) ? wrappedPromise(executor) : undefined;
  if (promise === undefined || !isPostfix(promise)) return undefined;
  if (facts.promiseness(promise) !== 'always') return undefined;
  return {
    id: 'unwrap',
    title: 'Use the promise itself',
    kind: 'suggested',
    edits: [
      edit.range(created, created.getStart(), promise.getStart(), ''),
      edit.range(created, promise.end, created.end, ''),
    ],
  };
}

/** Makes the executor an async function: `resolve(x)` returns, `reject(x)` throws. */
function hoist(created: ast.NewExpression, executor: ast.Expression): Fix | undefined {
  const edits = isFunctionExpression(executor) ? hoistEdits(created, executor) : undefined;
  if (edits === undefined) return undefined;
  return { id: 'hoist', title: 'Write an async function instead', kind: 'suggested', edits };
}
