import assert from 'node:assert/strict';
import * as page from '../../fixtures/patterns/limiting.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const USERS = { '/users': { after: 10, with: { id: 'ada', name: 'Ada' } } };
const IDS = Array.from({ length: 40 }, (_, index) => `user-${index}`);

/** The most requests under way at once, the time that all took, and what came out. */
async function measured<T>(work: () => Promise<T>) {
  return served(USERS, async (service) => {
    const { took, value } = await timed(work);
    return { peak: service.peak, took, value };
  });
}

describe('the pattern: limiting', () => {
  it('all at once is as many as the input holds', async () => {
    const { peak, took } = await measured(() => page.usersAtOnce(IDS));
    assert.deepEqual([peak, took], [40, 10]);
  });

  it('a limit keeps sixteen under way, and the order', async () => {
    const { peak, took, value } = await measured(() => page.users(IDS));
    assert.deepEqual([peak, took], [16, 30]);
    assert.deepEqual(value, (await measured(() => page.usersAtOnce(IDS))).value);
  });

  it('one at a time takes the sum', async () => {
    const orders = () => IDS.map((customer) => ({ customer }));
    const inTurn = await measured(() => page.addGreetingsInTurn(orders()));
    const limited = await measured(() => page.addGreetings(orders()));
    assert.deepEqual([inTurn.peak, inTurn.took], [1, 400]);
    assert.deepEqual([limited.peak, limited.took], [16, 30]);
  });

  it('changes every item', async () => {
    const orders: { customer: string; greeting?: string }[] = [{ customer: 'ada' }];
    await measured(() => page.addGreetings(orders));
    assert.equal(orders[0]?.greeting, 'Dear Ada');
  });

  it('a batch waits for its slowest', async () => {
    const slow = { '/users/user-20': { after: 50, with: 'slow' }, ...USERS };
    const took = async (work: () => Promise<unknown>) =>
      (await served(slow, () => timed(work))).took;
    assert.equal(await took(() => page.usersInBatches(IDS)), 10 + 50 + 10);
    assert.equal(await took(() => page.users(IDS)), 10 + 50);
  });

  it('batches keep to sixteen', async () => {
    const { peak, took, value } = await measured(() => page.usersInBatches(IDS));
    assert.deepEqual([peak, took, value.length], [16, 30, 40]);
  });

  it('one limiter bounds all callers together', async () => {
    const together = await measured(() =>
      Promise.all([page.usersPolitely(IDS), page.usersPolitely(IDS)]),
    );
    assert.deepEqual([together.peak, together.took], [10, 80]);
    const apart = await measured(() => Promise.all([page.users(IDS), page.users(IDS)]));
    assert.equal(apart.peak, 32);
  });

  // The last one: nobody gets a place any more.
  it('a limit inside itself stands still', async () => {
    const stuck = measured(() => page.usersForEver(IDS.slice(0, 10)));
    await assert.rejects(stuck, /not over after 20000 ms/);
  });
});
