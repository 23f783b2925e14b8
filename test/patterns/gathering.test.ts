import assert from 'node:assert/strict';
import {
  pageByName,
  pageByNameInTurn,
  pinned,
  postsUnlessLocked,
  userPage,
  userPageHalfway,
  userPageInTurn,
  visiblePosts,
  visiblePostsEagerly,
} from '../../fixtures/patterns/gathering.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const ANSWERS = {
  '/users': { after: 50, with: { id: 'ada', name: 'Ada' } },
  '/posts': { after: 100, with: [{ title: 'Notes' }] },
  '/profiles': { after: 75, with: { about: 'engines' } },
  '/locks': { after: 20, with: true },
};

describe('the pattern: gathering', () => {
  it('turns 225 ms into 100, with the same answer', async () => {
    const inTurn = await served(ANSWERS, () => timed(() => userPageInTurn('ada')));
    const gathered = await served(ANSWERS, () => timed(() => userPage('ada')));
    assert.equal(inTurn.took, 50 + 100 + 75);
    assert.equal(gathered.took, 100);
    assert.deepEqual(gathered.value, inTurn.value);
  });

  it('takes 225 ms when the list waits itself', async () => {
    const { took } = await served(ANSWERS, () => timed(() => userPageHalfway('ada')));
    assert.equal(took, 50 + 100 + 75);
  });

  it('asks for nothing that is not needed', async () => {
    for (const [posts, count] of [
      [visiblePosts, 0],
      [visiblePostsEagerly, 1],
    ] as const) {
      await served(ANSWERS, async ({ asked }) => {
        assert.deepEqual((await timed(() => posts('ada', true))).value, []);
        assert.equal(asked.length, count);
        assert.equal((await timed(() => posts('ada', false))).value.length, 1);
      });
    }
  });

  it('has every request under way before it waits', async () => {
    const peak = await served(ANSWERS, async (service) => {
      await timed(() => userPage('ada'));
      return service.peak;
    });
    assert.equal(peak, 3);
  });

  it('waits in waves where one call needs another', async () => {
    const inTurn = await served(ANSWERS, () => timed(() => pageByNameInTurn('Ada')));
    const waves = await served(ANSWERS, () => timed(() => pageByName('Ada')));
    assert.equal(inTurn.took, 50 + 100 + 75);
    assert.equal(waves.took, 50 + 100);
    assert.deepEqual(waves.value, inTurn.value);
  });

  it('gathers a short list at once', async () => {
    const { took, value } = await served(ANSWERS, () => timed(pinned));
    assert.equal(took, 50);
    assert.equal(value.length, 3);
  });

  it('asks for nothing that a check may forbid', async () => {
    await served(ANSWERS, async ({ asked }) => {
      const { value } = await timed(() => postsUnlessLocked('ada'));
      assert.deepEqual(value, []);
      assert.deepEqual(asked, ['GET /locks/ada']);
    });
  });
});
