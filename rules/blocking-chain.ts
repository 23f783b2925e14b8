import type * as ast from '#ast';
import { type Context, defineRule, type Fix, fittingTitle, type Hindrance } from '#engine';
import {
  brief,
  type Chain,
  calledName,
  type Facts,
  type FunctionNode,
  isObstacle,
  isRunAtOnce,
  type Link,
  spokenCall,
  turnOf,
} from '#facts';

/**
 * A function that blocks makes everything block that calls it. Seen from the async function at the top the call looks
 * harmless; while it runs, no request is answered, no timer fires, and no other promise goes on.
 */
export default defineRule({
  id: 'blocking-chain',
  family: 'blocking',
  severity: 'warning',
  preset: 'recommended',
  summary: 'An async function calls a function of the project that reaches a blocking call.',
  advice:
    'Make the functions in between async and await them, down to the async twin of what blocks.',
  options: {
    quick: {
      description:
        'Whether chains to calls that are mostly over within microseconds are told, as information.',
      default: true,
    },
    tests: { description: 'Whether calls in tests are reported too.', default: false },
  },

  wholeProject: true,
  methods: (name, { suspects }) => suspects.mayName(name),
  visit: {
    CallExpression: (call, context) => judge(call, context),
    NewExpression: (call, context) => judge(call, context),
  },
});

interface Options {
  readonly quick: boolean;
  readonly tests: boolean;
}

function judge(
  call: ast.CallExpression | ast.NewExpression,
  { facts, options, report }: Context<Options>,
): void {
  const name = calledName(call.expression);
  if (name === undefined || !facts.suspects.isSuspect(call)) return;
  const turn = turnOf(call);
  if (turn === undefined) return;
  const nature = facts.natures.of(call);
  if (nature !== undefined && !(nature === 'test' && options.tests)) return;
  const step = facts.summaries.stepOf(call);
  if (step === undefined) return;
  const summary = facts.summaries.of(step.fn);
  if (summary.blocks !== 'yes' || facts.blocking.of(call) !== undefined) return;
  if (turn.callbacks.some((callback) => isRunAtOnce(callback, facts) !== 'yes')) return;
  const { chain } = summary;
  const isMinor = chain.cost === 'quick' || chain.rarity === 'keyed';
  const isQuick = isMinor || isStart(turn.fn);
  if ((isQuick && !options.quick) || (isMinor && isToldBefore(call, step, facts))) return;

  const end = spokenCall(chain.end.call, chain.end.name);
  const start = name.text === end ? brief(call.expression) : name.text;
  report(name, {
    message: `\`${start}\` reaches \`${end}\`, which blocks the event loop.`,
    ...(isQuick && { severity: 'information' }),
    related: relatedOf(chain, name.text),
    ...(facts.asyncChains.canTry && { rewrite: () => makeAsync(step, chain, facts) }),
  });
}

/** Of what is mostly over at once, the first of a file's calls of one function is enough. */
function isToldBefore(call: ast.CallExpression | ast.NewExpression, { fn }: Link, facts: Facts) {
  return facts.repeats.before(call).some((one) => {
    const turn = turnOf(one);
    if (turn === undefined || turn.callbacks.length > 0) return false;
    return facts.natures.of(one) === undefined && facts.summaries.stepOf(one)?.fn === fn;
  });
}

/** What is called so mostly runs once, before anybody waits. */
function isStart(fn: FunctionNode): boolean {
  const name = 'name' in fn ? fn.name?.getText() : undefined;
  return (
    name !== undefined &&
    /^(boot|bootstrap|init|initiali[sz]e|launch|main|onApplicationBootstrap|onModuleInit|setup|start)([A-Z]|$)/.test(
      name,
    )
  );
}

/** The calls in between, each with the name of the function that it stands in. */
function relatedOf({ steps, end }: Chain, first: string) {
  const links = steps.map(({ call }) => calledName(call.expression) ?? call.expression);
  const callers = [first, ...links.map((link) => link.getText())];
  return [...links, end.name].map((node, index) => {
    const caller = callers[index] ?? '';
    const isEnd = index === links.length;
    const until = isEnd ? `, and blocks until ${end.api.until}` : '';
    return { node, message: `is called by \`${caller}\`${until}` };
  });
}

/** Makes the functions of a chain async, awaits every call of them, and ends in the async twin. */
function makeAsync(step: Link, chain: Chain, facts: Facts): Fix | Hindrance {
  const made = facts.asyncChains.of(step, chain);
  if (isObstacle(made)) return made;
  const others = made.functions.length - 1;
  const first = calledName(step.call.expression)?.getText() ?? '';
  const more = others === 0 ? '' : ` and ${others} more`;
  return {
    id: 'async-chain',
    title: fittingTitle(
      `Make \`${first}\`${more} async, and await every call`,
      `Make ${others + 1} functions async, and await every call`,
    ),
    kind: 'suggested',
    edits: made.edits,
  };
}
