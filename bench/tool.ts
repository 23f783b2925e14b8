import type { Checkout } from './checkout.ts';
import type { Command, Run } from './process-tree.ts';

/** A place that a tool reports: a path relative to the checkout, and a line from 1. */
export type Place = `${string}:${number}`;

/** A contender. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** What it does: the one rule that linters are compared by, everything it has, or the type check. */
  readonly work: 'one rule' | 'two families' | 'eleven rules' | 'all rules' | 'type check';
  command(checkout: Checkout): Command;
  /** What happens before each run, and is not timed. */
  prepare?(checkout: Checkout): Promise<void>;
  /** Whether that changes a file, so that it is not to be run on somebody's checkout. */
  readonly changes?: boolean;
  /** What it reports, for those that report the one rule. */
  places?(run: Run, checkout: Checkout): readonly Place[];
}
