/** What we know of other people's functions: data only. */

export * from './blocking.ts';
export * from './computing.ts';
export * from './effects.ts';
export * from './hooks.ts';
export * from './natures.ts';
export * from './sleeps.ts';
export * from './verified.ts';
