import { setTimeout as delay } from 'node:timers/promises';

/** Tells the time and waits. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  }
}

/** A clock that stands still until it is moved. */
export class FixedClock implements Clock {
  #now: number;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
    return Promise.resolve();
  }
}

const milliseconds = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** A unit of time. */
export type TimeUnit = keyof typeof milliseconds;

/** A length of time in milliseconds. */
export function duration(amount: number, unit: TimeUnit): number {
  return amount * milliseconds[unit];
}

/** The date moved by a length of time. */
export function shift(date: Date, amount: number, unit: TimeUnit): Date {
  return new Date(date.getTime() + duration(amount, unit));
}

/** Whole units between two dates. */
export function elapsed(from: Date, to: Date, unit: TimeUnit): number {
  return Math.floor((to.getTime() - from.getTime()) / milliseconds[unit]);
}

/** The first moment of the date's day. */
export function startOfDay(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
}
