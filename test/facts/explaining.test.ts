import assert from 'node:assert/strict';
import { explanationsIn } from '#facts';
import { type Asked, askAbout } from '../support/facts.ts';

const HEAD = `import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
declare function mystery(): Promise<string>;
declare function it(title: string, test: () => Promise<void>): void;
declare const db: { transaction(work: () => Promise<void>): Promise<void> };
const read = async (path: string): Promise<string> => (await readFile(path, 'utf8')).trim();
let shared = '';
export const setShared = () => { shared = 'x'; };
`;

/** What is said, among other things, of the line that ends in `// ?`. */
const CASES: Readonly<Record<string, readonly [code: string, ...said: string[]]>> = {
  'a value that flows': [
    `const a = await read('a');
     const b = await read(a); // ?
     return [a, b];`,
    "It stays behind `read('a')`: the value of `a` flows into it.",
  ],
  'a value that flows through another': [
    `const a = await read('a');
     const b = a + '.bak';
     const c = await read(b); // ?
     return [a, b, c];`,
    "It stays behind `read('a')`: `const b = a + '.bak';` stands between.",
  ],
  'a write behind a read': [
    `const a = await read('a');
     const b = await writeFile('b', ''); // ?
     return [a, b];`,
    'It writes the file system.',
    "It stays behind `read('a')`: one writes the file system, the other reads it.",
  ],
  'a write behind a write': [
    `const a = await writeFile('a', ''); // ?
     const b = await writeFile('b', '');
     return [a, b];`,
    "`writeFile('b', '')` stays behind it: both write the file system.",
  ],
  'a write behind what it does not meet': [
    `const a = await fetch('a');
     const b = await writeFile('b', ''); // ?
     return [a, b];`,
    "It stays behind `fetch('a')`: what changes something waits until all above has succeeded.",
  ],
  'a value that is thrown away': [
    `await read('a'); // ?
     const b = await read('b');
     return b;`,
    'It stays where it is: the value is thrown away, so the call is there for something that nobody sees here.',
  ],
  'parts of one value': [
    `return { a: await read('a'), b: await fetch('b') }; // ?`,
    'It belongs to 2 awaits in series: longest chain 1.',
    "It may overlap with `fetch('b')`.",
  ],
  'a part of a value that writes': [
    `return { a: await read('a'), b: await writeFile('b', '') }; // ?`,
    "It stays behind `read('a')`: one writes the file system, the other reads it.",
  ],
  'a value with something else in it': [
    `return [await read('a'), Date.now(), await read('b')]; // ?`,
    'It is kept in sequence: something else is done in the value, and the time may matter.',
  ],
  'one of two in a choice': [
    `return [shared === '' ? await read('a') : '', await read('b')]; // ?`,
    'It stays where it is: the `await` is a part of a larger statement.',
  ],
  'a variable that others change': [
    `const a = await read('a');
     const b = await read(shared); // ?
     return [a, b];`,
    "It stays behind `read('a')`: a variable is read that other functions change.",
  ],
  'the moment of a call': [
    `const a = await read('a');
     const b = await read(String(Date.now())); // ?
     return [a, b];`,
    "It stays behind `read('a')`: what is given depends on when the call starts.",
  ],
  'a write within `try`': [
    `try {
       const a = await read('a');
       const b = await writeFile('b', a.trim()); // ?
       return b;
     } catch { return ''; }`,
    'It stays where it is: a `catch` sees what was changed before a failure.',
  ],
  'clean-up afterwards': [
    `try {
       const a = await read('a');
       const b = await read('b'); // ?
       return a + b;
     } finally { console.log('done'); }`,
    'It is kept in sequence: a `finally` cleans up after it.',
  ],
  'a variable that is seen half way': [
    `let a = '';
     const look = () => a;
     a = await read('a'); // ?
     const b = await read('b');
     return [look(), b];`,
    'It stays where it is: a variable is set that others may see half way.',
  ],
  'what was started before': [
    `const started = read('a');
     const b = await read('b');
     const a = await started; // ?
     return [a, b];`,
    'It stays where it is: what is waited for was started before.',
  ],
  'a failure that is heard': [
    `const a = await read('a').catch(() => ''); // ?
     const b = await read('b');
     return [a, b];`,
    'It stays where it is: its failure is heard right here.',
  ],
  'an argument that is waited for': [
    `const a = await read(await read('a')); // ?
     const b = await read('b');
     return [a, b];`,
    'It stays where it is: an argument is waited for first.',
  ],
  'something that is done between': [
    `const a = await read('a'); // ?
     setShared();
     const b = await read('b');
     return [a, b];`,
    'Nothing from `setShared();` on starts earlier: something is done here, and the time may matter.',
  ],
  'a test': [
    `it('reads', async () => {
       const a = await read('a');
       const b = await read('b'); // ?
       console.log(a, b);
     });`,
    'It stands in a test, whose order is kept.',
  ],
  'no gain': [
    `const a = await (async () => 1)();
     const b = await (async () => 2)(); // ?
     return [a, b];`,
    'It may overlap with `(async () => 1)()`.',
    'Nothing is gained by that: too few of them wait for something outside.',
  ],
  'time that passes': [
    `await sleep(10); // ?
     const b = await read('b');
     return b;`,
    'It waits for some time.',
    'So it stays where it is.',
  ],
  'an await alone': [`return await read('a'); // ?`, 'No other `await` stands in its block.'],
  'no block': [
    `const f = async () => await read('a'); // ?
     return f;`,
    'No statement stands beside it.',
  ],
  'a loop of turns in one transaction': [
    `await db.transaction(async () => {
       for (const path of paths) console.log(await read(path)); // ?
     });`,
    'The loop goes one turn at a time on purpose (session): all turns use one transaction, session, connection or page.',
  ],
  'a loop that writes what others see': [
    `for (const path of paths) setTo(await read(path)); // ?
     function setTo(text: string) { shared = text; }`,
    "The loop's turns keep their order: a turn writes the variable `shared`.",
  ],
  'a list that is not in sight': [
    `return Promise.all(made()); // ?
     declare function made(): Promise<string>[];`,
    'What fills `made()` is not written in sight.',
  ],
  'a combinator inside of lines': [
    `return Promise.all([
       'a', // ?
       read('a'),
     ]);`,
    'It waits for 2 written one by one.',
    '`read` reads the file system.',
  ],
};

const files = Object.fromEntries(
  Object.values(CASES).map(([code], index) => [
    `case${index}.ts`,
    `${HEAD}export async function main(paths: string[]): Promise<unknown> {\n${code}\n}\n`,
  ]),
);

describe('explanations', () => {
  let asked: Asked;

  before(() => {
    asked = askAbout(files);
  });

  after(() => asked.dispose());

  for (const [index, [title, [, ...said]]] of Object.entries(CASES).entries()) {
    it(`tell of ${title}`, () => {
      const points = asked.ask(`case${index}.ts`, (facts, { root, text }) => {
        const mark = text.indexOf('// ?');
        const line = { start: text.lastIndexOf('\n', mark) + 1, end: mark };
        return explanationsIn(root, line, facts).flatMap((one) => one.points);
      });
      const texts = points.map((one) => one.text);
      for (const one of said) assert.ok(texts.includes(one), [one, '', ...texts].join('\n'));
    });
  }
});
