import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import * as page from '../../fixtures/patterns/async-iteration.ts';
import { unheardDuring } from '../support/event-loop.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const user = (name: string) => ({ id: name.toLowerCase(), name });
const PAGES = {
  '/pages/1': { after: 10, with: [user('Ada'), user('Grace')] },
  '/pages/2': { after: 10, with: [user('Barbara')] },
  '/pages/3': { after: 10, with: [] },
  '/mails': { after: 5, with: 'sent' },
};

describe('the pattern: async iteration', () => {
  it('goes through pages as through one list', async () => {
    const { value } = await served(PAGES, () => timed(page.names));
    assert.deepEqual(value, ['Ada', 'Grace', 'Barbara']);
  });

  it('fetches no page before it is needed, and handles one item at a time', async () => {
    await served(PAGES, async (service) => {
      const { took } = await timed(page.inviteAll);
      assert.deepEqual(service.asked, [
        'GET /pages/1',
        'POST /mails/ada/invitation',
        'POST /mails/grace/invitation',
        'GET /pages/2',
        'POST /mails/barbara/invitation',
        'GET /pages/3',
      ]);
      assert.equal(service.peak, 1);
      assert.equal(took, 3 * 10 + 3 * 5);
    });
  });

  it('asks for nothing more when the loop is left', async () => {
    await served(PAGES, async ({ asked }) => {
      await timed(async () => {
        for await (const { name } of page.allUsers()) if (name === 'Grace') break;
      });
      assert.deepEqual(asked, ['GET /pages/1']);
    });
  });

  it('leaving removes the listener', async () => {
    const orders = new EventEmitter<{ order: [page.Order] }>();
    const found = page.firstOrderAbove(10, orders);
    await turn();
    assert.equal(orders.listenerCount('order'), 1);
    for (const total of [5, 20, 30]) orders.emit('order', { total });
    assert.deepEqual(await found, { total: 20 });
    assert.equal(orders.listenerCount('order'), 0);
  });

  it('a loop over promises does not hear a later one reject; waiting for all does', async () => {
    const answers = { '/users/ada': { after: 30, with: user('Ada') }, '/users': { after: 10 } };
    await served(answers, async () => {
      const failed = /GET \/users\/grace failed/;
      const oneByOne = () => assert.rejects(timed(page.pinnedOneByOne), failed);
      const together = () => assert.rejects(timed(page.pinned), failed);
      assert.equal((await unheardDuring(oneByOne)).length, 1);
      assert.equal((await unheardDuring(together)).length, 0);
    });
  });

  it('waiting for all gives the same, in the same order', async () => {
    const answers = {
      '/users/ada': { after: 30, with: user('Ada') },
      '/users/grace': { after: 10, with: user('Grace') },
    };
    for (const pinned of [page.pinned, page.pinnedOneByOne]) {
      const { took, value } = await served(answers, () => timed(pinned));
      assert.deepEqual([took, ...value], [30, 'Ada', 'Grace']);
    }
  });
});
