import * as ast from '#ast';
import { type Context, defineRule, edit, type Fix, fittingTitle, type Severity } from '#engine';
import {
  asyncEdits,
  awaitEdits,
  awaitedTwin,
  type BlockingCall,
  type Callback,
  type Cost,
  collect,
  contains,
  costOf,
  type Facts,
  isAssignedIn,
  isGathered,
  isMethodCall,
  isRunAtOnce,
  namesOf,
  type Rewrite,
  sleepingCall,
  spokenCall,
  type Turn,
  turnOf,
  twinCall,
  unwrap,
} from '#facts';

/**
 * While this call runs nothing else does: no request is answered, no timer fires, no other promise goes on. An async
 * function has no need for that: the same work can be awaited, and the event loop is free meanwhile.
 */
export default defineRule({
  id: 'blocking-call',
  family: 'blocking',
  severity: 'error',
  preset: 'recommended',
  summary: 'An async function calls something that stops the event loop until it is done.',
  advice:
    'Await the async twin, such as `readFile` of `node:fs/promises`; move heavy computation to a worker thread.',
  replaces: ['n/no-sync', 'node/no-sync', 'no-sync'],
  options: {
    quick: {
      description:
        'Whether calls that are mostly over within microseconds are reported too, as information.',
      default: true,
    },
    tests: { description: 'Whether calls in tests are reported too.', default: false },
    require: {
      description:
        'Whether `require(…)` in an async function counts: it reads files when called first.',
      default: false,
    },
  },

  methods: (name, { blocking }) => blocking.mayName(name),
  visit: {
    CallExpression: (call, context) => judge(call, context),
    NewExpression: (call, context) => judge(call, context),
  },
});

interface Options {
  readonly tests: boolean;
  readonly require: boolean;
  readonly quick: boolean;
}

function judge(
  call: ast.CallExpression | ast.NewExpression,
  { facts, options, report }: Context<Options>,
): void {
  if (!facts.blocking.isCandidate(call)) return;
  const turn = turnOf(call);
  const blocking = turn && facts.blocking.of(call);
  if (turn === undefined || blocking === undefined) return;
  if (blocking.api.name === 'require' && !options.require) return;
  if (ast.isCallExpression(call) && sleepingCall(call, facts.calls)) return;
  const cost = costOf(blocking, facts.origins);
  if (cost === 'none') return;
  const nature = facts.natures.of(call);
  if (nature !== undefined && !(nature === 'test' && options.tests)) return;
  const answers = turn.callbacks.map((callback) => isRunAtOnce(callback, facts));
  if (answers.includes('no')) return;

  const severity = severityOf(blocking, cost);
  if (severity === 'information' && !options.quick) return;
  report(blocking.name, {
    message: messageFor(blocking),
    ...(severity && { severity }),
    ...(answers.includes('unknown') && { certainty: 'likely' }),
    fixes: () => [awaitTwin(blocking, turn, facts)],
  });
}

/** What is over within microseconds is worth knowing; what only its name speaks against is no error. */
function severityOf({ known }: BlockingCall, cost: Cost): Severity | undefined {
  if (cost === 'quick') return 'information';
  return known === 'sibling' ? 'warning' : undefined;
}

function messageFor({ call, name, api, known }: BlockingCall): string {
  const here = spokenCall(call, name);
  if (known === 'sibling' && api.twin?.way === 'sibling') {
    return `\`${here}\` blocks the event loop; \`${api.twin.name}\` beside it returns a promise.`;
  }
  const real = api.name.split('.').at(-1) ?? api.name;
  const isRenamed = /Sync$/.test(real) && !here.endsWith(real);
  if (isRenamed)
    return `\`${here}\` is \`${real}\`, which blocks the event loop until ${api.until}.`;
  return `\`${here}\` blocks the event loop until ${api.until}.`;
}

/** Waits for the async twin of a call, in the callback round it too if need be. */
function awaitTwin(blocking: BlockingCall, { callbacks }: Turn, facts: Facts): Fix | undefined {
  const { call } = blocking;
  const [callback, ...outer] = callbacks;
  if (!ast.isCallExpression(call) || outer.length > 0) return undefined;
  if (callback === undefined)
    return facts.mayAwait(call) ? inPlace(call, blocking, facts) : undefined;
  const { body } = callback.fn;
  if (!contains(body, call) || !facts.mayAwait(callback.call)) return undefined;
  if (callback.how === 'reaction') return inReaction(call, blocking, callback, facts);
  if (isMethodCall(callback.call, 'map')) return inMap(call, blocking, callback, facts);
  if (isMethodCall(callback.call, 'forEach')) return inForEach(call, blocking, callback, facts);
  return undefined;
}

