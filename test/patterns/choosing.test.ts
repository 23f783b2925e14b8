import assert from 'node:assert/strict';
import { answered, answeredInTurn, evaluated, settings } from '../../fixtures/patterns/choosing.ts';
import { turnsDuring } from '../support/event-loop.ts';
import { timed } from '../support/fake-time.ts';

describe('the pattern: choosing', () => {
  it('a short request does not wait behind long ones', async () => {
    assert.deepEqual((await timed(answeredInTurn)).value, [40, 80, 85]);
    assert.deepEqual((await timed(answered)).value, [40, 40, 5]);
  });

  it('what is read at the start is there', () => {
    assert.equal(settings.name, 'The corner shop');
  });

  it('another process leaves the event loop free', async () => {
    const answers: string[] = [];
    const turns = await turnsDuring(async () => answers.push(await evaluated('6 * 7')));
    assert.deepEqual(answers, ['42']);
    assert.ok(turns > 0);
  });
});
