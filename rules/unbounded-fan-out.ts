import * as ast from '#ast';
import { defineRule, edit, type Fix, fittingMessage } from '#engine';
import {
  brief,
  COMBINATORS,
  collect,
  type Facts,
  type FanOut,
  type GrowthSource,
  isFunctionExpression,
  isMethodCall,
  spoken,
  unwrap,
} from '#facts';

/**
 * Everything is started at once, and the rows of a query or the sender of a request decide how much that is. With ten items
 * it is quick; with ten thousand it exhausts connections, file handles and memory, or overruns whoever is at the other end.
 * Lists of which nobody can tell whether they ever grow are reported in `strict`.
 */
export default defineRule({
  id: 'unbounded-fan-out',
  family: 'fan-out',
  severity: 'warning',
  preset: 'recommended',
  summary:
    'A `Promise` combinator starts an outside operation for every item of the input at once.',
  advice:
    'Let only so many run at a time: with the limiter that the project has, with `p-map` or `p-limit`, or in batches.',

  options: {
    likely: {
      description:
        'Whether lists count of which nobody can tell that they grow: those that no query and no request fills.',
      default: false,
      strict: true,
    },
  },

  callees: [...COMBINATORS, 'pMap'],
  visit: {
    CallExpression(call, { facts, options, report }) {
      const [list] = call.arguments;
      if (list === undefined || facts.isInTest(call)) return;
      const unbounded = startedBy(call, list, facts).filter((one) => isUnbounded(one, facts));
      const [first] = unbounded;
      // What shares a session must not run side by side at all: `shared-session-fan-out` speaks.
      if (first === undefined || facts.sharing.in(list) !== undefined) return;
      const proved = unbounded.find((one) => growthOf(one, facts) !== undefined);
      if (proved === undefined && !options.likely) return;

      const fanOut = proved ?? first;
      const source = proved && growthOf(proved, facts);
      report(call.expression, {
        message: messageFor(call, fanOut, source, facts),
        ...(source
          ? { related: [{ node: source.node, message: WHY[source.kind] }] }
          : { certainty: 'likely', severity: 'information' }),
        fixes: () => [
          withLimit(call, fanOut, facts),
          withMapper(call, fanOut, facts),
          withLimiter(call, fanOut, facts),
          inBatches(call, fanOut, facts),
        ],
      });
    },
  },
});

/** What a combinator's list is filled with, or what a map starts that is given no limit. */
function startedBy(
  call: ast.CallExpression,
  list: ast.Expression,
  { fanOuts }: Facts,
): readonly FanOut[] {
  if (fanOuts.isCombinator(call)) return fanOuts.into(list);
  const open = fanOuts.ofOpenMap(call);
  return open === undefined ? [] : [open];
}

/** As many as the input holds, each reaching the outside, none held back. */
function isUnbounded(fanOut: FanOut, facts: Facts): boolean {
  if (fanOut.size.kind !== 'input' || facts.fanOuts.mayShareSession(fanOut)) return false;
  // The combinator hears of none of these, and would wait for none of them in batches either.
  if (facts.fanOuts.givesNothing(fanOut)) return false;
  return facts.fanOuts.reachesIoEach(fanOut) && !facts.limiters.holdsBack(fanOut.work);
}

/** What makes the list grow, where that shows and what is started takes something of which there is only so much. */
function growthOf(fanOut: FanOut, facts: Facts): GrowthSource | undefined {
  return facts.fanOuts.takesScarce(fanOut) ? facts.sources.of(fanOut.items) : undefined;
}

const WHY: Readonly<Record<GrowthSource['kind'], string>> = {
  rows: 'This query hands out as many rows as there are.',
  request: 'The sender of the request decides how many there are.',
  caller: 'Nothing here calls this: whoever does decides how many there are.',
};

/** What follows `for each of …`, and what follows `for` alone. */
const HOW_MANY: Readonly<Record<'rows' | 'request', readonly [string, string]>> = {
  rows: [', all rows of a query', 'each row of a query that has no limit'],
  request: [', as many as a request brings', 'as many items as a request brings'],
};

function messageFor(
  call: ast.CallExpression,
  { items, work }: FanOut,
  source: GrowthSource | undefined,
  facts: Facts,
): string {
  const start = `\`${call.expression.getText()}\` starts ${started(work, facts)} for`;
  const name = nameOf(items);
  const each = name === undefined ? 'every item' : `each of \`${name}\``;
  if (source !== undefined && source.kind !== 'caller') {
    const [after, alone] = HOW_MANY[source.kind];
    return fittingMessage(
      `${start} ${name === undefined ? alone : each + after}.`,
      `${start} ${alone}.`,
      `\`${call.expression.getText()}\` starts one task for ${alone}.`,
    );
  }
  return fittingMessage(
    `${start} ${each} at once, however many there are.`,
    `${start} ${each} at once, however many.`,
    `${start} every item at once, however many.`,
    `${start} every item at once.`,
    `\`${call.expression.getText()}\` starts all at once, however many there are.`,
  );
}

