/** What the event loop does while a piece of work runs. */
import { setImmediate as turn } from 'node:timers/promises';

/** Turns that the event loop makes until the work is done: 0 when it stands still. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  try {
    await work();
    return turns;
  } finally {
    clearImmediate(next);
  }
}

/** Reasons of rejections that nobody hears, until a few turns after the work has ended. */
export async function unheardDuring(work: () => unknown): Promise<readonly unknown[]> {
  const usual = process.listeners('unhandledRejection');
  const unheard: unknown[] = [];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unheard.push(reason));
  try {
    await work();
    for (let left = 5; left > 0; left--) await turn();
    return unheard;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of usual) process.on('unhandledRejection', listener);
  }
}
