import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as page from '../../fixtures/patterns/not-blocking.ts';
import { turnsDuring } from '../support/event-loop.ts';
import { served } from '../support/fake-fetch.ts';
import { timed } from '../support/fake-time.ts';
import { withTypeScriptWorkers } from '../support/workers.ts';

const PAGE = new URL('../../fixtures/patterns/not-blocking.ts', import.meta.url);

/** A worker that says when it calls, and would say when that is over. */
const CALLS_IN_VAIN = `
  import { parentPort } from 'node:worker_threads';
  const { userHard } = await import('${PAGE.href}');
  parentPort.postMessage('called');
  userHard('ada');
  parentPort.postMessage('ended');
`;

describe('the pattern: not blocking', () => {
  withTypeScriptWorkers();

  const file = pathToFileURL(join(tmpdir(), `asynclint-pattern-${process.pid}`));

  before(() => writeFile(file, '42 {name}'));
  after(() => rm(file));

  const pairs = {
    'a pause': [() => page.pauseHard(20), () => page.pause(20)],
    'a file': [() => page.priceHard(file), () => page.price(file)],
    'a hash': [() => page.hashHard('secret', 'salt'), () => page.hash('secret', 'salt')],
    'a chain': [() => page.letterHard(file, 'Ada'), () => page.letter(file, 'Ada')],
  } as const;

  for (const [name, [hard, better]] of Object.entries(pairs)) {
    it(`${name} stops the event loop, or does not`, async () => {
      assert.equal(await turnsDuring(hard), 0);
      assert.ok((await turnsDuring(better)) > 0);
    });

    it(`${name} gives the same either way`, async () => {
      assert.deepEqual(await better(), await hard());
    });
  }

  it('a loop that waits for a promise never ends', async () => {
    const stuck = new Worker(new URL(`data:text/javascript,${CALLS_IN_VAIN}`));
    try {
      assert.deepEqual(await once(stuck, 'message'), ['called']);
      const ended = once(stuck, 'message').catch(String);
      assert.equal(await Promise.race([ended, setTimeout(200, 'stuck')]), 'stuck');
    } finally {
      await stuck.terminate();
    }
  });

  it('an async caller waits and is there', async () => {
    const ada = { id: 'ada', name: 'Ada' };
    const { value } = await served({ '/users': { after: 5, with: ada } }, () => {
      return timed(() => page.user('ada'));
    });
    assert.deepEqual(value, ada);
  });
});
