/**
 * Random small programs: async functions that read and write files, a network and a database, variables and objects of the
 * module, parameters and objects given to them. What they call is the project's own, so that effects have to be derived.
 */
import { Expressions, type Fn, inside, type Kind, type Scope } from './expressions.ts';
import { Loops } from './loops.ts';
import { Tape } from './tape.ts';

/** What every program starts with. `db` is given to the program when it runs. */
const PRELUDE = `import { appendFile, readFile, writeFile } from 'node:fs/promises';

interface Box { a: string; b: string }
interface ItemDelegate {
  findFirst(query: object): Promise<Box>;
  update(query: object): Promise<Box>;
}
declare const db: { readonly item: ItemDelegate };
async function load(path: string): Promise<string> {
  const response = await fetch(\`https://example.com/\${path}\`);
  return response.text();
}
async function post(path: string, body: string): Promise<string> {
  const response = await fetch(\`https://example.com/\${path}\`, { method: 'POST', body });
  return response.text();
}
async function given(path: string, work: (one: string) => Promise<string>): Promise<string> {
  return work(path);
}
function each(path: string, work: (one: string) => string): string {
  return work(path);
}
class Counter {
  static made = 0;
  readonly seen: string;
  constructor(path: string) {
    Counter.made++;
    this.seen = path;
  }
}
`;

/** How a program is run, and what is left behind afterwards. */
const END = `
export const run = () => main('k0', ['k0', 'k1', 'k2', 'k3', 'k1'], [b0, b1, { a: 'x', b: 'y' }]);
export const state = () =>
  JSON.stringify({ m0, m1, b0, b1, cache: [...cache], known: [...known], list, store, held: [...held],
    made: Counter.made });
`;

/** The program that some choices give. */
export function programOf(choices: readonly number[]): string {
  return new Writer(new Tape(choices)).program();
}

class Writer {
  readonly #tape: Tape;
  readonly #some: Expressions;
  readonly #loops: Loops;

  constructor(tape: Tape) {
    this.#tape = tape;
    this.#some = new Expressions(tape);
    this.#loops = new Loops(tape, this.#some, (scope, indent) => this.#statement(scope, indent));
  }

