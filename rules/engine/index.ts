/** How rules are written and run: one walk a file, types in batches, fixes when asked. */
export { applyEdits, disjoint, edit } from './edit.ts';
export * from './finding.ts';
export * from './lint.ts';
export * from './rule.ts';
export * from './settings.ts';
export { settled } from './settle.ts';
export { UNUSED_ALLOW } from './suppress.ts';
