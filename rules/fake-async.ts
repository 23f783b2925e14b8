import * as ast from '#ast';
import { type Context, defineRule, edit, type Fix, fittingTitle } from '#engine';
import {
  asyncKeywordOf,
  type Facts,
  type FunctionNode,
  functionName,
  neverWaits,
  type Standstill,
  turnOf,
  twinCall,
  unwrap,
  type Wrapper,
  wrapperAt,
} from '#facts';

/**
 * A promise does not move work anywhere. What runs inside of an async function, of `new Promise` or of `then` runs on the
 * same thread as all the rest, and until it is done no request is answered and no timer fires.
 */
export default defineRule({
  id: 'fake-async',
  family: 'blocking',
  severity: 'warning',
  preset: 'strict',
  summary: 'A promise is wrapped round work that blocks the event loop all the same.',
  advice:
    'Hand the work to a pool of worker threads, such as `piscina` or `tinypool`, and await its answer.',

  visit: {
    ArrowFunction: (fn, context) => judgeFunction(fn, context),
    FunctionDeclaration: (fn, context) => judgeFunction(fn, context),
    FunctionExpression: (fn, context) => judgeFunction(fn, context),
    MethodDeclaration: (fn, context) => judgeFunction(fn, context),
    NewExpression: (created, context) => judgePromise(created, context),
    CallExpression: (call, context) => judgePromise(call, context),
  },
});

function judgeFunction(fn: FunctionNode, { facts, report }: Context<object>): void {
  if (!neverWaits(fn)) return;
  const word = asyncKeywordOf(fn);
  const work = facts.standstills.inTurnOf(fn);
  const [first] = work;
  if (word === undefined || first === undefined) return;
  // Where the work has an async form that is the remedy, and `blocking-call` speaks of it.
  if (work.some(({ twin }) => twin !== undefined)) return;
  if (facts.natures.of(first.call) !== undefined || !facts.isAsyncInNameOnly(fn)) return;

  const name = functionName(fn);
  const subject = name === undefined ? 'This function' : `\`${name}\``;
  report(word, {
    message: `${subject} is async in name only: \`${first.called}\` blocks all the same.`,
    related: work.map(({ name: node, why }) => ({ node, message: why })),
  });
}

function judgePromise(
  node: ast.NewExpression | ast.CallExpression,
  { facts, report }: Context<object>,
): void {
  const wrapper = wrapperAt(node);
  if (wrapper === undefined) return;
  const { functions, value } = wrapper;
  const isGiven = functions.length === 0 && value !== undefined;
  const work = isGiven
    ? facts.standstills.before(value)
    : functions.flatMap((fn) => facts.standstills.directlyIn(fn));
  const [first] = work;
  // Whoever makes a promise of a value that is there may have to: others ask for one.
  if (isGiven && first?.twin === undefined) return;
  if (first === undefined || facts.natures.of(node) !== undefined) return;
  // In an async function `blocking-call` speaks of what has an async form.
  if (first.twin !== undefined && turnOf(first.call) !== undefined) return;

  report(wrapper.mark, {
    message: messageFor(first),
    related: work.map(({ name, why }) => ({ node: name, message: why })),
    fixes: () => [callTwin(wrapper, facts)],
  });
}

function messageFor({ called, twin }: Standstill): string {
  if (twin === undefined) {
    return `This promise is one in name only: \`${called}\` blocks all the same.`;
  }
  const form = twin === '' ? 'its async form' : `\`${twin}\``;
  return `\`${called}\` blocks inside of a promise, too; ${form} does not.`;
}

/** Makes `new Promise((resolve) => resolve(fs.readFileSync(p)))` into `fs.promises.readFile(p)`. */
function callTwin({ node, value }: Wrapper, facts: Facts): Fix | undefined {
  const call = value && unwrap(value);
  const blocking = call && ast.isCallExpression(call) ? facts.blocking.of(call) : undefined;
  const rewrite = blocking && twinCall(blocking, facts);
  if (call === undefined || rewrite === undefined || value !== call) return undefined;
  if (rewrite.member !== undefined || rewrite.through !== undefined) return undefined;
  return {
    id: 'call-twin',
    title: fittingTitle(
      `Return the promise of \`${rewrite.called}\``,
      'Return the promise of its async twin',
    ),
    kind: 'suggested',
    edits: [
      edit.range(node, node.getStart(), call.getStart(), ''),
      ...rewrite.edits,
      edit.range(node, call.end, node.end, ''),
    ],
  };
}
