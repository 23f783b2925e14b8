/** How rules are written and run: one walk a file, types in batches, fixes when asked. */
export { commentRules } from './comment-rules.ts';
export type { Directive } from './comments.ts';
export { applyEdits, disjoint, edit } from './edit.ts';
export { canonicalName, hushedBy } from './equivalents.ts';
export * from './finding.ts';
export * from './lint.ts';
export * from './rule.ts';
export * from './settings.ts';
export { settled } from './settle.ts';
export { type Cover, coversIn, hides } from './suppress.ts';
export * from './wording.ts';
