import assert from 'node:assert/strict';
import { isCallExpression } from '#ast';
import { DEFAULT_PROJECT_SETTINGS, defineRule, lint } from '#engine';
import type { Size } from '#facts';
import { Compiler } from '#program';
import { scratch, TSCONFIG } from '../support/scratch.ts';

/** Every call of `size` is about its argument; the comment at its end says how many there are. */
const FILES = {
  'main.ts': `
import { readdir } from 'node:fs/promises';
import _ from 'lodash';
import { LIMIT, regions, Region, config, load, three, listAll } from './other.ts';
declare function size(values: unknown): void;
declare const request: { body: { ids: string[] } };
declare const anything: any;
const kinds = ['a', 'b', 'c'] as const;
const more = [...kinds, 'd'];
let grown = ['a'];
grown.push('b', 'c');
let replaced = ['a'];
replaced = [...more, ...more];

size([1, 2, 3]); // 3
size([1, ...kinds]); // 4
size(kinds); // 3
size(more); // 4
size(grown); // 3
size(replaced); // at most 8
size(kinds.map((kind) => kind)); // 3
size([...kinds].sort().reverse()); // 3
size(kinds.filter(Boolean)); // at most 3
size(kinds.concat(['x' as 'a'])); // 4
size(kinds.flatMap((kind) => [kind, kind])); // 6
size(anything ? kinds : more); // at most 4
size(new Set(kinds)); // at most 3
size([...new Map([['a', 1]]).values()]); // at most 1
size('a b c'.split(' ')); // 3
size(Object.keys({ a: 1, b: 2 })); // 2
size(Object.entries({ a: 1, ...{ b: 2 } })); // 2
size(Object.values(Region)); // 2
size(Array(5)); // 5
size(new Array(5).fill(0)); // 5
size(new Array(1, 2)); // 2
size([...Array(4).keys()]); // 4
size(Array.from({ length: LIMIT })); // 10
size(Array.from({ length: LIMIT / 2 + 1 })); // 6
size(Array.from({ length: Math.ceil(kinds.length / 2) })); // 2
size(Array.from(kinds, String)); // 3
size(Array.of(1, 2)); // 2
size(regions); // 2
size(regions.slice(-1)); // at most 1
size(config.hosts); // 2
size(config['hosts']); // unknown
size(three()); // 3
size(_.uniq(regions)); // at most 2
size(_.take(request.body.ids, 7)); // at most 7
size(_.range(9)); // 9
size(request.body.ids); // unknown
size(anything); // unknown
size(anything.list()); // unknown
size(process.argv); // unknown
size(process.env['HOSTS']!.split(',')); // unknown

export async function fromOutside(
  ids: string[],
  { names, pair }: { names: string[]; pair: [string, string] },
  options: { hosts: string[] },
  nested: string[][],
  few: Region[],
  flags: Record<Region, boolean>,
  open: Record<string, boolean>,
  limit: number,
  ...rest: string[]
) {
  size(ids); // input
  size([...ids, 'more']); // input
  size(ids.filter(Boolean).map(Number)); // input
  size([...new Set(ids)]); // input
  size(names); // input
  size(pair); // 2
  size(options.hosts); // unknown
  size(few); // at most 2
  size(Object.keys(flags)); // at most 2
  size(Object.keys(open)); // input
  size(rest); // unknown
  size(ids.slice(1)); // input
  size(ids.slice(0, 5)); // at most 5
  size(ids.slice(0, LIMIT)); // at most 10
  size(ids.slice(0, limit)); // unknown
  size(ids.slice(-3)); // at most 3
  size(ids.splice(0, 4)); // at most 4
  size(Array.from({ length: limit })); // input
  size(Array.from({ length: Math.min(limit, 4) })); // at most 4
  size(Array.from({ length: Math.min(LIMIT, ids.length) })); // at most 10
  size(ids.length > 3 ? kinds : ids); // input
  size(request.body.ids ?? ids); // input
  size(await readdir('.')); // input
  size((await load()).items); // input
  size(await listAll()); // input
  size(await load({ limit: 10 })); // unknown
  let query = from('users');
  if (limit > 0) query = query.limit(limit);
  size(await query.execute()); // unknown
  size(await from('users').execute()); // input
  const { items } = paginate(ids);
  size(items); // unknown
  size(await load().then((all) => all.items)); // input
  size(_.uniq(ids)); // input
  size(String(ids).split(',')); // input
  for (const group of nested) size(group); // input
  for (const two of [['a'], ['b', 'c']]) size(two); // at most 2
  for (const piece of _.chunk(ids, 5)) size(piece); // at most 5
  for (const piece of _.chunk(ids, limit)) size(piece); // unknown
  for (const batch of nested) size(batch); // unknown
  for (let i = 0; i < ids.length; i += 20) size(ids.slice(i, i + 20)); // at most 20
  for (let i = 0; i < ids.length; i += limit) {
    size(ids.slice(i, Math.min(i + limit, ids.length))); // unknown
  }
  _.chunk(ids, 6).map((piece) => size(piece)); // at most 6
  nested.forEach((group) => size(group)); // input
  const [users, two] = await Promise.all([listAll(), kinds]);
  size(users); // input
  size(two); // 3
}

export function collected(ids: string[]) {
  const all: string[] = [];
  for (const id of ids) all.push(id);
  size(all); // input
  const twice: string[] = [];
  for (const kind of kinds) twice.push(kind, kind);
  size(twice); // 6
  const counted: number[] = [];
  for (let i = 0; i < 5; i++) counted.push(i);
  size(counted); // 5
  const mapped = new Map<string, string>();
  ids.forEach((id) => mapped.set(id, id));
  size(mapped.values()); // input
  const keyed: Record<string, number> = {};
  for (const kind of kinds) keyed[kind] = 1;
  size(Object.keys(keyed)); // 3
  const elsewhere: string[] = [];
  fill(elsewhere);
  size(elsewhere); // unknown
  let shrinking = ids;
  shrinking = shrinking.filter(Boolean);
  size(shrinking); // input
}
interface Query { limit(n: number): Query; execute(): Promise<string[]> }
declare function from(table: string): Query;
declare function fill(values: string[]): void;
declare function paginate(values: string[]): { items: string[] };

export class Registry {
  readonly kinds = ['x', 'y'];
  readonly #plugins: string[] = [];
  constructor(private readonly names: string[]) {}
  list() {
    size(this.kinds); // 2
    size(this.#plugins); // unknown
    size(this.names); // unknown
  }
}
`,
  'other.ts': `
export const LIMIT = 10;
export const regions = ['eu', 'us'];
export enum Region { Eu, Us }
export const config = { hosts: ['a', 'b'] };
export declare function load(query?: { limit: number }): Promise<{ items: string[] }>;
export function three() { return ['a', 'b', 'c']; }
export async function listAll() { return (await load()).items; }
`,
  'node_modules/lodash/index.d.ts': `
declare const _: {
  uniq<T>(xs: readonly T[]): T[];
  take<T>(xs: readonly T[], n: number): T[];
  range(n: number): number[];
  chunk<T>(xs: readonly T[], n: number): T[][];
};
export default _;
`,
};

