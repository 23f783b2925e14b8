/** Time in which waiting costs nothing: every timer is faked and goes off in its order. */
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds after which work that has not ended never will. */
const TOO_LONG = 20_000;

/** How a piece of work ended, and after how many milliseconds. */
export interface Timed<T> {
  readonly took: number;
  readonly value: T;
}

/** Runs work in fake time from 0 on; rejects as the work does. `Date.now()` tells the fake time meanwhile. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 0 });
  // Named imports of Node's modules are told of the fakes, too.
  syncBuiltinESMExports();
  try {
    let ended = false;
    const running = work().finally(() => {
      ended = true;
    });
    running.catch(() => {});
    while (!ended && Date.now() < TOO_LONG) {
      await turn();
      if (!ended) mock.timers.tick(1);
    }
    if (!ended) throw new Error(`not over after ${TOO_LONG} ms`);
    return { took: Date.now(), value: await running };
  } finally {
    mock.timers.reset();
    syncBuiltinESMExports();
  }
}
