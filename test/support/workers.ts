/** Worker threads that load TypeScript, as the pages' own `new Worker(…)` makes them. */
import { syncBuiltinESMExports } from 'node:module';
import threads, { type WorkerOptions } from 'node:worker_threads';

const LOADER = new URL('./worker-loader.mjs', import.meta.url).href;

/** From before to after the tests of a suite, workers load TypeScript. */
export function withTypeScriptWorkers(): void {
  const { Worker } = threads;

  before(() => {
    threads.Worker = class extends Worker {
      constructor(script: string | URL, options: WorkerOptions = {}) {
        super(script, { ...options, execArgv: ['--import', LOADER] });
      }
    };
    syncBuiltinESMExports();
  });

  after(() => {
    threads.Worker = Worker;
    syncBuiltinESMExports();
  });
}
