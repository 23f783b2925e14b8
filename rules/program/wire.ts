import { readSync, writeSync } from 'node:fs';

/**
 * Both directions of the compiler's pipes at once. It takes no request while it waits for somebody to read its answers, and
 * idles while it waits for requests. So what does not fit into its pipe waits in a queue here, answers are taken in as soon
 * as they come, and neither side waits for the other in vain, however much is on its way.
 */

/** The client's channel, as far as its pipes go. Internals of the pinned version. */
export interface Pipes {
  readonly child: {
    readonly stdin?: { readonly _handle?: Handle | null } | null;
    readonly stdout?: { readonly _handle?: Handle | null } | null;
  };
  readonly readFd: number;
  readonly writeFd: number;
  /** Reads the next message, which has to be there as a whole: the client would read on and on for the rest. */
  readTuple(): void;
  /** What was read and not yet taken: from `readBufPos` to `readBufLen`. */
  readBuf: Buffer;
  readBufPos: number;
  readBufLen: number;
  writeAllBuf(data: Buffer, length?: number): void;
}

/** One end of a pipe. */
interface Handle {
  readStop(): unknown;
  setBlocking(blocking: boolean): unknown;
}

/** What is taken in early, in bytes: a hundred trees of common size, or one that is larger. */
const READ_AHEAD = 8 * 1024 * 1024;

/** A pipe holds more than this, in bytes: if a read gives less, there was no more. */
const FULL_READ = 64 * 1024;

/** Milliseconds between two looks while neither direction moves: most answers are a matter of less, a project's of seconds. */
const PAUSES = [0.05, 0.1, 0.2, 0.5];
const LONGEST_PAUSE = 1;

/** How many bytes tell the length, by MessagePack's markers of bytes. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [0xc4, 1],
  [0xc5, 2],
  [0xc6, 4],
]);

const CLOCK = new Int32Array(new SharedArrayBuffer(4));

/** The pipes of one compiler. */
export class Wire {
  readonly #pipes: Pipes;
  /** Milliseconds; without an end where the client blocks its thread, and somebody else watches. */
  readonly #patience: number;
  readonly #outgoing: Buffer[] = [];
  #isQueueing = false;

  /**
   * Gives up with an error when nothing moves for `patience` milliseconds. Left out, the client blocks its thread until it
   * hears something, which is sooner by up to a millisecond, and somebody else has to watch.
   */
  constructor(pipes: Pipes, patience: number | undefined) {
    this.#pipes = pipes;
    this.#patience = patience ?? Number.POSITIVE_INFINITY;
    const { stdin, stdout } = pipes.child;
    if (!stdin?._handle || !stdout?._handle) return;
    // The client pauses the stream, which still reads up to its mark: an answer that comes while nothing waits for it
    // would go there, and be missed here for good.
    stdout._handle.readStop();
    stdout._handle.setBlocking(patience === undefined);
    stdin._handle.setBlocking(false);
    pipes.readBuf = Buffer.allocUnsafeSlow(READ_AHEAD);
    const readTuple = pipes.readTuple.bind(pipes);
    pipes.readTuple = () => {
      const isLeftToClient = () => patience === undefined && this.#outgoing.length === 0;
      this.#until(() => isLeftToClient() || this.holdsMessage);
      readTuple();
    };
    pipes.writeAllBuf = (data, length = data.length) => {
      this.#outgoing.push(Buffer.from(data.subarray(0, length)));
      if (!this.#isQueueing) this.flush();
    };
  }

  /** Lets the client write, and keeps for later what does not fit into the pipe. */
  queue(write: () => void): void {
    this.#isQueueing = true;
    try {
      write();
    } finally {
      this.#isQueueing = false;
    }
    this.#write();
  }

  /** Hands over what waits and takes in what has come, as far as that goes at once. */
  exchange(): void {
    this.#write();
    this.#read();
  }

  /** Hands over all that waits. */
  flush(): void {
    this.#until(() => this.#outgoing.length === 0);
  }

  #until(isDone: () => boolean): void {
    let waited = 0;
    for (let idle = 0; !isDone(); idle++) {
      const hasWritten = this.#write();
      if (this.#read() || hasWritten) {
        idle = -1;
        waited = 0;
        continue;
      }
      if (waited > this.#patience) throw new Error('Expected an answer, in vain.');
      const pause = PAUSES[idle] ?? LONGEST_PAUSE;
      // asynclint-allow busy-wait: the client is sync, so its thread waits for the compiler one way or another
      Atomics.wait(CLOCK, 0, 0, pause);
      waited += pause;
    }
  }

  /** Whether a whole message has come: `[type, name, payload]` as MessagePack writes it. */
  get holdsMessage(): boolean {
    const { readBuf, readBufPos, readBufLen } = this.#pipes;
    const name = binaryAt(readBuf, readBufPos + 2, readBufLen);
    const payload = name === undefined ? undefined : binaryAt(readBuf, name, readBufLen);
    return payload !== undefined;
  }

  #write(): boolean {
    let moved = false;
    for (let [first] = this.#outgoing; first !== undefined; [first] = this.#outgoing) {
      const count = atOnce(() => writeSync(this.#pipes.writeFd, first));
      if (count === undefined) return moved;
      moved = true;
      if (count < first.length) this.#outgoing[0] = first.subarray(count);
      else this.#outgoing.shift();
    }
    return moved;
  }

  #read(): boolean {
    const pipes = this.#pipes;
    if (pipes.readBufPos > 0) {
      pipes.readBuf.copyWithin(0, pipes.readBufPos, pipes.readBufLen);
      pipes.readBufLen -= pipes.readBufPos;
      pipes.readBufPos = 0;
    }
    if (pipes.readBufLen === pipes.readBuf.length && !this.holdsMessage) {
      pipes.readBuf = Buffer.concat([pipes.readBuf], 2 * pipes.readBuf.length);
    }
    const before = pipes.readBufLen;
    this.#block(false);
    try {
      while (pipes.readBufLen < pipes.readBuf.length) {
        const room = pipes.readBuf.length - pipes.readBufLen;
        const count = atOnce(() => {
          return readSync(pipes.readFd, pipes.readBuf, pipes.readBufLen, room, null);
        });
        if (count === 0) throw new Error('Unexpected EOF: the compiler ended.');
        pipes.readBufLen += count ?? 0;
        if (count === undefined || count < FULL_READ) break;
      }
    } finally {
      this.#block(true);
    }
    return pipes.readBufLen > before;
  }

  /** Has the client block its thread while it reads, or not, if it ever does. */
  #block(blocks: boolean): void {
    if (this.#patience === Number.POSITIVE_INFINITY)
      this.#pipes.child.stdout?._handle?.setBlocking(blocks);
  }
}

/**
 * How many bytes went through; nothing when none can go at the moment. Node tells that by an error, a thousand times a run,
 * and would look for its stack each time.
 */
function atOnce(transfer: () => number): number | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return transfer();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where bytes end that begin with a marker and their length; nothing unless all of them are there. */
function binaryAt(buffer: Buffer, at: number, end: number): number | undefined {
  const digits = at < end ? LENGTHS.get(buffer[at] ?? 0) : undefined;
  if (digits === undefined || at + 1 + digits > end) return undefined;
  const stop = at + 1 + digits + buffer.readUIntBE(at + 1, digits);
  return stop <= end ? stop : undefined;
}