describe('sizes', () => {
  it('are told of every collection', () => {
    const project = scratch(FILES, TSCONFIG);
    const compiler = new Compiler({ cwd: project.folder });
    try {
      compiler.update({ open: [project.path('tsconfig.json')] });
      const program = compiler.program(project.path('tsconfig.json'));
      assert.ok(program);
      const result = lint(program, [project.path('main.ts')], {
        rules: [measured],
        setting: () => ({ severity: 'error', options: {} }),
        project: DEFAULT_PROJECT_SETTINGS,
      });
      assert.deepEqual(result.crashes, []);
      const lines = FILES['main.ts'].split('\n');
      const source = program.source(project.path('main.ts'));
      const told = new Map(
        result.findings.map(({ range, message }) => [
          source?.root.getLineAndCharacterOfPosition(range.start).line ?? -1,
          message,
        ]),
      );
      const drawn = lines.map((line, index) => {
        const answer = told.get(index);
        if (answer === undefined && !/^\s*size\(/.test(line)) return line;
        return line.replace(/\/\/ .*$/, `// ${answer ?? '(not measured)'}`);
      });
      assert.deepEqual(drawn, lines);
    } finally {
      compiler.dispose();
      project.remove();
    }
  });
});

const measured = defineRule({
  id: 'measured',
  family: 'fan-out',
  severity: 'error',
  preset: 'all',
  summary: '',
  advice: '',
  visit: {
    CallExpression(call, { facts, report }) {
      const [values] = call.arguments;
      if (!values || !isCallExpression(call) || call.expression.getText() !== 'size') return;
      report(call, { message: show(facts.sizeOf(values)) });
    },
  },
});

function show(size: Size): string {
  if (!('n' in size)) return size.kind;
  return size.kind === 'exact' ? `${size.n}` : `at most ${size.n}`;
}
