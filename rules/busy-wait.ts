import * as ast from '#ast';
import { type Context, defineRule, type Edit, edit, type Fix } from '#engine';
import {
  type Facts,
  importing,
  type Loop,
  type Nature,
  pauseOf,
  SLEEPING_METHODS,
  type SleepingCall,
  type Spin,
  sleepingCall,
  spinOf,
} from '#facts';

/**
 * Nothing else runs while a loop watches the clock or a thread sleeps: no request is answered, no timer fires, and what a
 * loop waits for may never come, because nobody gets a turn to bring it. A timer waits as long and leaves the thread free.
 */
export default defineRule({
  id: 'busy-wait',
  family: 'blocking',
  severity: 'error',
  preset: 'recommended',
  summary:
    'A loop or a call waits for time to pass, or for a value to change, and lets nothing else run.',
  advice:
    'Await a timer: `setTimeout` of `node:timers/promises`. Await a promise for what somebody else is to do.',
  options: {
    tests: { description: 'Whether tests are looked at too.', default: false },
  },

  methods: (name) => SLEEPING_METHODS.has(name),
  visit: {
    WhileStatement: (loop, context) => judgeLoop(loop, context),
    DoStatement: (loop, context) => judgeLoop(loop, context),
    ForStatement: (loop, context) => judgeLoop(loop, context),

    CallExpression(call, { facts, options, report }) {
      const sleep = sleepingCall(call, facts.calls);
      if (sleep === undefined) return;
      const nature = facts.natures.of(call);
      if (nature !== undefined && nature !== 'start' && !(nature === 'test' && options.tests))
        return;

      report(sleep.name, {
        message: `\`${sleep.name.getText()}\` stops the whole thread until the wait is over.`,
        fixes: () => [awaitInstead(sleep, facts)],
      });
    },
  },
});

interface Options {
  readonly tests: boolean;
}

/** Where a thread may stand still; a loop burns its time even in a program for the terminal. */
const FREE: ReadonlySet<Nature> = new Set(['worker', 'end']);

function judgeLoop(loop: Loop, { facts, options, report }: Context<Options>): void {
  const spin = spinOf(loop, facts.calls);
  if (spin === undefined) return;
  const nature = facts.natures.of(loop);
  if (nature !== undefined && FREE.has(nature)) return;
  if (nature === 'test' && !options.tests) return;

  report(loop, { message: MESSAGES[spin.watches], fixes: () => [timerInstead(spin, facts)] });
}

const MESSAGES: Readonly<Record<Spin['watches'], string>> = {
  clock: 'This loop only watches the clock, and nothing else runs until it ends.',
  probe: 'This loop only looks again and again, and nothing else runs until it ends.',
  flag: 'Nothing else runs during this loop, so nothing can change what it waits for.',
};

/** Makes `const end = Date.now() + ms; while (Date.now() < end) {}` into `await setTimeout(ms);`. */
function timerInstead(spin: Spin, facts: Facts): Fix | undefined {
  const { loop } = spin;
  if (!facts.mayAwait(loop)) return undefined;
  const pause = pauseOf(spin, facts.calls);
  const timer = pause && timerFor(pause.time, loop, facts);
  if (timer === undefined) return undefined;
  const start = pause?.declaration ?? loop;
  const replaced = edit.range(loop, start.getStart(), loop.end, `${timer.code}${endLike(loop)}`);
  return { ...TIMER, edits: [...timer.edits, replaced] };
}

/** Makes `Atomics.wait(…, ms)` into `await setTimeout(ms)`. */
function awaitInstead({ call, time }: SleepingCall, facts: Facts): Fix | undefined {
  if (time === undefined || !ast.isExpressionStatement(call.parent) || !facts.mayAwait(call)) {
    return undefined;
  }
  const { code, milliseconds } = time;
  const timer = timerFor(inMilliseconds(code.getText(), milliseconds), call, facts);
  return timer && { ...TIMER, edits: [...timer.edits, edit.replace(call, timer.code)] };
}

const TIMER = { id: 'timer', title: 'Await a timer instead', kind: 'suggested' } as const;

function inMilliseconds(code: string, milliseconds: number): string {
  if (milliseconds === 1) return code;
  const plain = /^[\d.]+$/.test(code);
  if (plain) return String(Number(code) * milliseconds);
  const amount = /^[\w.]+$/.test(code) ? code : `(${code})`;
  return milliseconds < 1 ? `${amount} / ${1 / milliseconds}` : `${amount} * ${milliseconds}`;
}

/** The timer of Node; without Node, a promise round the global one. */
function timerFor(
  time: string,
  at: ast.Node,
  facts: Facts,
): { readonly code: string; readonly edits: readonly Edit[] } | undefined {
  if (!facts.natures.isForNode()) {
    return { code: `await new Promise((resolve) => setTimeout(resolve, ${time}))`, edits: [] };
  }
  const wanted = { module: 'timers/promises', name: 'setTimeout', alias: 'sleep' };
  const timer = importing(wanted, at, facts.calls);
  return timer && { code: `await ${timer.local}(${time})`, edits: timer.edits };
}

/** A semicolon where the statement before the loop has one, or where there is none. */
function endLike(loop: ast.Statement): string {
  let before = '';
  loop.parent.forEachChild((child) => {
    if (child.end <= loop.getStart()) before = child.getText();
    return undefined;
  });
  return before === '' || /[;}]$/.test(before) ? ';' : '';
}