/** `ids` for `ids`, `[...ids]`, `ids.filter(f)` and `Object.keys(ids)`. */
function nameOf(items: ast.Expression): string | undefined {
  const at = unwrap(items);
  if (ast.isIdentifier(at)) return at.text;
  if (ast.isPropertyAccessExpression(at)) return brief(at);
  if (ast.isArrayLiteralExpression(at)) {
    const [first, ...more] = at.elements;
    return first && ast.isSpreadElement(first) && more.length === 0
      ? nameOf(first.expression)
      : undefined;
  }
  if (!isMethodCall(at)) return undefined;
  const { expression: receiver, name } = at.expression;
  const [first] = at.arguments;
  if (receiver.getText() === 'Object' && first !== undefined) return nameOf(first);
  return ['filter', 'map', 'slice', 'sort', 'keys', 'values', 'entries'].includes(name.text)
    ? nameOf(receiver)
    : undefined;
}

/** What reaches the outside: the callback itself, or the call in it that does. */
function started(work: ast.Expression, facts: Facts): string {
  if (!isFunctionExpression(work) && !ast.isCallExpression(work)) return spoken(work);
  const calls = collect(work, ast.isCallExpression, { intoFunctions: true });
  const reaching = calls
    .filter((one) => !one.arguments.some((argument) => isFunctionExpression(unwrap(argument))))
    .filter((one) => !facts.fanOuts.isCombinator(one))
    .filter((one) => facts.fanOuts.reachesIoEach({ work: one, kind: 'evaluated' }));
  const outer = reaching.find(({ parent }) => ast.isAwaitExpression(parent)) ?? reaching[0];
  return outer === undefined ? 'its callback' : spoken(outer, 'its callback');
}

/** Makes `pMap(xs, f)` into `pMap(xs, f, { concurrency: 16 })`. */
function withLimit(call: ast.CallExpression, { node }: FanOut, facts: Facts): Fix | undefined {
  const last = call.arguments.at(-1);
  if (node !== call || last === undefined) return undefined;
  const limit = `concurrency: ${facts.settings.fanOut}`;
  const [property] = ast.isObjectLiteralExpression(last) ? last.properties : [];
  if (ast.isObjectLiteralExpression(last) && property === undefined) return undefined;
  const added = property ? edit.before(property, `${limit}, `) : edit.after(last, `, { ${limit} }`);
  return {
    id: 'limit',
    title: `Run ${facts.settings.fanOut} at a time`,
    kind: 'suggested',
    edits: [added],
  };
}

/** Makes `Promise.all(xs.map(f))` into `pMap(xs, f, { concurrency: 16 })`. */
function withMapper(call: ast.CallExpression, fanOut: FanOut, facts: Facts): Fix | undefined {
  const bounded = facts.fanOutFixes.withMapper(call, fanOut);
  if (bounded === undefined) return undefined;
  const { by, edits } = bounded;
  return { id: 'mapper', title: titleWith(by, facts), kind: 'suggested', edits };
}

/** Makes `(x) => f(x)` into `(x) => limit(() => f(x))`, with a limiter that `p-limit` makes. */
function withLimiter(call: ast.CallExpression, fanOut: FanOut, facts: Facts): Fix | undefined {
  const isAll = isMethodCall(call, 'all', 'allSettled');
  const bounded = isAll ? facts.fanOutFixes.withLimiter(fanOut) : undefined;
  if (bounded === undefined) return undefined;
  const { by, edits } = bounded;
  return { id: 'limiter', title: titleWith(by, facts), kind: 'suggested', edits };
}

function titleWith(name: string, { settings }: Facts): string {
  return `Run ${settings.fanOut} at a time with \`${name}\``;
}

/** Makes it go through the items in batches, each of which is awaited before the next one starts. */
function inBatches(call: ast.CallExpression, fanOut: FanOut, facts: Facts): Fix | undefined {
  const edits = facts.mayAwait(call) ? facts.fanOutFixes.inBatches(call, fanOut) : undefined;
  const title = `Run in batches of ${facts.settings.fanOut}`;
  return edits && { id: 'batches', title, kind: 'suggested', edits };
}
