import type { Arguments } from './arguments.ts';
import { FIXES } from './groups/fixes.ts';
import { OUTPUT } from './groups/output.ts';
import { RULES } from './groups/rules.ts';
import { SPEED } from './groups/speed.ts';
import { WHAT } from './groups/what.ts';

/** What holds when nothing is said. */
export const DEFAULTS: Arguments = {
  ...WHAT,
  ...RULES,
  ...FIXES,
  ...OUTPUT,
  ...SPEED,
  paths: [],
};
