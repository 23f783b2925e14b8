import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import {
  Queue,
  remind,
  remindHastily,
  sendAll,
  sendAllAtOnce,
} from '../../fixtures/patterns/queues.ts';
import { unheardDuring } from '../support/event-loop.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const MAIL = { after: 30, with: 'sent' };
const IDS = Array.from({ length: 40 }, (_, index) => `user-${index}`);

describe('the pattern: queues', () => {
  it('work that nobody holds back is all under way, and fails unheard', async () => {
    await served({ '/mails/user-7/': { after: 1 }, '/mails': MAIL }, async (service) => {
      const unheard = await unheardDuring(() =>
        timed(async () => {
          await sendAllAtOnce(source(IDS));
          await setTimeout(40);
        }),
      );
      assert.equal(service.peak, 40);
      assert.equal(unheard.length, 1);
    });
  });

  it('three workers have three mails under way, and note what fails', async () => {
    await served({ '/mails/user-7/': { after: 30 }, '/mails': MAIL }, async (service) => {
      const { took, value } = await timed(() => sendAll(source(IDS)));
      assert.deepEqual(value, ['user-7']);
      assert.equal(service.peak, 3);
      assert.equal(service.ended.length, 40);
      assert.equal(took, 14 * 30);
    });
  });

  it('a full queue holds the producer back', async () => {
    await served({ '/mails': MAIL }, async ({ asked }) => {
      const ahead: number[] = [];
      async function* noted() {
        for (const [index, id] of IDS.entries()) {
          ahead.push(index - asked.length);
          yield id;
        }
      }
      await timed(() => sendAll(noted()));
      assert.ok(Math.max(...ahead) <= 10 + 1, `${Math.max(...ahead)} were ahead`);
    });
  });

  it('hands out everything in order, and ends when it is closed', async () => {
    const queue = new Queue<number>(1);
    const taken: number[] = [];
    async function take() {
      for await (const item of queue) taken.push(item);
    }
    async function fill() {
      for (const item of [1, 2, 3]) await queue.put(item);
      queue.close();
    }
    await Promise.all([take(), fill()]);
    assert.deepEqual(taken, [1, 2, 3]);
  });

  it('a producer that fails lets the workers go, and is heard', async () => {
    async function* broken() {
      yield 'ada';
      throw new Error('no more ids');
    }
    await served({ '/mails': MAIL }, async ({ ended }) => {
      await timed(async () => {
        await assert.rejects(sendAll(broken()), /no more ids/);
        await setTimeout(40);
      });
      assert.deepEqual(ended, ['POST /mails/ada/news']);
    });
  });

  it('rounds on an interval overlap; rounds with a rest do not', async () => {
    const peak = async (start: () => unknown) =>
      served({ '/mails': { after: 2500, with: 'sent' } }, async (service) => {
        await timed(async () => {
          start();
          await setTimeout(9000);
        });
        return service.peak;
      });
    assert.equal(await peak(() => remindHastily(['ada'])), 3);
    assert.equal(await peak(() => remind(['ada'])), 1);
  });
});

async function* source(ids: readonly string[]) {
  yield* ids;
}
