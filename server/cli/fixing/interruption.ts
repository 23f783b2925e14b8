import { setImmediate } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal that asks the process to end. */
export type Interruption = (typeof SIGNALS)[number];

/** Somebody asked us to end while files were about to be written. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly by: Interruption;

  constructor(by: Interruption, message: string) {
    super(message);
    this.by = by;
  }
}

/**
 * Does work that is not to be cut off just anywhere: it looks itself whether it was asked to end.
 * @param done says that the work was done when it was asked too late.
 * @throws {Interrupted} when it was asked to end, be it too late.
 */
export async function heedingSignals<T>(
  work: (asked: () => Interruption | undefined) => Promise<T>,
  done: string,
): Promise<T> {
  let heard: Interruption | undefined;
  const listen = (signal: Interruption): void => {
    heard = signal;
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  try {
    const result = await work(() => heard);
    // What came while nothing else ran is heard on the next turn, and would be lost without listeners.
    await setImmediate();
    if (heard === undefined) return result;
    throw new Interrupted(heard, `${heard}: ${done}`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, listen);
  }
}

/** The signal that ended a run, if one did. */
export function signalOf(error: unknown): Interruption | undefined {
  if (!(error instanceof Error) || error.name !== 'Interrupted') return undefined;
  return 'by' in error && error.by === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
}
