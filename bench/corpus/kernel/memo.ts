import type { Clock } from './clock.ts';

interface Entry<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/** Remembers values for a while, the least recently used are forgotten first. */
export class Memo<Key, Value> {
  readonly #entries = new Map<Key, Entry<Value>>();
  readonly #pending = new Map<Key, Promise<Value>>();
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #lifetime: number;

  constructor(clock: Clock, capacity: number, lifetime: number) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#lifetime = lifetime;
  }

  get size(): number {
    return this.#entries.size;
  }

  peek(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt < this.#clock.now().getTime()) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** The remembered value; otherwise the loaded one, loaded once for all who ask meanwhile. */
  async fetch(key: Key, load: (key: Key) => Promise<Value>): Promise<Value> {
    const known = this.peek(key);
    if (known !== undefined) return known;
    const pending = this.#pending.get(key) ?? this.#load(key, load);
    return await pending;
  }

  forget(key: Key): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  store(key: Key, value: Value): void {
    this.#entries.set(key, { value, expiresAt: this.#clock.now().getTime() + this.#lifetime });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
  }

  #load(key: Key, load: (key: Key) => Promise<Value>): Promise<Value> {
    const promise = load(key)
      .then((value) => {
        this.store(key, value);
        return value;
      })
      .finally(() => this.#pending.delete(key));
    this.#pending.set(key, promise);
    return promise;
  }
}
