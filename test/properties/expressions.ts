/** Random expressions over what code at some place can name. */
import type { Tape } from './tape.ts';

/** What a value is. */
export type Kind = 'string' | 'box';

/** A function that can be called. */
export interface Fn {
  readonly name: string;
  readonly takes: readonly Kind[];
  readonly gives: Kind;
  readonly waits: boolean;
}

/** What code at some place can name. */
export interface Scope {
  readonly strings: string[];
  readonly variables: string[];
  readonly boxes: string[];
  readonly items: string[];
  readonly fns: Fn[];
  readonly self: boolean;
  /** What `return` gives here. */
  readonly gives: Kind;
  readonly inLoop: boolean;
  /** Whether statements may hold blocks of their own. */
  readonly depth: number;
}

/** Writes expressions, and statements that change something at once. */
export class Expressions {
  readonly #tape: Tape;
  #names = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  call(scope: Scope, gives: Kind): string {
    const fns = scope.fns.filter((fn) => fn.waits && fn.gives === gives);
    const roll = this.#tape.below(10);
    if (roll >= 4 && fns.length > 0) {
      const fn = fns[this.#tape.below(fns.length)];
      if (fn !== undefined) return this.callOf(fn, scope);
    }
    if (gives === 'box') {
      const name = this.#tape.maybe(15) ? 'update' : 'findFirst';
      return `db.item.${name}({ where: { id: ${this.key(scope)} } })`;
    }
    if (roll === 2 && this.#tape.maybe(60)) return this.#handed(scope);
    if (roll < 2) return `readFile(${this.key(scope)}, 'utf8')`;
    if (roll === 3 && this.#tape.maybe(20)) {
      return `post(${this.key(scope)}, ${this.string(scope)})`;
    }
    return `load(${this.key(scope)})`;
  }

  /** A string that is waited for, in some cases only. */
  awaited(scope: Scope): string {
    const call = this.call(scope, 'string');
    const own = scope.strings;
    const other = own[this.#tape.below(own.length)] ?? 'm0';
    const roll = this.#tape.below(16);
    if (roll === 15) return `${this.condition(scope)} ? await ${call} : ${other}`;
    if (roll === 14) return `${this.condition(scope)} ? ${other} : (await ${call})`;
    if (roll === 13) {
      return `${this.condition(scope)} ? await ${call} : await ${this.call(scope, 'string')}`;
    }
    return roll === 12 ? `${other} || (await ${call})` : `await ${call}`;
  }

  /** Several awaits in one value, with something between them. */
  parts(scope: Scope, gives: Kind): string {
    const [one, other] = [this.awaited(scope), `await ${this.call(scope, 'string')}`];
    const between = this.#tape.maybe(60) ? this.string(scope) : "'-'";
    if (gives === 'box') return `{ a: ${one}, between: ${between}, b: ${other} }`;
    return `\`\${${one}}\${${between}}\${${other}}\``;
  }

  /** A call that is given what it calls. */
  #handed(scope: Scope): string {
    const given = this.string(scope);
    if (this.#tape.maybe(40)) return `given(${given}, load)`;
    const inner = { ...inside(scope), strings: ['one', ...scope.strings] };
    const effect = this.#tape.maybe(40) ? `${this.change(inner)} ` : '';
    return `given(${given}, async (one) => { ${effect}return ${this.call(inner, 'string')}; })`;
  }

  callOf({ name, takes }: Fn, scope: Scope): string {
    const callee = scope.self && name.startsWith('store.') ? `this.${name.slice(6)}` : name;
    const given = takes.map((kind) => (kind === 'box' ? this.box(scope) : this.string(scope)));
    return `${callee}(${given.join(', ')})`;
  }

  write(scope: Scope): string {
    const name = this.#tape.pick(['writeFile', 'appendFile', 'post']);
    return `${name}(${this.key(scope)}, ${this.string(scope)})`;
  }

  condition(scope: Scope): string {
    const roll = this.#tape.below(4);
    if (roll === 0) return `${this.string(scope)}.length % 2 === 0`;
    if (roll === 1) return `cache.has(${this.key(scope)})`;
    if (roll === 2) return `${this.string(scope)}.includes('1')`;
    return `known.has(${this.string(scope)})`;
  }

  key(scope: Scope): string {
    if (this.#tape.maybe(55)) return this.string(scope);
    return this.#tape.pick(["'k0'", "'k1'", "'k2'"]);
  }

  value(scope: Scope, kind: Kind): string {
    return kind === 'box' ? this.box(scope) : this.string(scope);
  }

  box(scope: Scope): string {
    if (this.#tape.maybe(10)) return `(held.get(${this.key(scope)}) ?? b0)`;
    const all = [...scope.boxes, 'b0', 'b1'];
    return all[this.#tape.below(all.length)] ?? 'b0';
  }

  string(scope: Scope): string {
    const own = scope.strings;
    const roll = this.#tape.below(24);
    if (roll > 19) return this.#made(scope, roll);
    if (roll < 10 && own.length > 0) return own[this.#tape.below(own.length)] ?? "'k0'";
    if (roll < 12) return this.#tape.pick(["'k0'", "'k1'", "'k2'", "'k3'"]);
    if (roll === 12) return `\`\${${this.string(scope)}}-\${${this.string(scope)}}\``;
    if (roll === 13) return `${this.box(scope)}.${this.#tape.pick(['a', 'b'])}`;
    if (roll === 14) return this.#tape.pick(['m0', 'm1']);
    if (roll === 15) return `(cache.get(${this.key(scope)}) ?? 'none')`;
    if (roll === 16) return this.#tape.pick(['String(list.length)', "(list[0] ?? 'none')"]);
    if (roll === 17) return scope.self ? 'this.x' : this.#tape.pick(['store.x', 'store.label']);
    const fns = scope.fns.filter((fn) => !fn.waits && fn.gives === 'string');
    const fn = fns[this.#tape.below(Math.max(1, fns.length))];
    return fn === undefined ? "'k1'" : this.callOf(fn, scope);
  }

  /** Values that are worked out: by callbacks, from new objects, one way or the other. */
  #made(scope: Scope, roll: number): string {
    const value = this.string({ ...scope, strings: ['one', ...scope.strings] });
    if (roll === 20) {
      const items = this.#tape.pick(["['k0', 'k1']", 'list', '[...list]']);
      return `${items}.map((one) => ${value}).join()`;
    }
    if (roll === 21) {
      const effect = this.#tape.maybe(60) ? `${this.change(scope)} ` : '';
      return `each(${this.string(scope)}, (one) => { ${effect}return ${value}; })`;
    }
    const other = this.string(scope);
    if (roll === 22) return `(${this.condition(scope)} ? ${other} : ${this.string(scope)})`;
    return this.#tape.pick([
      `({ ...${this.box(scope)} }).b`,
      `new Counter(${other}).seen`,
      'String(Counter.made)',
    ]);
  }

  target(scope: Scope): string {
    const own = scope.variables;
    const roll = this.#tape.below(10);
    if (roll < 5 && own.length > 0) return own[this.#tape.below(own.length)] ?? 'm0';
    if (roll < 7) return this.#tape.pick(['m0', 'm1']);
    if (roll < 9) return `${this.box(scope)}.${this.#tape.pick(['a', 'b'])}`;
    return scope.self ? 'this.x' : 'store.x';
  }

  /** Changes something at once. */
  change(scope: Scope): string {
    const value = this.string(scope);
    const roll = this.#tape.below(10);
    if (roll === 8) return `held.set(${this.key(scope)}, ${this.box(scope)});`;
    if (roll === 9) {
      return this.#tape.pick(['list.reverse();', 'list.splice(0, 1);', 'cache.clear();']);
    }
    if (roll === 0) return `${this.target(scope)} += ${value};`;
    if (roll === 1) return `cache.set(${this.key(scope)}, ${value});`;
    if (roll === 2) return `known.add(${value});`;
    if (roll === 3) return `if (list.length < 9) list.push(${value});`;
    if (roll === 4) return `Object.assign(${this.box(scope)}, { a: ${value} });`;
    if (roll === 5) return `({ a: m0, b: m1 } = ${this.box(scope)});`;
    if (roll === 6) return `cache.delete(${this.key(scope)});`;
    return `${this.target(scope)} = ${value};`;
  }

  name(): string {
    return `v${this.#names++}`;
  }
}

/** A scope of its own: what is declared in it is not known outside. */
export function inside(scope: Scope): Scope {
  return {
    ...scope,
    strings: [...scope.strings],
    variables: [...scope.variables],
    boxes: [...scope.boxes],
    fns: [...scope.fns],
  };
}
