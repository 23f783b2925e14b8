import assert from 'node:assert/strict';
import { functionsIn, functionsNamed, type Timeline, type Waterfall, waterfallOf } from '#facts';
import { type Asked, askAbout } from '../support/facts.ts';

const MAIN = `import { readFile } from 'node:fs/promises';
declare function save(text: string): Promise<void>;
declare function send(...values: readonly unknown[]): Promise<void>;

export async function seed(id: string) {
  const user = await readFile('user' + id); // 50ms
  const posts = await readFile('posts' + id); // 100 ms
  const profile = await readFile('profile' + id); /* takes 0.075 s */
  return [user, posts, profile];
}
export async function gathered(id: string) {
  return await Promise.all([
    readFile('user' + id), // 50ms
    readFile('posts' + id), // 100ms
    readFile('profile' + id), // 75ms
  ]);
}
export async function halfway(id: string) {
  return await Promise.all([
    await readFile('user' + id), // 50ms
    readFile('other' + id), // 80ms
    await readFile('posts' + id), // 100ms
    readFile('profile' + id), // 75ms
  ]);
}
export async function raced() {
  return await Promise.race([readFile('a'), readFile('b')]);
}
export async function whole(ids: string[]) {
  await Promise.all([readFile('a'), readFile('b')]); // 30ms
  await Promise.all(ids.map(async (id) => await readFile(id))); // 1 min
}
export async function units(id: string) {
  const a = await readFile('a');
  const b = await readFile(a);
  const c = await readFile(id);
  return [b, c];
}
export async function some(id: string) {
  const a = await readFile('a'); // 10ms
  const b = await readFile(a); // 30ms
  const c = await readFile(b);
  return c;
}
export async function branches(id: string) {
  if (id === '') return await readFile('none'); // 5ms
  if (id === '1') {
    await save('one'); // 10ms
  } else await save('other'); // 20ms
  const found = id === '2' ? await readFile('2') : await readFile(await readFile('3')); // 40ms
  switch (id) {
    case '4':
      await save('4'); // 1ms
      break;
    default:
      await save('5'); // 2ms
  }
  return found;
}
export async function failing() {
  try {
    await save('a'); // 10ms
  } catch {
    await save('b'); // 20ms
  } finally {
    await save('c'); // 5ms
  }
}
export async function loops(ids: string[], rows: AsyncIterable<string>) {
  for (const id of ids) await save(id); // 10ms
  for await (const row of rows) await save(row); // 20ms
}
export async function strings() {
  await save('// 100ms');
  await save('a'); await save('b'); // 7ms
}
export async function value(id: string) {
  await send(
    await readFile('user' + id), // 50ms
    await readFile('posts' + id), // 100ms
  ); // 20ms
}
export async function nested() {
  return async () => await readFile('x');
}
export async function nothing() {
  return 1;
}
`;

const SEED = {
  today: [
    "readFile('user' + id) 0+50!",
    "readFile('posts' + id) 50+100!",
    "readFile('profile' + id) 150+75!",
  ],
  overlapped: [
    "readFile('user' + id) 0+50",
    "readFile('posts' + id) 0+100!",
    "readFile('profile' + id) 0+75",
  ],
};

