import { Worker } from 'node:worker_threads';

/**
 * The sync client blocks its thread until the compiler answers. If the compiler hangs, nobody on this
 * thread can notice; so a second thread watches a shared counter and kills the compiler, upon which the
 * blocked read ends with an error, and the caller respawns. A `Wire` with patience of its own needs none.
 */
export interface Watchdog {
  /** Marks the start of a request. */
  begin(): void;
  /** Marks its end. */
  end(): void;
  /** Stops watching. */
  stop(): void;
}

const WATCH = `
const { workerData } = require('node:worker_threads');
const { buffer, pid, patience } = workerData;
const cell = new Int32Array(buffer);
let seen = 0, since = Date.now();
setInterval(() => {
  const now = Atomics.load(cell, 0);
  if (now % 2 === 0 || now !== seen) { seen = now; since = Date.now(); return; }
  if (Date.now() - since < patience) return;
  try { process.kill(pid, 'SIGKILL'); } catch {}
  since = Date.now();
}, Math.min(1000, patience / 4));
`;

/** Watches the process `pid`; one request may take at most `patience` milliseconds. */
export function watchOver(pid: number, patience: number): Watchdog {
  const buffer = new SharedArrayBuffer(4);
  const cell = new Int32Array(buffer);
  const worker = new Worker(WATCH, { eval: true, workerData: { buffer, pid, patience } });
  worker.unref();
  return {
    begin: () => void Atomics.add(cell, 0, 1),
    end: () => void Atomics.add(cell, 0, 1),
    stop: () => void worker.terminate(),
  };
}
