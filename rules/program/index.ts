/**
 * The only door to the compiler. Nothing outside this folder knows that it is a child process, that its
 * client blocks, or how its answers travel.
 */
export * from './compiler.ts';
export { findCompiler, MissingCompiler } from './executable.ts';
export type { History } from './history.ts';
export * from './program.ts';
export * from './query.ts';
export { isOwn, kindSet, listedAmong, Source } from './source.ts';
export { hashOf, type Words, wordsIn } from './words.ts';
