/**
 * The client waits for each answer before it sends the next request, so that compiler and rules take turns and one
 * processor idles. A pipeline sends requests ahead: `post` runs a call of the client only as far as its request, `take`
 * runs the same call again, and hands it the answer. The client itself stays as it is.
 *
 * Requests are answered in the order in which they were sent. None that lets the compiler ask back may be sent ahead, such as
 * for a text that is not saved: it takes the next message for the answer to its own question. Questions about a snapshot do
 * not, as far as anybody saw; should one do it all the same, the compiler is lost, and the next one is not asked ahead.
 */
import { type Pipes, Wire } from './wire.ts';

/** A request under way. */
export interface Ticket {
  answer: Answer | undefined;
}

interface Answer {
  readonly payload: Buffer;
  readonly failed: boolean;
}

/** The client's channel, as far as we use it. Internals of the pinned version. */
export interface Channel extends Pipes {
  readonly child: Pipes['child'] & { readonly pid: number };
  readonly _msgType: number;
  readonly _msgPayload: Buffer;
  getMethodBuf(method: string): Buffer;
  writeTuple(type: number, name: Buffer, payload: string | Uint8Array): void;
}

/** Message types of the channel's protocol. */
const REQUEST = 1;
const RESPONSE = 4;
const CALL = 6;

/** Thrown to leave a call of the client as soon as its request is sent. */
const SENT = new Error('The request is sent.');

/** Sends requests ahead of the calls that need their answers. */
export class Pipeline {
  readonly #channel: Channel;
  readonly #wire: Wire;
  readonly #underWay: Ticket[] = [];
  #isPosting = false;
  #posted: Ticket | undefined;
  #taking: Ticket | undefined;
  #askedBack = false;
  /** What went wrong while nobody waited for an answer: told to whoever asks next. */
  #failure: unknown;

  /** Gives up when nothing is heard for `patience` milliseconds, unless that is left out. */
  constructor(channel: Channel, patience?: number) {
    this.#channel = channel;
    this.#wire = new Wire(channel, patience);
  }

  /** Whether the compiler asked back while requests were under way. */
  get askedBack(): boolean {
    return this.#askedBack;
  }

  /** Sends the request that a call of the client makes, without waiting; nothing when it can answer from memory. */
  post(call: () => unknown): Ticket | undefined {
    this.#isPosting = true;
    this.#posted = undefined;
    try {
      call();
    } catch (error) {
      if (error !== SENT) throw error;
    } finally {
      this.#isPosting = false;
    }
    return this.#posted;
  }

  /** Takes in the answers that have come, without waiting for more: the compiler can write the next ones. */
  listen(): void {
    if (this.#underWay.length === 0 || this.#failure !== undefined) return;
    try {
      this.#wire.exchange();
      while (this.#underWay.length > 0 && this.#wire.holdsMessage) this.#read();
    } catch (error) {
      this.#failure = error;
    }
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
    if (this.#failure !== undefined) throw this.#failure;
    const ticket = this.#taking;
    this.#taking = undefined;
    if (ticket !== undefined) return this.#answer(ticket);
    if (this.#isPosting) {
      this.#send(method, payload);
      throw SENT;
    }
    while (this.#underWay.length > 0) this.#read();
    return send();
  }

  #send(method: string, payload: string): void {
    const ticket: Ticket = { answer: undefined };
    const name = this.#channel.getMethodBuf(method);
    this.#wire.queue(() => this.#channel.writeTuple(REQUEST, name, payload));
    this.#underWay.push(ticket);
    this.#posted = ticket;
  }

  #answer(ticket: Ticket): Buffer {
    while (ticket.answer === undefined && this.#underWay.length > 0) this.#read();
    const { answer } = ticket;
    if (answer === undefined) throw new Error('Unexpected EOF: the answer was never sent.');
    if (answer.failed) throw new Error(answer.payload.toString('utf8'));
    return answer.payload;
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
  }
}
