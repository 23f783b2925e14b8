import assert from 'node:assert/strict';
import { Pool } from '../../fixtures/patterns/offloading.pool.ts';
import { primesBelow, primesBelowHard } from '../../fixtures/patterns/offloading.ts';
import { turnsDuring } from '../support/event-loop.ts';
import { withTypeScriptWorkers } from '../support/workers.ts';

const WORKER = new URL('../../fixtures/patterns/offloading.worker.ts', import.meta.url);

describe('the pattern: offloading', () => {
  withTypeScriptWorkers();

  it('an async function blocks, a worker does not', async () => {
    assert.equal(await turnsDuring(() => primesBelowHard(50_000)), 0);
    assert.ok((await turnsDuring(() => primesBelow(50_000))) > 0);
  });

  it('gives the same', async () => {
    assert.equal(await primesBelow(1000), await primesBelowHard(1000));
  });

  it('lets jobs wait in line for few workers', async () => {
    await using pool = new Pool<number, number>(WORKER, 2);
    const counts = await Promise.all([10, 100, 1000, 10_000, 2].map((limit) => pool.run(limit)));
    assert.deepEqual(counts, [4, 25, 168, 1229, 0]);
  });

  it('fails the job of a worker that breaks, and no other', async () => {
    await using pool = new Pool<number, number>(WORKER, 1);
    const [broken, ...fine] = await Promise.allSettled([pool.run(0.5), pool.run(10), pool.run(20)]);
    assert.equal(broken?.status, 'rejected');
    assert.match(String(broken?.status === 'rejected' && broken.reason), /0\.5 is no limit/);
    assert.deepEqual(
      fine.map((result) => result.status === 'fulfilled' && result.value),
      [4, 8],
    );
  });

  it('fails a job that cannot be sent, and goes on', async () => {
    await using pool = new Pool<unknown, number>(WORKER, 1);
    await assert.rejects(
      pool.run(() => 10),
      /could not be cloned/,
    );
    assert.equal(await pool.run(10), 4);
  });

  it('ends its workers, and the jobs that wait for them', async () => {
    const pool = new Pool<number, number>(WORKER, 1);
    const jobs = Promise.allSettled([pool.run(5_000_000), pool.run(10)]);
    await pool[Symbol.asyncDispose]();
    assert.deepEqual(
      (await jobs).map((job) => job.status === 'rejected' && String(job.reason)),
      ['Error: The worker has ended.', 'Error: The pool is closed.'],
    );
  });
});
