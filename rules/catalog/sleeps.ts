/** Functions that stop the whole thread for a while, and other ways to wait without letting anything else run. */

/** What such a function takes: a time in some unit, or a condition, a callback or whatever else. */
export interface Sleep {
  readonly module: string;
  /** As in the blocking catalogue: `default()` is what a call of the default export gives. */
  readonly name: string;
  /** How many milliseconds one of its argument is; nothing when it takes no time. */
  readonly milliseconds: number | undefined;
}

/** Known sleeps, one by one. */
export const SLEEPS: readonly Sleep[] = [
  { module: 'atomic-sleep', name: 'default', milliseconds: 1 },
  { module: 'deasync', name: 'sleep', milliseconds: 1 },
  { module: 'deasync', name: 'default()', milliseconds: undefined },
  { module: 'deasync', name: 'loopWhile', milliseconds: undefined },
  { module: 'deasync', name: 'runLoopOnce', milliseconds: undefined },
  { module: 'sleep', name: 'msleep', milliseconds: 1 },
  { module: 'sleep', name: 'sleep', milliseconds: 1000 },
  { module: 'sleep', name: 'usleep', milliseconds: 0.001 },
  { module: 'sleep-synchronously', name: 'default', milliseconds: 1 },
  { module: 'system-sleep', name: 'default', milliseconds: 1 },
  { module: 'thread-sleep', name: 'default', milliseconds: 1 },
  { module: 'usleep', name: 'msleep', milliseconds: 1 },
  { module: 'usleep', name: 'sleep', milliseconds: 1000 },
  { module: 'usleep', name: 'usleep', milliseconds: 0.001 },
];

/** The known sleep of this module and name. */
export function findSleep(module: string, name: string): Sleep | undefined {
  return SLEEPS.find((one) => one.module === module && one.name === name);
}
