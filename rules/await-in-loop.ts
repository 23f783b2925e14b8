import type * as ast from '#ast';
import { type Context, defineRule, type Fix, fittingMessage } from '#engine';
import { describeEffects, type Facts, headOf, mostOf, type OverlappingLoop, spoken } from '#facts';

/**
 * Each turn of the loop waits until the one before is done, so that the waiting times of all items add up. Nothing asks for
 * that here: no turn needs what another found out, and all they do outside is read. Let a few run at a time. Should one of
 * them fail, others are still under way, which matters to nobody unless they fill in their own items.
 */
export default defineRule({
  id: 'await-in-loop',
  family: 'sequential',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A loop waits for one item at a time although its turns are proved to be independent.',
  advice:
    'Let a few items run at a time: with the limiter that the project has, in batches, or all at once where they are few.',
  replaces: ['no-await-in-loop', 'biome/noAwaitInLoops'],
  options: {
    likely: {
      description:
        'Whether calls that nobody knows count as what their names say (`loadUser` reads), reported as likely.',
      default: false,
    },
  },

  visit: {
    ForOfStatement: judge,
    ForInStatement: judge,
    ForStatement: judge,
  },
});

type Loop = ast.ForOfStatement | ast.ForInStatement | ast.ForStatement;

interface Options {
  readonly likely: boolean;
}

function judge(loop: Loop, { facts, options, report }: Context<Options>): void {
  if (!waits(loop) || facts.isInTest(loop)) return;
  if (facts.loops.natureOf(loop) !== undefined) return;
  const proved = facts.loopProofs.of(loop);
  const found = proved ?? (options.likely ? facts.likelyLoops.of(loop) : undefined);
  if (found === undefined) return;
  const most = mostOf(facts.sizes.iterations(loop));
  if (most !== undefined && most < 2) return;

  const isSmall = most !== undefined && most <= facts.settings.fanOut;
  report(headOf(found.await), {
    message: messageFor(found),
    ...(proved === undefined ? { certainty: 'likely' as const } : {}),
    ...(isSmall || proved === undefined ? { severity: 'information' as const } : {}),
    related: [{ node: found.await.expression, message: `Each item ${does(found)}.` }],
    fixes: () =>
      isSmall ? [allAtOnce(found, facts)] : [withMapper(found, facts), inBatches(found, facts)],
  });
}

/** Whether there is an `await` in a loop at all: a look at the text spares a walk through the tree. */
function waits({ statement }: Loop): boolean {
  return /\bawait\b/.test(statement.getSourceFile().text.slice(statement.pos, statement.end));
}

function messageFor({ await: { expression } }: OverlappingLoop): string {
  return fittingMessage(
    `The loop waits for ${spoken(expression)} item by item, although no item needs another.`,
    'The loop waits item by item, although no item needs another.',
  );
}

/** What a turn does outside: all of it is reading. */
function does({ effects }: OverlappingLoop): string {
  return describeEffects(effects);
}

/** Makes the loop into `await pMap(items, async (item) => { … }, { concurrency: 16 });`. */
function withMapper(found: OverlappingLoop, facts: Facts): Fix | undefined {
  const bounded = facts.loopFixes.withMapper(found);
  if (bounded === undefined) return undefined;
  const { by, edits } = bounded;
  const title = `Run ${facts.settings.fanOut} at a time with \`${by}\``;
  return { id: 'mapper', title, kind: 'suggested', edits };
}

/** Makes the loop go through batches, whose items run together. */
function inBatches(found: OverlappingLoop, facts: Facts): Fix | undefined {
  const edits = facts.loopFixes.inBatches(found);
  const title = `Run in batches of ${facts.settings.fanOut}`;
  return edits && { id: 'batches', title, kind: 'suggested', edits };
}

/** Makes the loop into `await Promise.all(items.map(async (item) => { … }));`. */
function allAtOnce(found: OverlappingLoop, facts: Facts): Fix | undefined {
  const edits = facts.loopFixes.allAtOnce(found);
  return edits && { id: 'promise-all', title: 'Run all at once', kind: 'suggested', edits };
}