/** Makes `fs.readFileSync(p)` into `await fs.promises.readFile(p)`. */
function inPlace(call: ast.CallExpression, blocking: BlockingCall, facts: Facts): Fix | undefined {
  const rewrite = twinCall(blocking, facts);
  if (rewrite === undefined) return undefined;
  return {
    id: 'await-twin',
    title: titled('Await', rewrite, 'instead'),
    kind: 'suggested',
    edits: awaitedTwin(call, rewrite),
  };
}

/** Makes `p.then(() => rmSync(f))` into `p.then(async () => await rm(f))`. */
function inReaction(
  call: ast.CallExpression,
  blocking: BlockingCall,
  { fn }: Callback,
  facts: Facts,
): Fix | undefined {
  const rewrite = twinCall(blocking, facts);
  if (rewrite === undefined) return undefined;
  return {
    id: 'await-in-callback',
    title: titled('Await', rewrite, 'in an async callback'),
    kind: 'suggested',
    edits: [...asyncEdits(fn), ...awaitedTwin(call, rewrite)],
  };
}

/** Makes `xs.map((x) => readFileSync(x))` into `await Promise.all(xs.map(async (x) => await readFile(x)))`. */
function inMap(
  call: ast.CallExpression,
  blocking: BlockingCall,
  { fn, call: map }: Callback,
  facts: Facts,
): Fix | undefined {
  const rewrite = twinCall(blocking, facts);
  if (rewrite === undefined || !ast.isCallExpression(map) || !isOnArray(map, facts))
    return undefined;
  return {
    id: 'await-all',
    title: titled('Await', rewrite, 'for all of them'),
    kind: 'suggested',
    edits: [
      ...(isGathered(map) ? [] : awaitEdits(map, 'Promise.all')),
      ...asyncEdits(fn),
      ...awaitedTwin(call, rewrite),
    ],
  };
}

/** Makes `xs.forEach((x) => rmSync(x))` into `for (const x of xs) await rm(x)`, one after the other as before. */
function inForEach(
  call: ast.CallExpression,
  blocking: BlockingCall,
  { fn, call: each }: Callback,
  facts: Facts,
): Fix | undefined {
  const statement = each.parent;
  const [item, ...others] = fn.parameters;
  if (!isMethodCall(each) || !isOnArray(each, facts) || !ast.isExpressionStatement(statement))
    return undefined;
  if (!ast.isArrowFunction(fn) || item === undefined || others.length > 0) return undefined;
  if (
    item.initializer ||
    item.dotDotDotToken ||
    collect(fn.body, ast.isReturnStatement).length > 0
  ) {
    return undefined;
  }
  const rewrite = twinCall(blocking, facts);
  if (rewrite === undefined) return undefined;
  const isChanged = namesOf(item.name).some((name) => isAssignedIn(name, fn.body));
  const head = `for (${isChanged ? 'let' : 'const'} ${item.name.getText()} of ${each.expression.expression.getText()}) `;
  const end = ast.isBlock(fn.body) ? statement.end : each.end;
  return {
    id: 'loop',
    title: titled('Loop and await', rewrite, 'each time'),
    kind: 'suggested',
    edits: [
      edit.range(each, each.getStart(), fn.body.getStart(), head),
      ...awaitedTwin(call, rewrite),
      edit.range(each, fn.body.end, end, ''),
    ],
  };
}

function isOnArray(call: ast.CallExpression, facts: Facts): boolean {
  const callee = unwrap(call.expression);
  if (!ast.isPropertyAccessExpression(callee) || callee.questionDotToken) return false;
  if (call.typeArguments !== undefined) return false;
  const type = facts.typeOf(callee.expression);
  return type !== undefined && facts.promises.elements(type) !== undefined;
}

/** Long names give way to the length of a menu. */
function titled(before: string, { called }: Rewrite, after: string): string {
  return fittingTitle(`${before} \`${called}\` ${after}`, `${before} its async twin ${after}`);
}
