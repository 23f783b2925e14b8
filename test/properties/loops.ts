/** Random loops that collect what they wait for: into lists, maps, sets, records and their own items. */
import { type Expressions, inside, type Scope } from './expressions.ts';
import type { Tape } from './tape.ts';

/** Writes a statement of a loop's body. */
type Statement = (scope: Scope, indent: string) => string;

/** Writes loops. */
export class Loops {
  readonly #tape: Tape;
  readonly #some: Expressions;
  readonly #statement: Statement;

  constructor(tape: Tape, some: Expressions, statement: Statement) {
    this.#tape = tape;
    this.#some = some;
    this.#statement = statement;
  }

  /** A loop, and what it collects into. */
  loop(scope: Scope, indent: string): string {
    const items = this.#items(scope);
    const item = this.#some.name();
    const inner = { ...inside(scope), inLoop: true, depth: scope.depth - 1 };
    const roll = this.#tape.below(10);
    if (roll < 2) return this.#boxLoop(inner, item, indent);
    const index = this.#some.name();
    const isCounted = roll < 4;
    const isNamed = isCounted && this.#tape.maybe(60);
    inner.strings.push(isCounted && !isNamed ? `${items}[${index}]!` : item);
    const found = this.#some.name();
    const lines = Array.from({ length: this.#tape.below(3) }, () => {
      return this.#statement({ ...inner, depth: 0 }, `${indent}  `);
    });
    if (isNamed) lines.unshift(`const ${item} = ${items}[${index}]!;`);
    const isNumbered = isCounted || roll === 4;
    const { made, hand, told } = this.#collected(
      found,
      isNumbered ? { name: index, isNumber: true } : { name: item, isNumber: false },
    );
    scope.strings.push(told);
    const head = isCounted
      ? `for (let ${index} = 0; ${index} < ${items}.length; ${index}++)`
      : isNumbered
        ? `for (const [${index}, ${item}] of ${items}.entries())`
        : `for (const ${item} of ${items})`;
    const last = this.#guarded(inner, hand);
    const body = [...lines, last].map((line) => `${indent}  ${line}\n`).join('');
    return `${made}\n${indent}${head} {\n${body}${indent}}`;
  }

  /** A statement that takes place only at times, or hears its failure. */
  #guarded(scope: Scope, hand: (value: string) => string): string {
    const value = this.#tape.maybe(70)
      ? `await ${this.#some.call(scope, 'string')}`
      : this.#some.string(scope);
    const roll = this.#tape.below(10);
    if (roll < 7) return hand(value);
    if (roll === 7) return `if (${this.#some.condition(scope)}) ${hand(value)}`;
    const reaction = roll === 8 ? this.#some.change(scope) : hand("'none'");
    return `try { ${hand(value)} } catch { ${reaction} }`;
  }

  /** A collection, and a statement that hands a result on to it. */
  #collected(name: string, key: { name: string; isNumber: boolean }) {
    const roll = this.#tape.below(5);
    if (roll === 1) {
      return {
        made: `const ${name} = new Map<unknown, string>();`,
        hand: (value: string) => `${name}.set(${key.name}, ${value});`,
        told: `[...${name}].join()`,
      };
    }
    if (roll === 2) {
      const isArray = key.isNumber && this.#tape.maybe(70);
      const type = isArray ? 'string[] = []' : 'Record<string, string> = {}';
      return {
        made: `const ${name}: ${type};`,
        hand: (value: string) => `${name}[${key.name}] = ${value};`,
        told: `JSON.stringify(${name})`,
      };
    }
    if (roll === 3) {
      return {
        made: `const ${name} = new Set<string>();`,
        hand: (value: string) => `${name}.add(${value});`,
        told: `[...${name}].join()`,
      };
    }
    return {
      made: `const ${name}: string[] = [];`,
      hand: (value: string) => `${name}.push(${value});`,
      told: `${name}.join()`,
    };
  }

  #boxLoop(scope: Scope, item: string, indent: string): string {
    scope.boxes.push(item);
    scope.strings.push(`${item}.b`);
    const lines = Array.from({ length: this.#tape.below(2) }, () => {
      return this.#statement({ ...scope, depth: 0 }, `${indent}  `);
    });
    lines.push(`${item}.a = await ${this.#some.call(scope, 'string')};`);
    const body = lines.map((line) => `${indent}  ${line}\n`).join('');
    const isGiven = scope.items.length > 0 && this.#tape.maybe(60);
    const boxes = isGiven ? 'boxes' : this.#tape.pick(['[b0, b1]', '[b0]', '[b1, b0, b1]']);
    return `for (const ${item} of ${boxes}) {\n${body}${indent}}`;
  }

  #items(scope: Scope): string {
    const own = scope.items;
    if (own.length > 0 && this.#tape.maybe(70)) return own[0] ?? 'list';
    return this.#tape.pick(["['k0', 'k1']", 'list', "['k2', 'k1', 'k2']"]);
  }
}