describe('waterfalls', () => {
  let asked: Asked;

  before(() => {
    asked = askAbout({ 'main.ts': MAIN });
  });

  after(() => asked.dispose());

  const find = (name: string): Waterfall | 'none' =>
    asked.ask('main.ts', (facts, { root }) => {
      const [found] = functionsNamed(name, functionsIn(root));
      if (found === undefined) throw new Error(`There is no function ${name}.`);
      return waterfallOf(found.fn, facts) ?? 'none';
    });

  const waterfall = (name: string): Waterfall => {
    const found = find(name);
    if (found === 'none') throw new Error(`${name} waits for nothing.`);
    return found;
  };

  /** `label start+length`, with `~` before an assumed length, and `!` after one on the longest chain. */
  const drawn = ({ bars }: Timeline): readonly string[] =>
    bars.map(({ label, start, length, isAssumed, isOnLongestChain }) => {
      return `${label} ${start}+${isAssumed ? '~' : ''}${length}${isOnLongestChain ? '!' : ''}`;
    });

  it('draw the seed: 225 ms today, 100 ms overlapped', () => {
    const { unit, today, overlapped } = waterfall('seed');
    assert.equal(unit, 'ms');
    assert.equal(today.length, 225);
    assert.deepEqual(drawn(today), SEED.today);
    assert.equal(overlapped.length, 100);
    assert.deepEqual(drawn(overlapped), SEED.overlapped);
  });

  it('draw what a combinator waits for, as far as it is written one by one', () => {
    assert.equal(waterfall('gathered').today.length, 100);
    assert.equal(waterfall('gathered').today.bars.length, 3);
    assert.deepEqual(drawn(waterfall('halfway').today), [
      "readFile('user' + id) 0+50!",
      "readFile('other' + id) 50+80",
      "readFile('posts' + id) 50+100!",
      "readFile('profile' + id) 150+75!",
    ]);
    assert.deepEqual(drawn(waterfall('raced').today), ['Promise.race 0+1!']);
    assert.deepEqual(drawn(waterfall('whole').today), [
      "Promise.all([readFile('a'), readFile('b')]) 0+30!",
      'Promise.all(ids.map(async (id) => await readFile(id))) 30+60000!',
    ]);
  });

  it('count steps where no comment tells how long anything takes', () => {
    const { unit, today, overlapped } = waterfall('units');
    assert.equal(unit, 'steps');
    assert.equal(today.length, 3);
    assert.deepEqual(drawn(overlapped), [
      "readFile('a') 0+1!",
      'readFile(a) 1+1!',
      'readFile(id) 0+1',
    ]);
  });

  it('overlap the parts of a value, and what they are arguments of comes after', () => {
    const { today, overlapped } = waterfall('value');
    assert.equal(today.length, 170);
    assert.deepEqual(drawn(overlapped), [
      'send 100+20!',
      "readFile('user' + id) 0+50",
      "readFile('posts' + id) 0+100!",
    ]);
  });

  it('assume the average where comments tell of others only', () => {
    const { today } = waterfall('some');
    assert.deepEqual(drawn(today), [
      "readFile('a') 0+10!",
      'readFile(a) 10+30!',
      'readFile(b) 40+~20!',
    ]);
  });

  it('draw branches beside each other, and nothing behind one that leaves', () => {
    const { today } = waterfall('branches');
    assert.deepEqual(drawn(today), [
      "readFile('none') 0+5",
      "save('one') 0+10",
      "save('other') 0+20!",
      "readFile('2') 20+~13",
      "readFile(await readFile('3')) 33+40!",
      "readFile('3') 20+~13!",
      "save('4') 73+1",
      "save('5') 73+2!",
    ]);
  });

  it('take nothing to fail, and a loop for one turn', () => {
    assert.deepEqual(drawn(waterfall('failing').today), ["save('a') 0+10!", "save('c') 10+5!"]);
    assert.deepEqual(drawn(waterfall('loops').today), [
      'save(id) 0+10!',
      'for await rows 10+~15!',
      'save(row) 25+20!',
    ]);
  });

  it('read durations in comments alone, of the await that stands last', () => {
    const { today } = waterfall('strings');
    assert.deepEqual(drawn(today), [
      "save('// 100ms') 0+~7!",
      "save('a') 7+~7!",
      "save('b') 14+7!",
    ]);
  });

  it('leave functions within, and functions that wait for nothing', () => {
    assert.equal(find('nested'), 'none');
    assert.equal(find('nothing'), 'none');
  });
});

describe('functions of a file', () => {
  const NAMES = `export default function () {}
const arrow = () => {};
export const wrapped = cache(async () => {});
const one = function inner() {};
class Users { constructor() {} load() {} static all = () => {}; get size() { return 1; } #hidden() {} }
const api = { load() {}, save: () => {}, nested: { deep() {} } };
declare function cache<T>(value: T): T;
declare function ambient(): void;
exports.given = () => {};
[1].map(() => 2);
`;

  it('have the names that people call them', () => {
    const asked = askAbout({ 'names.ts': NAMES });
    const names = asked.ask('names.ts', (_, { root }) => functionsIn(root).map(({ name }) => name));
    asked.dispose();
    assert.deepEqual(names, [
      'default',
      'arrow',
      'wrapped',
      'one',
      'Users.constructor',
      'Users.load',
      'Users.all',
      'Users.size',
      'Users.#hidden',
      'api.load',
      'api.save',
      'deep',
      'exports.given',
    ]);
  });
});
