/**
 * The client waits for each answer before it sends the next request, so that compiler and rules take turns and one
 * processor idles. A pipeline sends requests ahead: `post` runs a call of the client only as far as its request, `take`
 * runs the same call again, and hands it the answer. The client itself stays as it is.
 *
 * Requests are answered in the order in which they were sent. None that lets the compiler ask back may be sent ahead, such as
 * for a text that is not saved: it takes the next message for the answer to its own question. Questions about a snapshot do
 * not, as far as anybody saw; should one do it all the same, the compiler is lost, and the next one is not asked ahead.
 */

/** A request under way. */
export interface Ticket {
  readonly bytes: number;
  answer: Answer | undefined;
}

interface Answer {
  readonly payload: Buffer;
  readonly failed: boolean;
}

/** The client's channel, as far as we use it. Internals of the pinned version. */
export interface Channel {
  readonly child: {
    readonly pid: number;
    readonly stdout?: { readonly _handle?: { readStop(): unknown } } | null;
  };
  readonly _msgType: number;
  readonly _msgPayload: Buffer;
  getMethodBuf(method: string): Buffer;
  writeTuple(type: number, name: Buffer, payload: string | Uint8Array): void;
  readTuple(): void;
}

/** Message types of the channel's protocol. */
const REQUEST = 1;
const RESPONSE = 4;
const CALL = 6;

/**
 * What may be on its way at once: all of it has to fit into the channel's buffer while the compiler reads nothing, because
 * it may be waiting for us to read its answers, and then both sides would wait for good. The buffer of macOS holds 8 KiB;
 * that of Linux 208, of which each message costs about 1 beside its own bytes.
 */
const MOST_BYTES = (process.platform === 'linux' ? 64 : 6) * 1024;
const MOST_REQUESTS = process.platform === 'linux' ? 96 : 32;

/** Thrown to leave a call of the client as soon as its request is sent. */
const SENT = new Error('The request is sent.');

/** Thrown to leave a call of the client whose request would have to wait. */
const NO_ROOM = new Error('The request would have to wait.');

/** Sends requests ahead of the calls that need their answers. */
export class Pipeline {
  readonly #channel: Channel;
  readonly #underWay: Ticket[] = [];
  #bytes = 0;
  #posting: 'at any cost' | 'if there is room' | undefined;
  #posted: Ticket | undefined;
  #taking: Ticket | undefined;
  #askedBack = false;

  constructor(channel: Channel) {
    this.#channel = channel;
    // The client pauses the stream, which still reads up to its mark: an answer that comes while nothing waits for it
    // would go there, and be missed here for good.
    channel.child.stdout?._handle?.readStop();
  }

  /** Whether the compiler asked back while requests were under way. */
  get askedBack(): boolean {
    return this.#askedBack;
  }

  /** Sends the request that a call of the client makes; nothing when it can answer from memory. */
  post(call: () => unknown): Ticket | undefined {
    const ticket = this.#post(call, 'at any cost');
    return ticket === 'no room' ? undefined : ticket;
  }

  /** Sends a request if that takes no waiting: if nothing is under way, or there is room beside what is. */
  postIfRoom(call: () => unknown): Ticket | undefined | 'no room' {
    return this.#post(call, 'if there is room');
  }

  /** Makes a call of the client with the answer to the request that was posted for it. */
  take<T>(ticket: Ticket | undefined, call: () => T): T {
    this.#taking = ticket;
    try {
      return call();
    } finally {
      this.#taking = undefined;
    }
  }

  /** Stands in for the client's way of sending a request. */
  request(method: string, payload: string, send: () => Buffer): Buffer {
    if (this.#posting !== undefined) {
      this.#send(method, payload, this.#posting);
      throw SENT;
    }
    const ticket = this.#taking;
    this.#taking = undefined;
    if (ticket !== undefined) return this.#answer(ticket);
    this.#drain();
    return send();
  }

  #post(call: () => unknown, posting: 'at any cost' | 'if there is room') {
    this.#posting = posting;
    this.#posted = undefined;
    try {
      call();
    } catch (error) {
      if (error === NO_ROOM) return 'no room';
      if (error !== SENT) throw error;
    } finally {
      this.#posting = undefined;
    }
    return this.#posted;
  }

  #send(method: string, payload: string, posting: 'at any cost' | 'if there is room'): void {
    const size = Buffer.byteLength(payload) + method.length + 16;
    while (this.#underWay.length > 0 && !this.#holds(size)) {
      if (posting === 'if there is room') throw NO_ROOM;
      this.#read();
    }
    const ticket: Ticket = { bytes: size, answer: undefined };
    this.#channel.writeTuple(REQUEST, this.#channel.getMethodBuf(method), payload);
    this.#underWay.push(ticket);
    this.#bytes += size;
    this.#posted = ticket;
  }

  #holds(bytes: number): boolean {
    return this.#underWay.length < MOST_REQUESTS && this.#bytes + bytes <= MOST_BYTES;
  }

  #answer(ticket: Ticket): Buffer {
    while (ticket.answer === undefined && this.#underWay.length > 0) this.#read();
    const { answer } = ticket;
    if (answer === undefined) throw new Error('Unexpected EOF: the answer was never sent.');
    if (answer.failed) throw new Error(answer.payload.toString('utf8'));
    return answer.payload;
  }

  #drain(): void {
    while (this.#underWay.length > 0) this.#read();
  }

  #read(): void {
    const [ticket] = this.#underWay;
    if (ticket === undefined) return;
    this.#channel.readTuple();
    if (this.#channel._msgType === CALL) {
      this.#askedBack = true;
      throw new Error('Expected an answer, and was asked back.');
    }
    ticket.answer = {
      payload: this.#channel._msgPayload,
      failed: this.#channel._msgType !== RESPONSE,
    };
    this.#underWay.shift();
    this.#bytes -= ticket.bytes;
  }
}
