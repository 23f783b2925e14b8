import { totalmem } from 'node:os';

/**
 * A compiler that answers for one run keeps nearly all that it makes, and looks for garbage in vain: it first looks at 512
 * MB, which is this many times the 4 MB of Go. Measured against 1600, in pairs: 3 to 4 % less time on the benchmark's 500
 * files and 8 % less of both processors; a tenth less of them on its 3,000 and a seventh on a service of 1,066, in the same
 * time. At the most it takes 1.7 for 1.3 GB on the 3,000, and 2.0 for 2.8 on the service.
 */
const OF_ONE_RUN = 12_800;

/** The part of the machine's memory from which on it looks for garbage all the same. */
const PART_OF_MEMORY = 0.5;

/**
 * Starts a process of Go with a garbage collection target in percent, that of one run when left out. The user's `GOGC` and
 * `GOMEMLIMIT` come first.
 */
export function withGarbageTarget<T>(percent: number | undefined, start: () => T): T {
  const before = { ...process.env };
  if (percent === undefined && before['GOGC'] === undefined) {
    process.env['GOMEMLIMIT'] ??= String(Math.round(memory() * PART_OF_MEMORY));
  }
  process.env['GOGC'] ??= String(percent ?? OF_ONE_RUN);
  try {
    return start();
  } finally {
    for (const name of ['GOGC', 'GOMEMLIMIT']) {
      if (before[name] === undefined) delete process.env[name];
    }
  }
}

/** Bytes that this process may use: the machine's, or fewer where a container says so. */
function memory(): number {
  const { constrainedMemory } = process;
  return Math.min(totalmem(), constrainedMemory() || Number.POSITIVE_INFINITY);
}
