import type { Arguments } from './arguments.ts';
import { FIXES } from './fixes.ts';
import { OUTPUT } from './output.ts';
import { RULES } from './rules.ts';
import { SPEED } from './speed.ts';
import { WHAT } from './what.ts';

/** What holds when nothing is said. */
export const DEFAULTS: Arguments = {
  ...WHAT,
  ...RULES,
  ...FIXES,
  ...OUTPUT,
  ...SPEED,
  paths: [],
};
