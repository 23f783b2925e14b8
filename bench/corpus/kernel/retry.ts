import type { Clock } from './clock.ts';
import { UnavailableFailure } from './failures.ts';

/** How often and how long to try. */
export interface RetryPlan {
  readonly attempts: number;
  readonly firstDelay: number;
  readonly factor: number;
  readonly shouldRetry?: (error: unknown) => boolean;
}

/** Five tries within about three seconds. */
export const patientPlan: RetryPlan = { attempts: 5, firstDelay: 100, factor: 2 };

/** Two tries at once. */
export const hastyPlan: RetryPlan = { attempts: 2, firstDelay: 10, factor: 1 };

/** Runs the work until it succeeds or the plan ends. */
export async function withRetry<Value>(
  clock: Clock,
  plan: RetryPlan,
  work: (attempt: number) => Promise<Value>,
): Promise<Value> {
  let pause = plan.firstDelay;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const again = plan.shouldRetry?.(error) ?? true;
      if (!again || attempt >= plan.attempts) throw error;
    }
    await clock.sleep(pause);
    pause *= plan.factor;
  }
}

/** Rejects when the work takes longer than the given milliseconds. */
export async function withDeadline<Value>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new UnavailableFailure('Took too long.')),
    milliseconds,
  );
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
