import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { type Pipes, Wire } from '../../rules/program/wire.ts';

/** Says what it hears, and reads nothing while what it said is not taken, as the compiler does; ends when stuck. */
const ECHO = `
  const { readSync, writeSync } = require('node:fs');
  const buffer = Buffer.alloc(1 << 16);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const tried = (transfer) => {
    for (;;) {
      try {
        return transfer();
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
        Atomics.wait(clock, 0, 0, 1);
      }
    }
  };
  const end = 'setTimeout(() => process.kill(process.pid, "SIGKILL"), 10_000)';
  new (require('node:worker_threads').Worker)(end, { eval: true });
  for (let count; (count = tried(() => readSync(0, buffer))) > 0; ) {
    for (let from = 0; from < count; ) from += tried(() => writeSync(1, buffer, from, count - from));
  }`;

const handleOf = (
  stream: object,
): NonNullable<Pipes['child']['stdin']>['_handle'] & { fd: number } =>
  Reflect.get(stream, '_handle');

/** The pipes of a process, as the client has them. */
function pipesTo(script: string) {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [stdin, stdout] = [handleOf(child.stdin), handleOf(child.stdout)];
  stdin.setBlocking(true);
  stdout.setBlocking(true);
  const pipes: Pipes = {
    child: { stdin: { _handle: stdin }, stdout: { _handle: stdout } },
    readFd: stdout.fd,
    writeFd: stdin.fd,
    readBuf: Buffer.alloc(1 << 16),
    readBufPos: 0,
    readBufLen: 0,
    writeAllBuf: (data) => void writeSync(stdin.fd, data),
    readTuple: () => {},
  };
  return { child, pipes };
}

describe('wire', () => {
  let ended: (() => void) | undefined;

  afterEach(() => ended?.());

  function wireTo(script: string, patience = 5000) {
    const { child, pipes } = pipesTo(script);
    ended = () => void child.kill('SIGKILL');
    return { wire: new Wire(pipes, patience), pipes, child };
  }

  /** A message of the compiler's: a type, a name and bytes. */
  const message = (payload: Buffer): Buffer => {
    const length = Buffer.alloc(5);
    length[0] = 0xc6;
    length.writeUInt32BE(payload.length, 1);
    return Buffer.concat([Buffer.from([0x93, 4, 0xc4, 1, 0x6e]), length, payload]);
  };

  it('hands over more than the pipes hold to one who takes no more before its answers are read', () => {
    const { wire, pipes } = wireTo(ECHO);
    const sent = message(Buffer.alloc(20 << 20, 'x'));
    wire.queue(() => pipes.writeAllBuf(sent));
    assert.equal(wire.holdsMessage, false);
    wire.flush();
    while (!wire.holdsMessage) wire.exchange();
    assert.equal(pipes.readBuf.compare(sent, 0, sent.length, 0, sent.length), 0);
  });

  it('knows a whole message from a part of one', () => {
    const { wire, pipes } = wireTo(ECHO);
    const sent = message(Buffer.from('payload'));
    for (let length = 0; length <= sent.length; length++) {
      pipes.readBuf.set(sent);
      pipes.readBufLen = length;
      assert.equal(wire.holdsMessage, length === sent.length, `${length} bytes`);
    }
  });

  it('waits for nobody while it is queueing, and for all that is queued otherwise', () => {
    const { wire, pipes, child } = wireTo('setInterval(() => undefined, 1000)');
    const large = Buffer.alloc(4 << 20);
    wire.queue(() => pipes.writeAllBuf(large));
    child.kill('SIGKILL');
    assert.throws(() => wire.flush(), /EPIPE|EOF/);
  });

  it('lets the client read when a message has come as a whole', () => {
    const { wire, pipes } = wireTo(ECHO);
    const sent = message(Buffer.alloc(3 << 20, 'x'));
    wire.queue(() => pipes.writeAllBuf(sent));
    pipes.readTuple();
    assert.equal(pipes.readBufLen - pipes.readBufPos, sent.length);
  });

  it('gives up on one who says nothing', () => {
    const { pipes } = wireTo('setInterval(() => undefined, 1000)', 100);
    assert.throws(() => pipes.readTuple(), /in vain/);
  });
});
