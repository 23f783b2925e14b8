/** What rules may know: promises, calls, contexts, effects, loops and sizes, never the checker itself. */

export { together } from '#program';
export {
  type AsyncFunction,
  asyncKeywordOf,
  functionName,
  holdsAsync,
  isStub,
  neverWaits,
} from './asyncness/suspensions.ts';
export { syncEdits } from './asyncness/sync-edits.ts';
export { type Wrapper, wrapperAt } from './asyncness/wrappers.ts';
export { awaitedTwin } from './blocking/awaited-twins.ts';
export { type BlockingCall, calledName, spokenCall } from './blocking/blocking.ts';
export { type Cost, costOf } from './blocking/costs.ts';
export { handlerOf } from './blocking/handlers.ts';
export { type Nature, natureOfPath, natureOfProject } from './blocking/natures.ts';
export { type Pause, pauseOf } from './blocking/pauses.ts';
export { SLEEPING_METHODS, type SleepingCall, sleepingCall } from './blocking/sleeping.ts';
export { type Loop, type Spin, spinOf } from './blocking/spinning.ts';
export type { Standstill } from './blocking/standstills.ts';
export type { Chain, Link, Summary } from './blocking/summaries.ts';
export { type Callback, isRunAtOnce, type Turn, turnOf } from './blocking/turns.ts';
export { type Rewrite, twinCall } from './blocking/twins.ts';
export type { AsyncChain } from './chains/async-chains.ts';
export { isObstacle, type Obstacle } from './chains/plan.ts';
export { commute, describeEffects, describePlace, mayMeet } from './effects/commuting.ts';
export type {
  Commuting,
  Effect,
  Effects,
  Place,
  Reason,
  Resource,
  Root,
} from './effects/places.ts';
export { type Explanation, explainableIn, explanationsIn } from './explaining/explanation.ts';
export type { Point, Spot } from './explaining/points.ts';
export { Facts } from './facts.ts';
export type { FanOut } from './fan-out/fan-outs.ts';
export { inSequenceEdits } from './fan-out/sequencing.ts';
export type { SharedSession } from './fan-out/session-sharing.ts';
export type { GrowthSource } from './fan-out/sources.ts';
export { minds, rearmEdits, type TimerLoop, timerLoopOf } from './fan-out/timer-loops.ts';
export { reached } from './flow/dataflow.ts';
export { looksDropped, looksLate } from './flow/first-look.ts';
export type { Edge, Graph, Step } from './flow/graph.ts';
export { gatherWaits } from './flow/late-waits.ts';
export type { Gap, Life } from './flow/promise-life.ts';
export { graphOf } from './flow/statements.ts';
export { unreadValues } from './flow/unread-fields.ts';
export { gatherLoopEdits } from './loops/gathered-loops.ts';
export { type KeyedRead, keyedRead } from './loops/keyed-reads.ts';
export type { Spawning } from './loops/loop-callbacks.ts';
export { partsOf } from './loops/loop-parts.ts';
export type { OverlappingLoop } from './loops/loop-proofs.ts';
export { type NestedLoops, nestedLoopsAt } from './loops/nested-loops.ts';
export { promiseLoop } from './loops/promise-loops.ts';
export type { Repetition } from './loops/repetition.ts';
export type { Callee } from './names/calls.ts';
export {
  functionsIn,
  functionsNamed,
  functionsRound,
  functionsWithBody,
  type NamedFunction,
} from './names/functions.ts';
export { importing } from './names/import-edits.ts';
export { isScript, modulesIn } from './names/modules.ts';
export * from './names/names.ts';
export { type AwaitStatement, statementsFrom } from './order/awaits.ts';
export { deferEdits } from './order/deferring.ts';
export type { EarlyAwait } from './order/early-awaits.ts';
export { awaitsBeside, type ValueAwaits } from './order/value-awaits.ts';
export { type Bar, type Timeline, type Waterfall, waterfallOf } from './order/waterfall.ts';
export type { Series } from './order/waves.ts';
export * from './promises/asyncify.ts';
export { type Attempt, attemptsIn, neverThrows } from './promises/attempts.ts';
export { runsBeside } from './promises/beside.ts';
export { isCalledBack } from './promises/callback-forms.ts';
export * from './promises/catching.ts';
export * from './promises/combining.ts';
export { filterEdits, usesAsValue } from './promises/filtering.ts';
export { rejectionHandler } from './promises/handling.ts';
export { hoistEdits } from './promises/hoisting.ts';
export { JUDGES, type Judging, judgingOf } from './promises/judging.ts';
export {
  awaitsGiven,
  hearsWithin,
  mayReturnPromise,
  resultsOf,
  returnsPromises,
  returnsUnhandled,
  unhandledResult,
  waits,
} from './promises/losses.ts';
export { type Member, mayOverpromise, overpromises } from './promises/members.ts';
export type { Promiseness } from './promises/promises.ts';
export {
  isExecutor,
  isRejectedInCourse,
  settlesInCatch,
  wrappedPromise,
} from './promises/settling.ts';
export { awaitWhereMade, awaitWhereUsed, mistaken } from './promises/sources.ts';
export { unawaitEdits } from './promises/unawaiting.ts';
export { gatherAllEdits, isOptional, loopEdits, statementOfCall } from './promises/unrolling.ts';
export { asyncRewrite, canBeAsync } from './refactorings/async-rewrite.ts';
export { type Refactoring, refactoringsAt } from './refactorings/refactorings.ts';
export { isComparison, isUnequal, presenceQuestion } from './shape/comparisons.ts';
export { isTestCallback } from './shape/contexts.ts';
export * from './shape/indenting.ts';
export { inStyle } from './shape/semicolons.ts';
export {
  calleeName,
  functionGiven,
  isForEach,
  isGivenByName,
  isOthersMatter,
  namesGiven,
  propertySlot,
  type Slot,
  slotOf,
} from './shape/slots.ts';
export * from './shape/statics.ts';
export * from './shape/syntax.ts';
export { type Watcher, watcherOf } from './shape/watchers.ts';
export { mostOf, type Size } from './sizes/bounds.ts';
export { isLoop } from './sizes/growth.ts';
export type { Assertion } from './tests/assertions.ts';
export { isTypeTest } from './tests/type-tests.ts';
