import assert from 'node:assert/strict';
import {
  author,
  authorHastily,
  closeAccount,
  closeAccountHastily,
  greeting,
  greetingHastily,
  invite,
  inviteHastily,
  lockedFounders,
  lockedFoundersHastily,
  mayPost,
  mayPostHastily,
  shop,
} from '../../fixtures/patterns/awaiting.ts';
import { unheardDuring } from '../support/event-loop.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const DONE = { after: 30, with: 'done' };
const FAILS = { after: 20 };

describe('the pattern: awaiting', () => {
  it('without it the work runs, but its end is missed', async () => {
    await served({ '/sessions': { ...DONE, after: 50 }, '/users': DONE }, async (service) => {
      const { took, value } = await timed(() => closeAccountHastily('ada'));
      assert.equal(value, 'closed');
      assert.equal(took, 30);
      assert.deepEqual(service.asked, ['DELETE /sessions/ada', 'DELETE /users/ada']);
      assert.deepEqual(service.ended, ['DELETE /users/ada']);
    });
    await served({ '/sessions': { ...DONE, after: 50 }, '/users': DONE }, async () => {
      assert.equal((await timed(() => closeAccount('ada'))).took, 50 + 30);
    });
  });

  it('without it nobody hears the error', async () => {
    await served({ '/sessions': FAILS, '/users': DONE }, async () => {
      const answers: string[] = [];
      const unheard = await unheardDuring(async () => {
        answers.push((await timed(() => closeAccountHastily('ada'))).value);
        answers.push((await timed(() => closeAccount('ada'))).value);
      });
      assert.deepEqual(answers, ['closed', 'still open: Error: DELETE /sessions/ada failed']);
      assert.deepEqual(unheard.map(String), ['Error: DELETE /sessions/ada failed']);
    });
  });

  it('without it a condition is about the promise', async () => {
    await served({ '/locks': { after: 1, with: false } }, async () => {
      assert.equal((await timed(() => mayPostHastily('ada'))).value, false);
      assert.equal((await timed(() => mayPost('ada'))).value, true);
    });
  });

  it('without it a text holds the promise', async () => {
    await served({ '/names': { after: 1, with: 'Ada' } }, async () => {
      assert.equal((await timed(() => greetingHastily('ada'))).value, 'Hello, [object Promise].');
      assert.equal((await timed(() => greeting('ada'))).value, 'Hello, Ada.');
    });
  });

  it('without it a filter keeps everybody', async () => {
    const locks = {
      '/locks/grace': { after: 1, with: true },
      '/locks': { after: 1, with: false },
    };
    await served(locks, async () => {
      const kept = ['ada', 'grace', 'barbara'];
      assert.deepEqual((await timed(lockedFoundersHastily)).value, kept);
      assert.deepEqual((await timed(lockedFounders)).value, ['grace']);
    });
  });

  it('keeps a rejection inside `try`', async () => {
    await served({ '/users': FAILS }, async () => {
      await assert.rejects(
        timed(() => authorHastily('ada')),
        /GET \/users\/ada failed/,
      );
      assert.equal((await timed(() => author('ada'))).value.name, 'somebody');
    });
  });

  it('lets a loop wait, which `forEach` does not', async () => {
    await served({ '/mails': DONE }, async ({ ended }) => {
      await timed(() => inviteHastily(['ada', 'grace']));
      assert.deepEqual(ended, []);
    });
    await served({ '/mails': DONE }, async ({ ended }) => {
      await timed(() => invite(['ada', 'grace']));
      assert.deepEqual(ended, ['POST /mails/ada/invitation', 'POST /mails/grace/invitation']);
    });
  });

  it('stands at the top of a module', () => {
    assert.equal(shop.name, 'The corner shop');
  });
});
