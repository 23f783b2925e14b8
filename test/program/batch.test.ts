/** When questions are asked, and when their answers are taken in. */
import assert from 'node:assert/strict';
import { Batch, type BatchSettings, PENDING } from '../../rules/program/batch.ts';
import { type Channel, Pipeline } from '../../rules/program/pipeline.ts';
import { silentChannel } from '../support/channel.ts';

/** A channel that answers with the request itself. */
function echo(): Channel {
  const requests: Buffer<ArrayBuffer>[] = [];
  let answer = Buffer.alloc(0);
  return {
    ...silentChannel(),
    _msgType: 4,
    get _msgPayload() {
      return answer;
    },
    writeTuple: (_type: number, _name: Buffer, payload: string | Uint8Array) => {
      requests.push(Buffer.from(payload));
    },
    readTuple: () => {
      answer = requests.shift() ?? Buffer.from('nothing was asked');
    },
  };
}

describe('batch', () => {
  /** What was asked, in order: each time the client is called until its request is sent, and again for the answer. */
  let calls: string[];

  beforeEach(() => {
    calls = [];
  });

  function batchOf(
    settings: BatchSettings<string, string> = {},
    known: readonly string[] = [],
  ): Batch<string, string> {
    const pipeline = new Pipeline(echo());
    const ask = (keys: readonly string[]): readonly string[] => {
      calls.push(keys.join());
      if (keys.every((key) => known.includes(key))) return keys;
      const answer = pipeline.request('ask', keys.join(), () => Buffer.from('in turn'));
      return answer.toString().split(',');
    };
    return new Batch(ask, { pipeline, ...settings });
  }

  it('asks for all that was wanted in one list', () => {
    const batch = batchOf();
    for (const key of ['a', 'b']) assert.throws(() => batch.get(key), PENDING);
    assert.deepEqual(calls, []);
    batch.flush();
    assert.deepEqual(
      ['a', 'b'].map((key) => batch.get(key)),
      ['a', 'b'],
    );
    assert.equal(calls[0], 'a,b');
  });

  it('waits for what was under way at the last send, and for nothing that came after', () => {
    const batch = batchOf();
    batch.want('a');
    batch.send();
    batch.want('b');
    batch.send();
    batch.receive();
    assert.equal(batch.get('a'), 'a');
    assert.throws(() => batch.get('b'), PENDING);
    batch.send();
    batch.receive();
    assert.equal(batch.get('b'), 'b');
  });

  it('sends a question that travels alone as soon as it is wanted', () => {
    const batch = batchOf({ size: 1 });
    assert.throws(() => batch.get('a'), PENDING);
    assert.deepEqual(calls, ['a']);
    batch.send();
    batch.receive();
    assert.equal(batch.get('a'), 'a');
  });

  it('answers at once what the client knows', () => {
    assert.equal(batchOf({ size: 1 }, ['a']).get('a'), 'a');
  });

  it('asks in turn what is asked seldom, unless that waits for much', () => {
    const load = { questions: 10 };
    const batch = batchOf({ size: 1, isSeldom: true, load });
    assert.equal(batch.get('a'), 'in turn');
    load.questions = 1000;
    assert.throws(() => batch.get('b'), PENDING);
    batch.send();
    batch.receive();
    assert.equal(batch.get('b'), 'b');
    assert.equal(load.questions, 1000);
  });
});
