/** What rules may know: promises, calls, contexts, effects, loops and sizes, never the checker itself. */
export * from './asyncify.ts';
export type { BlockingCall } from './blocking.ts';
export type { Size } from './bounds.ts';
export type { Callee } from './calls.ts';
export { commute, describePlace, mayMeet } from './commuting.ts';
export { isFreeToChange } from './contexts.ts';
export { Facts } from './facts.ts';
export { hoistEdits } from './hoisting.ts';
export * from './indenting.ts';
export * from './names.ts';
export { type Nature, natureOfPath } from './natures.ts';
export type { Commuting, Effect, Effects, Place, Reason, Resource, Root } from './places.ts';
export type { Promiseness } from './promises.ts';
export { settlesInCatch, wrappedPromise } from './settling.ts';
export * from './syntax.ts';
export { type Callback, type Turn, turnOf } from './turns.ts';
export type { Rewrite } from './twins.ts';
export { type Watcher, watcherOf } from './watchers.ts';
