/** Written by `npm run generate`. */
import type { Rule } from '#engine';
import asyncExecutor from './async-executor.ts';
import asyncPredicate from './async-predicate.ts';
import asyncWithoutAwait from './async-without-await.ts';
import awaitInCombinator from './await-in-combinator.ts';
import awaitInLoop from './await-in-loop.ts';
import awaitOfNonPromise from './await-of-non-promise.ts';
import blockingCall from './blocking-call.ts';
import blockingChain from './blocking-chain.ts';
import busyWait from './busy-wait.ts';
import cpuBound from './cpu-bound.ts';
import droppedAsyncCallback from './dropped-async-callback.ts';
import earlyAwait from './early-await.ts';
import fakeAsync from './fake-async.ts';
import floatingPromise from './floating-promise.ts';
import independentAwaits from './independent-awaits.ts';
import lateAwait from './late-await.ts';
import promiseAsCondition from './promise-as-condition.ts';
import promiseAsValue from './promise-as-value.ts';
import queryInLoop from './query-in-loop.ts';
import returnedInTry from './returned-in-try.ts';
import sequentialAsyncIteration from './sequential-async-iteration.ts';
import sharedSessionFanOut from './shared-session-fan-out.ts';
import tryAroundUnawaited from './try-around-unawaited.ts';
import unawaitedAssertion from './unawaited-assertion.ts';
import unboundedFanOut from './unbounded-fan-out.ts';
import unboundedSpawn from './unbounded-spawn.ts';
import unusedPromise from './unused-promise.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  asyncExecutor,
  asyncPredicate,
  asyncWithoutAwait,
  awaitInCombinator,
  awaitInLoop,
  awaitOfNonPromise,
  blockingCall,
  blockingChain,
  busyWait,
  cpuBound,
  droppedAsyncCallback,
  earlyAwait,
  fakeAsync,
  floatingPromise,
  independentAwaits,
  lateAwait,
  promiseAsCondition,
  promiseAsValue,
  queryInLoop,
  returnedInTry,
  sequentialAsyncIteration,
  sharedSessionFanOut,
  tryAroundUnawaited,
  unawaitedAssertion,
  unboundedFanOut,
  unboundedSpawn,
  unusedPromise,
];
