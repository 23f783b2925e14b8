import assert from 'node:assert/strict';
import { type Mock, mock } from 'node:test';
import {
  confirm,
  confirmAtLast,
  confirmHastily,
  drained,
  inBackground,
  signUp,
  signUpHastily,
} from '../../fixtures/patterns/background-tasks.ts';
import { sendMail } from '../../fixtures/patterns/support/shop.ts';
import { unheardDuring } from '../support/event-loop.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';

const USER = { after: 50, with: { id: 'ada', name: 'Ada' } };
const MAIL = { after: 20, with: 'sent' };
const NO_MAIL = { after: 20 };

describe('the pattern: background tasks', () => {
  let log: Mock<typeof console.error>;

  beforeEach(() => {
    log = mock.method(console, 'error', () => {});
  });

  afterEach(() => log.mock.restore());

  /** The errors in the log, in which Node's own warnings stand, too. */
  function logged(): readonly string[] {
    const values = log.mock.calls.flatMap((call) => call.arguments);
    return values.filter((value) => value instanceof Error).map(String);
  }

  it('nobody hears a forgotten task fail; a handler does', async () => {
    await served({ '/users': USER, '/mails': NO_MAIL }, async () => {
      const unheard = await unheardDuring(() => timed(() => andThen(signUpHastily('ada'), 30)));
      assert.deepEqual(unheard.map(String), ['Error: POST /mails/ada/welcome failed']);
      assert.deepEqual(logged(), []);

      assert.deepEqual(await unheardDuring(() => timed(() => andThen(signUp('ada'), 30))), []);
      assert.deepEqual(logged(), ['Error: POST /mails/ada/welcome failed']);
    });
  });

  it('does not hold the answer up', async () => {
    await served({ '/users': USER, '/mails': MAIL }, async ({ ended }) => {
      assert.equal((await timed(() => signUp('ada'))).took, 50);
      assert.deepEqual(ended, ['GET /users/ada']);
    });
  });

  it('waits for all that is under way, also for what fails', async () => {
    await served({ '/mails/ada': MAIL, '/mails': { after: 70 } }, async ({ ended }) => {
      const { took } = await timed(async () => {
        inBackground(sendMail('ada', 'bill'));
        inBackground(sendMail('grace', 'bill'));
        await drained();
      });
      assert.equal(took, 70);
      assert.equal(ended.length, 2);
      assert.deepEqual(logged(), ['Error: POST /mails/grace/bill failed']);
      assert.equal((await timed(drained)).took, 0);
    });
  });

  it('an early start with a late `await` is unheard in between', async () => {
    await served({ '/users': USER, '/mails': NO_MAIL }, async () => {
      const failed = /POST \/mails\/ada\/confirmation failed/;
      const late = await unheardDuring(() =>
        assert.rejects(
          timed(() => confirmHastily('ada')),
          failed,
        ),
      );
      assert.equal(late.length, 1);
      for (const better of [confirm, confirmAtLast]) {
        const unheard = await unheardDuring(() =>
          assert.rejects(
            timed(() => better('ada')),
            failed,
          ),
        );
        assert.deepEqual(unheard, []);
      }
    });
  });

  it('an early start overlaps', async () => {
    await served({ '/users': USER, '/mails': { after: 70, with: 'sent' } }, async () => {
      for (const early of [confirmHastily, confirm, confirmAtLast]) {
        assert.equal((await timed(() => early('ada'))).took, 70);
      }
    });
  });
});

/** Work, and then some time in which what it started may go on. */
async function andThen(work: Promise<unknown>, ms: number): Promise<void> {
  await work;
  await new Promise((resolve) => setTimeout(resolve, ms));
}