  program(): string {
    const fns: Fn[] = [];
    const parts = [this.#module()];
    for (let count = this.#tape.below(4); count >= 0; count--) parts.push(this.#function(fns));
    parts.push(this.#class(fns));
    const scope = this.#scope(fns, { strings: ['p'], boxes: ['boxes[0]!'], items: ['items'] });
    const body = this.#body(scope, 4 + this.#tape.below(5), '  ');
    parts.push(
      `async function main(p: string, items: string[], boxes: Box[]): Promise<string> {\n${body}}`,
    );
    return [PRELUDE, ...parts, END].join('\n');
  }

  #module(): string {
    const twin = this.#tape.maybe(30) ? 'b0' : "{ a: 'a1', b: 'b1' }";
    return [
      "let m0 = 'm0';",
      "let m1 = 'm1';",
      "const b0: Box = { a: 'a0', b: 'b0' };",
      `const b1: Box = ${twin};`,
      "const cache = new Map<string, string>([['k1', 'c1']]);",
      'const known = new Set<string>();',
      "const held = new Map<string, Box>([['k1', b1]]);",
      'const list: string[] = [];',
    ].join('\n');
  }

  #scope(fns: Fn[], own: Partial<Scope>): Scope {
    return {
      strings: [],
      variables: [],
      boxes: [],
      items: [],
      fns: [...fns],
      self: false,
      gives: 'string',
      inLoop: false,
      depth: 2,
      ...own,
    };
  }

  #function(fns: Fn[]): string {
    const name = `f${fns.length}`;
    const gives = this.#tape.maybe(25) ? 'box' : 'string';
    const takesBox = this.#tape.maybe(30);
    const waits = !this.#tape.maybe(20);
    const hasDefault = !takesBox && this.#tape.maybe(20);
    const scope = this.#scope(fns, {
      strings: hasDefault ? ['p', 'q'] : ['p'],
      boxes: takesBox ? ['box'] : [],
      gives,
      depth: 1,
    });
    const body = waits
      ? this.#body(scope, this.#tape.below(3), '  ')
      : this.#plainBody(scope, gives);
    fns.push({ name, takes: takesBox ? ['string', 'box'] : ['string'], gives, waits });
    const type = gives === 'box' ? 'Box' : 'string';
    const head = `function ${name}(p: string${takesBox ? ', box: Box' : hasDefault ? ', q = m0' : ''})`;
    return waits ? `async ${head}: Promise<${type}> {\n${body}}` : `${head}: ${type} {\n${body}}`;
  }

  #plainBody(scope: Scope, gives: Kind): string {
    const effect = this.#tape.maybe(50) ? `  ${this.#some.change(scope)}\n` : '';
    return `${effect}  return ${this.#some.value(scope, gives)};\n`;
  }

  #class(fns: Fn[]): string {
    const scope = this.#scope(fns, { strings: ['p'], self: true, depth: 1 });
    const body = this.#body(scope, this.#tape.below(3), '    ');
    const method: Fn = { name: 'store.find', takes: ['string'], gives: 'string', waits: true };
    fns.push(method);
    return [
      'class Store {',
      "  x = 'x';",
      '  get label(): string {\n    return "!" + this.x;\n  }',
      `  async find(p: string): Promise<string> {\n${body}  }`,
      '}',
      'const store = new Store();',
    ].join('\n');
  }

  /** Statements, then a `return` of all that was found out. */
  #body(scope: Scope, count: number, indent: string): string {
    const inner = inside(scope);
    const lines = Array.from({ length: count }, () => this.#statement(inner, indent));
    lines.push(this.#end(inner));
    return lines.map((line) => `${indent}${line}\n`).join('');
  }

  #end(scope: Scope): string {
    const { gives, strings } = scope;
    const own = strings.slice(0, 8);
    if (this.#tape.maybe(35)) return `return await ${this.#some.call(scope, gives)};`;
    if (gives === 'box') {
      return `return { a: ${this.#some.string(scope)}, b: [${own.join(', ')}].join() };`;
    }
    return `return [${own.join(', ')}].join('|');`;
  }

  #block(scope: Scope, indent: string): string {
    const inner = inside({ ...scope, depth: scope.depth - 1 });
    const count = 1 + this.#tape.below(2);
    const lines = Array.from({ length: count }, () => this.#statement(inner, `${indent}  `));
    return `{\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`;
  }

  #statement(scope: Scope, indent: string): string {
    const roll = this.#tape.below(100);
    if (roll < 38) return this.#waiting(scope);
    if (roll < 46) return this.#declaration(scope);
    if (roll < 54) return this.#assignment(scope);
    if (roll < 60) return this.#some.change(scope);
    if (roll < 66) return `await ${this.#some.write(scope)};`;
    if (roll < 69) return this.#early(scope, indent);
    if (roll < 74) return this.#check(scope, indent);
    if (roll < 78) return this.#together(scope);
    if (roll < 82) return this.#closure(scope);
    if (scope.depth === 0) return this.#waiting(scope);
    if (roll < 92) return this.#loops.loop(scope, indent);
    if (roll < 96) {
      const other = this.#tape.maybe(40) ? ` else ${this.#block(scope, indent)}` : '';
      return `if (${this.#some.condition(scope)}) ${this.#block(scope, indent)}${other}`;
    }
    return this.#try(scope, indent);
  }

  /** A variable that holds what was waited for. */
  #waiting(scope: Scope): string {
    const roll = this.#tape.below(10);
    if (roll === 8) {
      const [one, other] = [this.#some.name(), this.#some.name()];
      const call = this.#some.call(scope, 'box');
      scope.strings.push(one, other);
      return `const { a: ${one}, b: ${other} } = await ${call};`;
    }
    if (roll === 5) return this.#parts(scope);
    const isBox = roll === 9 || roll === 7;
    const value = isBox ? `await ${this.#some.call(scope, 'box')}` : this.#some.awaited(scope);
    const name = this.#some.name();
    if (roll === 7) {
      scope.boxes.push(name);
      return `const ${name} = ${value};`;
    }
    scope.strings.push(name);
    if (roll === 9) return `const ${name} = (${value}).a;`;
    if (roll !== 6) return `const ${name} = ${value};`;
    scope.variables.push(name);
    return `let ${name} = ${value};`;
  }

  #parts(scope: Scope): string {
    const gives = this.#tape.maybe(50) ? 'box' : 'string';
    const value = this.#some.parts(scope, gives);
    const name = this.#some.name();
    (gives === 'box' ? scope.boxes : scope.strings).push(name);
    return `const ${name} = ${value};`;
  }

  #declaration(scope: Scope): string {
    const name = this.#some.name();
    if (this.#tape.maybe(15)) {
      const box = this.#some.box(scope);
      scope.strings.push(name);
      return `const { a: ${name} } = ${box};`;
    }
    const value = this.#some.string(scope);
    if (this.#tape.maybe(25)) {
      const box = this.#tape.maybe(50) ? this.#some.box(scope) : `{ a: ${value}, b: 'b' }`;
      scope.boxes.push(name);
      return `const ${name} = ${box};`;
    }
    const isVariable = this.#tape.maybe(40);
    scope.strings.push(name);
    if (isVariable) scope.variables.push(name);
    return `${isVariable ? 'let' : 'const'} ${name} = ${value};`;
  }

  #assignment(scope: Scope): string {
    const waits = this.#tape.maybe(70);
    const value = waits ? this.#some.awaited(scope) : this.#some.string(scope);
    return `${this.#some.target(scope)} = ${value};`;
  }

  #check(scope: Scope, indent: string): string {
    const condition = this.#some.condition(scope);
    const roll = this.#tape.below(10);
    if (scope.inLoop && roll < 5) return `if (${condition}) continue;`;
    if (scope.inLoop && roll < 6) return `if (${condition}) break;`;
    if (scope.inLoop || roll > 6) return `if (${condition}) throw new Error('stop');`;
    if (roll > 3) return `if (${condition}) return ${this.#some.value(scope, scope.gives)};`;
    return `if (${condition}) {\n${indent}  return ${this.#some.value(scope, scope.gives)};\n${indent}}`;
  }

  /** A check below something that it does without. */
  #early(scope: Scope, indent: string): string {
    const check = this.#check(scope, indent);
    const waiting = this.#waiting(scope);
    const between = this.#tape.maybe(30) ? `${this.#declaration(scope)}\n${indent}` : '';
    return `${waiting}\n${indent}${between}${check}`;
  }

  /**
   * Reads side by side. Functions of the program are never at work twice at once: what they would change under each other's
   * feet is read at no certain time in the original either.
   */
  #together(scope: Scope): string {
    const reads = { ...scope, fns: scope.fns.filter(({ waits }) => !waits) };
    const calls = [this.#some.call(reads, 'string'), this.#some.call(reads, 'string')];
    const names = [this.#some.name(), this.#some.name()];
    scope.strings.push(...names);
    return `const [${names.join(', ')}] = await Promise.all([${calls.join(', ')}]);`;
  }

  #closure(scope: Scope): string {
    const name = this.#some.name();
    const inner = { ...inside(scope), strings: ['q', ...scope.strings], gives: 'string' as const };
    const call = this.#some.call(inner, 'string');
    const effect = this.#tape.maybe(40) ? `${this.#some.change(inner)} ` : '';
    scope.fns.push({ name, takes: ['string'], gives: 'string', waits: true });
    return `const ${name} = async (q: string): Promise<string> => { ${effect}return ${call}; };`;
  }

  #try(scope: Scope, indent: string): string {
    const block = this.#block(scope, indent);
    const roll = this.#tape.below(10);
    const cleanUp = ` finally { ${this.#some.change(scope)} }`;
    if (roll > 8) return `try ${block}${cleanUp}`;
    const reaction = roll < 5 ? this.#some.change(scope) : `await ${this.#some.write(scope)};`;
    return `try ${block} catch { ${reaction} }`;
  }
}
