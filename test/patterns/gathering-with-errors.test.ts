import assert from 'node:assert/strict';
import * as page from '../../fixtures/patterns/gathering-with-errors.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const MAILS = {
  '/mails/ada': { after: 30, with: 'sent' },
  '/mails/grace': { after: 10 },
  '/mails/barbara': { after: 20 },
};

describe('the pattern: gathering with errors', () => {
  it('the first failure leaves the others under way', async () => {
    await served(MAILS, async ({ asked, ended }) => {
      const sent = timed(() => page.inviteAtOnce());
      await assert.rejects(sent, { message: 'POST /mails/grace/invitation failed' });
      assert.equal(asked.length, 3);
      assert.deepEqual(ended, ['POST /mails/grace/invitation']);
    });
  });

  it('waiting for all tells every failure, when everything is over', async () => {
    await served(MAILS, async ({ ended }) => {
      await assert.rejects(
        timed(() => page.invite()),
        (error) => {
          assert.ok(error instanceof AggregateError);
          assert.equal(error.message, '2 mails failed');
          assert.deepEqual(error.errors.map(String), [
            'Error: POST /mails/grace/invitation failed',
            'Error: POST /mails/barbara/invitation failed',
          ]);
          return true;
        },
      );
      assert.equal(ended.length, 3);
    });
  });

  it('is content when nothing failed', async () => {
    await served({ '/mails': { after: 10, with: 'sent' } }, () => timed(() => page.invite()));
  });

  for (const userPage of [page.userPage, page.userPageInShort]) {
    it(`${userPage.name} does without what may be missing, and with nothing else`, async () => {
      const user = { '/users': { after: 10, with: { id: 'ada', name: 'Ada' } } };
      const posts = { '/posts': { after: 20, with: [{ title: 'Notes' }] } };
      const read = async (answers: Parameters<typeof served>[0]) =>
        (await served(answers, () => timed(() => userPage('ada')))).value;

      assert.deepEqual(await read({ ...user, ...posts }), {
        name: 'Ada',
        posts: [{ title: 'Notes' }],
      });
      assert.deepEqual(await read(user), { name: 'Ada', posts: [] });
      await assert.rejects(read(posts), /GET \/users\/ada failed/);
    });
  }
});
