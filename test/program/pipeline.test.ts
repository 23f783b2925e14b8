import assert from 'node:assert/strict';
import { Pipeline } from '../../rules/program/pipeline.ts';
import { silentChannel } from '../support/channel.ts';

const RESPONSE = 4;
const CALL = 6;

/** A channel whose other side says what it was told to. */
function channelOf(...messages: readonly number[]) {
  const left = [...messages];
  const channel = {
    ...silentChannel(),
    readTuple: () => {
      channel._msgType = left.shift() ?? 0;
    },
  };
  return channel;
}

describe('pipeline', () => {
  const asking = (pipeline: Pipeline) => () =>
    pipeline.request('method', 'payload', () => Buffer.from('sent')).toString();

  it('hands out the answers to what was sent ahead', () => {
    const pipeline = new Pipeline(channelOf(RESPONSE, RESPONSE));
    const ask = asking(pipeline);
    const tickets = [pipeline.post(ask), pipeline.post(ask)];
    assert.deepEqual(
      tickets.map((ticket) => pipeline.take(ticket, ask)),
      ['answer', 'answer'],
    );
    assert.equal(ask(), 'sent');
    assert.equal(pipeline.askedBack, false);
  });

  it('sends the second request of a call with the answer to the first, without waiting for its own', () => {
    const pipeline = new Pipeline(channelOf(RESPONSE, RESPONSE));
    const ask = asking(pipeline);
    const askTwice = () => [ask(), ask()];
    const first = pipeline.post(askTwice);
    const second = pipeline.post(() => pipeline.take(first, askTwice));
    assert.ok(second !== undefined && second !== first);
    assert.equal(second.answer, undefined);
    assert.equal(pipeline.take(second, ask), 'answer');
  });

  it('gives up on a compiler that asks back while requests are under way', () => {
    const pipeline = new Pipeline(channelOf(CALL));
    const ask = asking(pipeline);
    const ticket = pipeline.post(ask);
    assert.throws(() => pipeline.take(ticket, ask), /asked back/);
    assert.equal(pipeline.askedBack, true);
  });
});
