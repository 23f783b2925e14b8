/**
 * Random small programs: async functions that read and write files, a network and a database, variables and objects of the
 * module, parameters and objects given to them. What they call is the project's own, so that effects have to be derived.
 */
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
`;

/** How a program is run, and what is left behind afterwards. */
const END = `
export const run = () => main('k0', ['k0', 'k1', 'k2', 'k3', 'k1'], [b0, b1, { a: 'x', b: 'y' }]);
export const state = () =>
  JSON.stringify({ m0, m1, b0, b1, cache: [...cache], known: [...known], list, store });
`;

type Kind = 'string' | 'box';

interface Fn {
  readonly name: string;
  readonly takes: readonly Kind[];
  readonly gives: Kind;
  readonly waits: boolean;
}

/** What code at some place can name. */
interface Scope {
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

/** The program that some choices give. */
export function programOf(choices: readonly number[]): string {
  return new Writer(new Tape(choices)).program();
}

class Writer {
  readonly #tape: Tape;
  #names = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
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
    const scope = this.#scope(fns, {
      strings: ['p'],
      boxes: takesBox ? ['box'] : [],
      gives,
      depth: 1,
    });
    const body = waits
      ? this.#body(scope, this.#tape.below(3), '  ')
      : this.#plainBody(scope, gives);
    fns.push({ name, takes: takesBox ? ['string', 'box'] : ['string'], gives, waits });
    const type = gives === 'box' ? 'Box' : 'string';
    const head = `function ${name}(p: string${takesBox ? ', box: Box' : ''})`;
    return waits ? `async ${head}: Promise<${type}> {\n${body}}` : `${head}: ${type} {\n${body}}`;
  }

  #plainBody(scope: Scope, gives: Kind): string {
    const effect = this.#tape.maybe(50) ? `  ${this.#change(scope)}\n` : '';
    return `${effect}  return ${this.#value(scope, gives)};\n`;
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
    if (this.#tape.maybe(35)) return `return await ${this.#call(scope, gives)};`;
    if (gives === 'box') {
      return `return { a: ${this.#string(scope)}, b: [${own.join(', ')}].join() };`;
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
    if (roll < 60) return this.#change(scope);
    if (roll < 66) return `await ${this.#write(scope)};`;
    if (roll < 69) return this.#early(scope, indent);
    if (roll < 74) return this.#check(scope, indent);
    if (roll < 78) return this.#together(scope);
    if (roll < 82) return this.#closure(scope);
    if (scope.depth === 0) return this.#waiting(scope);
    if (roll < 92) return this.#loop(scope, indent);
    if (roll < 96) {
      const other = this.#tape.maybe(40) ? ` else ${this.#block(scope, indent)}` : '';
      return `if (${this.#condition(scope)}) ${this.#block(scope, indent)}${other}`;
    }
    return this.#try(scope, indent);
  }

  /** A variable that holds what was waited for. */
  #waiting(scope: Scope): string {
    const roll = this.#tape.below(10);
    if (roll === 8) {
      const [one, other] = [this.#name(), this.#name()];
      const call = this.#call(scope, 'box');
      scope.strings.push(one, other);
      return `const { a: ${one}, b: ${other} } = await ${call};`;
    }
    const call = this.#call(scope, roll === 9 || roll === 7 ? 'box' : 'string');
    const name = this.#name();
    if (roll === 7) {
      scope.boxes.push(name);
      return `const ${name} = await ${call};`;
    }
    scope.strings.push(name);
    if (roll === 9) return `const ${name} = (await ${call}).a;`;
    if (roll !== 6) return `const ${name} = await ${call};`;
    scope.variables.push(name);
    return `let ${name} = await ${call};`;
  }

  #declaration(scope: Scope): string {
    const name = this.#name();
    const value = this.#string(scope);
    if (this.#tape.maybe(25)) {
      const box = this.#tape.maybe(50) ? this.#box(scope) : `{ a: ${value}, b: 'b' }`;
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
    const value = waits ? `await ${this.#call(scope, 'string')}` : this.#string(scope);
    return `${this.#target(scope)} = ${value};`;
  }

  #target(scope: Scope): string {
    const own = scope.variables;
    const roll = this.#tape.below(10);
    if (roll < 5 && own.length > 0) return own[this.#tape.below(own.length)] ?? 'm0';
    if (roll < 7) return this.#tape.pick(['m0', 'm1']);
    if (roll < 9) return `${this.#box(scope)}.${this.#tape.pick(['a', 'b'])}`;
    return scope.self ? 'this.x' : 'store.x';
  }

  /** Changes something at once. */
  #change(scope: Scope): string {
    const value = this.#string(scope);
    const roll = this.#tape.below(8);
    if (roll === 0) return `${this.#target(scope)} += ${value};`;
    if (roll === 1) return `cache.set(${this.#key(scope)}, ${value});`;
    if (roll === 2) return `known.add(${value});`;
    if (roll === 3) return `list.push(${value});`;
    if (roll === 4) return `Object.assign(${this.#box(scope)}, { a: ${value} });`;
    if (roll === 5) return `({ a: m0, b: m1 } = ${this.#box(scope)});`;
    if (roll === 6) return `cache.delete(${this.#key(scope)});`;
    return `${this.#target(scope)} = ${value};`;
  }

  #check(scope: Scope, indent: string): string {
    const condition = this.#condition(scope);
    const roll = this.#tape.below(10);
    if (scope.inLoop && roll < 5) return `if (${condition}) continue;`;
    if (scope.inLoop && roll < 6) return `if (${condition}) break;`;
    if (scope.inLoop || roll > 6) return `if (${condition}) throw new Error('stop');`;
    if (roll > 3) return `if (${condition}) return ${this.#value(scope, scope.gives)};`;
    return `if (${condition}) {\n${indent}  return ${this.#value(scope, scope.gives)};\n${indent}}`;
  }

  /** A check below something that it does without. */
  #early(scope: Scope, indent: string): string {
    const check = this.#check(scope, indent);
    const waiting = this.#waiting(scope);
    const between = this.#tape.maybe(30) ? `${this.#declaration(scope)}\n${indent}` : '';
    return `${waiting}\n${indent}${between}${check}`;
  }

  #together(scope: Scope): string {
    const calls = [this.#call(scope, 'string'), this.#call(scope, 'string')];
    const names = [this.#name(), this.#name()];
    scope.strings.push(...names);
    return `const [${names.join(', ')}] = await Promise.all([${calls.join(', ')}]);`;
  }

  #closure(scope: Scope): string {
    const name = this.#name();
    const inner = { ...inside(scope), strings: ['q', ...scope.strings], gives: 'string' as const };
    const call = this.#call(inner, 'string');
    const effect = this.#tape.maybe(40) ? `${this.#change(inner)} ` : '';
    scope.fns.push({ name, takes: ['string'], gives: 'string', waits: true });
    return `const ${name} = async (q: string): Promise<string> => { ${effect}return ${call}; };`;
  }

  #try(scope: Scope, indent: string): string {
    const block = this.#block(scope, indent);
    const roll = this.#tape.below(10);
    const cleanUp = ` finally { ${this.#change(scope)} }`;
    if (roll > 8) return `try ${block}${cleanUp}`;
    const reaction = roll < 5 ? this.#change(scope) : `await ${this.#write(scope)};`;
    return `try ${block} catch { ${reaction} }`;
  }

  #loop(scope: Scope, indent: string): string {
    const items = this.#items(scope);
    const item = this.#name();
    const inner = { ...inside(scope), inLoop: true, depth: scope.depth - 1 };
    const roll = this.#tape.below(10);
    if (roll < 2) return this.#boxLoop(inner, item, indent);
    const index = this.#name();
    const isCounted = roll < 4;
    inner.strings.push(isCounted ? `${items}[${index}]!` : item);
    const found = this.#name();
    const lines = Array.from({ length: this.#tape.below(3) }, () => {
      return this.#statement({ ...inner, depth: 0 }, `${indent}  `);
    });
    const isNumbered = isCounted || roll === 4;
    const { made, handed, told } = this.#collected(
      inner,
      found,
      isNumbered ? { name: index, isNumber: true } : { name: item, isNumber: false },
    );
    scope.strings.push(told);
    const head = isCounted
      ? `for (let ${index} = 0; ${index} < ${items}.length; ${index}++)`
      : isNumbered
        ? `for (const [${index}, ${item}] of ${items}.entries())`
        : `for (const ${item} of ${items})`;
    const body = [...lines, handed].map((line) => `${indent}  ${line}\n`).join('');
    return `${made}\n${indent}${head} {\n${body}${indent}}`;
  }

  /** A collection, and a statement that hands a result on to it. */
  #collected(scope: Scope, name: string, key: { name: string; isNumber: boolean }) {
    const value = this.#tape.maybe(70)
      ? `await ${this.#call(scope, 'string')}`
      : this.#string(scope);
    const roll = this.#tape.below(5);
    if (roll === 1) {
      return {
        made: `const ${name} = new Map<unknown, string>();`,
        handed: `${name}.set(${key.name}, ${value});`,
        told: `[...${name}].join()`,
      };
    }
    if (roll === 2) {
      const isArray = key.isNumber && this.#tape.maybe(70);
      const type = isArray ? 'string[] = []' : 'Record<string, string> = {}';
      return {
        made: `const ${name}: ${type};`,
        handed: `${name}[${key.name}] = ${value};`,
        told: `JSON.stringify(${name})`,
      };
    }
    if (roll === 3) {
      return {
        made: `const ${name} = new Set<string>();`,
        handed: `${name}.add(${value});`,
        told: `[...${name}].join()`,
      };
    }
    return {
      made: `const ${name}: string[] = [];`,
      handed: `${name}.push(${value});`,
      told: `${name}.join()`,
    };
  }

  #boxLoop(scope: Scope, item: string, indent: string): string {
    scope.boxes.push(item);
    scope.strings.push(`${item}.b`);
    const lines = Array.from({ length: this.#tape.below(2) }, () => {
      return this.#statement({ ...scope, depth: 0 }, `${indent}  `);
    });
    lines.push(`${item}.a = await ${this.#call(scope, 'string')};`);
    const body = lines.map((line) => `${indent}  ${line}\n`).join('');
    const boxes = this.#tape.pick(['[b0, b1]', '[b0]', '[b1, b0, b1]']);
    return `for (const ${item} of ${boxes}) {\n${body}${indent}}`;
  }

  #items(scope: Scope): string {
    const own = scope.items;
    if (own.length > 0 && this.#tape.maybe(70)) return own[0] ?? 'list';
    return this.#tape.pick(["['k0', 'k1']", 'list', "['k2', 'k1', 'k2']"]);
  }

  #call(scope: Scope, gives: Kind): string {
    const fns = scope.fns.filter((fn) => fn.waits && fn.gives === gives);
    const roll = this.#tape.below(10);
    if (roll >= 4 && fns.length > 0) {
      const fn = fns[this.#tape.below(fns.length)];
      if (fn !== undefined) return this.#callOf(fn, scope);
    }
    if (gives === 'box') {
      const name = this.#tape.maybe(15) ? 'update' : 'findFirst';
      return `db.item.${name}({ where: { id: ${this.#key(scope)} } })`;
    }
    if (roll < 2) return `readFile(${this.#key(scope)}, 'utf8')`;
    if (roll === 3 && this.#tape.maybe(20)) {
      return `post(${this.#key(scope)}, ${this.#string(scope)})`;
    }
    return `load(${this.#key(scope)})`;
  }

  #callOf({ name, takes }: Fn, scope: Scope): string {
    const callee = scope.self && name.startsWith('store.') ? `this.${name.slice(6)}` : name;
    const given = takes.map((kind) => (kind === 'box' ? this.#box(scope) : this.#string(scope)));
    return `${callee}(${given.join(', ')})`;
  }

  #write(scope: Scope): string {
    const name = this.#tape.pick(['writeFile', 'appendFile', 'post']);
    return `${name}(${this.#key(scope)}, ${this.#string(scope)})`;
  }

  #condition(scope: Scope): string {
    const roll = this.#tape.below(4);
    if (roll === 0) return `${this.#string(scope)}.length % 2 === 0`;
    if (roll === 1) return `cache.has(${this.#key(scope)})`;
    if (roll === 2) return `${this.#string(scope)}.includes('1')`;
    return `known.has(${this.#string(scope)})`;
  }

  #key(scope: Scope): string {
    if (this.#tape.maybe(55)) return this.#string(scope);
    return this.#tape.pick(["'k0'", "'k1'", "'k2'"]);
  }

  #value(scope: Scope, kind: Kind): string {
    return kind === 'box' ? this.#box(scope) : this.#string(scope);
  }

  #box(scope: Scope): string {
    const all = [...scope.boxes, 'b0', 'b1'];
    return all[this.#tape.below(all.length)] ?? 'b0';
  }

  #string(scope: Scope): string {
    const own = scope.strings;
    const roll = this.#tape.below(20);
    if (roll < 10 && own.length > 0) return own[this.#tape.below(own.length)] ?? "'k0'";
    if (roll < 12) return this.#tape.pick(["'k0'", "'k1'", "'k2'", "'k3'"]);
    if (roll === 12) return `\`\${${this.#string(scope)}}-\${${this.#string(scope)}}\``;
    if (roll === 13) return `${this.#box(scope)}.${this.#tape.pick(['a', 'b'])}`;
    if (roll === 14) return this.#tape.pick(['m0', 'm1']);
    if (roll === 15) return `(cache.get(${this.#key(scope)}) ?? 'none')`;
    if (roll === 16) return this.#tape.pick(['String(list.length)', "(list[0] ?? 'none')"]);
    if (roll === 17) return scope.self ? 'this.x' : this.#tape.pick(['store.x', 'store.label']);
    const fns = scope.fns.filter((fn) => !fn.waits && fn.gives === 'string');
    const fn = fns[this.#tape.below(Math.max(1, fns.length))];
    return fn === undefined ? "'k1'" : this.#callOf(fn, scope);
  }

  #name(): string {
    return `v${this.#names++}`;
  }
}

/** A scope of its own: what is declared in it is not known outside. */
function inside(scope: Scope): Scope {
  return {
    ...scope,
    strings: [...scope.strings],
    variables: [...scope.variables],
    boxes: [...scope.boxes],
    fns: [...scope.fns],
  };
}
