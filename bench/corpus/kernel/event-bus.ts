import type { Logger } from './logger.ts';

/** Something that happened, with a type to tell events apart. */
export interface DomainEvent<Type extends string = string> {
  readonly type: Type;
  readonly at: Date;
}

/** The event with that type. */
export type EventOf<Event extends DomainEvent, Type extends Event['type']> = Extract<
  Event,
  { readonly type: Type }
>;

/** Reacts to an event. */
export type Listener<Event> = (event: Event) => Promise<void> | void;

/** Carries events from those who raise them to those who listen. */
export class EventBus<Event extends DomainEvent> {
  readonly #listeners = new Map<string, Listener<Event>[]>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  on<Type extends Event['type']>(type: Type, listener: Listener<EventOf<Event, Type>>): () => void {
    const listeners = this.#listeners.get(type) ?? [];
    const entry = listener as Listener<Event>;
    this.#listeners.set(type, [...listeners, entry]);
    return () => this.#off(type, entry);
  }

  async publish(event: Event): Promise<void> {
    const listeners = this.#listeners.get(event.type) ?? [];
    const outcomes = await Promise.allSettled(listeners.map(async (listener) => listener(event)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        this.#logger.error('listener failed', { type: event.type, error: outcome.reason });
      }
    }
  }

  #off(type: string, entry: Listener<Event>): void {
    const listeners = this.#listeners.get(type) ?? [];
    this.#listeners.set(
      type,
      listeners.filter((listener) => listener !== entry),
    );
  }
}
