/** What we know of other people's functions: data only. */

export * from './assertions.ts';
export * from './batched-reads.ts';
export * from './blocking.ts';
export * from './computing.ts';
export * from './effects.ts';
export * from './handmade.ts';
export * from './hooks.ts';
export * from './momentary.ts';
export * from './natures.ts';
export * from './predicates.ts';
export * from './safe-calls.ts';
export * from './sleeps.ts';
export * from './verified.ts';
export * from './wrappers.ts';
