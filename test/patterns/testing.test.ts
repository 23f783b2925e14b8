import assert from 'node:assert/strict';
// The page brings its own suite, which runs as it stands there.
import * as page from '../../fixtures/patterns/testing.ts';
import { unheardDuring } from '../support/event-loop.ts';
import { timed } from '../support/fake-time.ts';

describe('the pattern: testing', () => {
  const eve = async () => ({ id: 'eve', name: 'Eve' });

  it('a test that does not await passes, whatever its assertion finds', async () => {
    const unheard = await unheardDuring(() => page.refusesStrangersHastily(eve));
    assert.match(String(unheard[0]), /AssertionError.*Missing expected rejection/);
    assert.equal(unheard.length, 1);
  });

  it('a test that awaits fails', async () => {
    await assert.rejects(page.refusesStrangers(eve), /Missing expected rejection/);
  });

  it('tries three times more, and then tells the last failure', async () => {
    let tries = 0;
    const busy = () => {
      tries++;
      return Promise.reject(new Error(`busy ${tries}`));
    };
    await assert.rejects(
      timed(() => page.retried(busy)),
      /busy 4/,
    );
  });

  it('waits one second, then two', async () => {
    let tries = 0;
    const twice = async () => {
      tries++;
      if (tries < 3) throw new Error('busy');
    };
    assert.equal((await timed(() => page.retried(twice))).took, 3000);
  });
});
