/** Written by `npm run generate`. */
import type { Rule } from '#engine';
import asyncExecutor from './async-executor.ts';
import awaitInLoop from './await-in-loop.ts';
import awaitOfNonPromise from './await-of-non-promise.ts';
import blockingCall from './blocking-call.ts';
import busyWait from './busy-wait.ts';
import droppedAsyncCallback from './dropped-async-callback.ts';
import floatingPromise from './floating-promise.ts';
import independentAwaits from './independent-awaits.ts';
import lateAwait from './late-await.ts';
import promiseAsCondition from './promise-as-condition.ts';
import returnedInTry from './returned-in-try.ts';
import unboundedFanOut from './unbounded-fan-out.ts';
import unusedPromise from './unused-promise.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  asyncExecutor,
  awaitInLoop,
  awaitOfNonPromise,
  blockingCall,
  busyWait,
  droppedAsyncCallback,
  floatingPromise,
  independentAwaits,
  lateAwait,
  promiseAsCondition,
  returnedInTry,
  unboundedFanOut,
  unusedPromise,
];
