import assert from 'node:assert/strict';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const MAIN = `import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { limited } from './limited.js';
declare function authorize(): Promise<void>;
declare function mystery(): Promise<string>;
declare const database: { transaction(work: () => Promise<void>): Promise<void> };

export async function page(id: string) {
  const a = await readFile('a', 'utf8');
  const b = await readFile(id, 'utf8');
  const c = await readFile(a, 'utf8');
  return [a, b, c];
}

export async function guarded() {
  await authorize();
  const a = await readFile('a', 'utf8');
  if (a === '') return '';
  const b = await mystery();
  await writeFile('b', b);
  return (await readFile('c', 'utf8')) + a;
}

export async function held() {
  await database.transaction(async () => {
    const a = await readFile('a', 'utf8');
    const b = await readFile('b', 'utf8');
    console.log(a, b);
  });
}

export async function loops(names: string[]) {
  const found: string[] = [];
  for (const name of names) {
    found.push(await readFile(name, 'utf8'));
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    await sleep(100);
  }
  for (const name of names) {
    const text = await readFile(name, 'utf8');
    await writeFile(name, text);
  }
  return found;
}

export async function all(names: string[]) {
  await Promise.all(names.map((name) => readFile(name)));
  await Promise.all(names.map((name) => limited(() => readFile(name))));
  await Promise.all(['a', 'b'].map((name) => mystery()));
  return Promise.all([readFile('a'), mystery()]);
}
`;

const LIMITED = `export async function limited<T>(work: () => Promise<T>): Promise<T> {
  return work();
}
`;

describe('explain', () => {
  let project: Scratch;

  before(() => {
    project = scratch(
      { 'main.ts': MAIN, 'limited.ts': LIMITED, 'plain.ts': 'export {};\n' },
      TSCONFIG,
    );
  });

  after(() => project.remove());

  const explain = (...argv: readonly string[]) =>
    invoke(['explain', ...argv], project.folder, { parts: { rules } });

  /** What is said of the line on which `code` stands first. */
  const said = async (code: string): Promise<string> => {
    const line = MAIN.slice(0, MAIN.indexOf(code)).split('\n').length;
    const { exit, out, err } = await explain(`main.ts:${line}`);
    assert.equal(err, '');
    assert.equal(exit, 0);
    return out;
  };

  it('tells the series, its waves and what is reported', async () => {
    const out = await said("const b = await readFile(id, 'utf8')");
    assert.match(out, /^main\.ts:10:13 {2}await readFile\(id, 'utf8'\)\n/);
    assert.match(out, /- It reads the file system\.\n/);
    assert.match(out, /- It belongs to 2 awaits in series: longest chain 1\.\n/);
    assert.match(
      out,
      /- Overlapped, step 1 of 1 starts `readFile\('a', 'utf8'\)`, `readFile\(id, 'utf8'\)`\.\n/,
    );
    assert.match(out, /- It may overlap with `readFile\('a', 'utf8'\)`\. {2}main\.ts:9:3\n/);
    assert.match(out, /\nwarning independent-awaits: 2 awaits in series could overlap/);
  });

  it('tells which value ties an await to the one above', async () => {
    const out = await said("const c = await readFile(a, 'utf8')");
    assert.match(
      out,
      /- It stays behind `readFile\('a', 'utf8'\)`: the value of `a` flows into it\. {2}main\.ts:9:3\n/,
    );
  });

  it('tells of guards, branches, and what nobody knows, though nothing is reported', async () => {
    const read = await said("const a = await readFile('a', 'utf8');\n  if");
    assert.match(read, /It stays behind `await authorize\(\);`: a guard, by its name, /);
    assert.match(read, /Nothing from `if .*` on starts earlier: an `if` decides what runs\./);
    assert.match(read, /\nNothing is reported on this line\.\n$/);
    const unknown = await said('const b = await mystery()');
    assert.match(unknown, /- Nobody knows what `mystery` does\.\n/);
    assert.match(unknown, /So it stays where it is\./);
    const part = await said("return (await readFile('c'");
    assert.match(part, /It stays where it is: the `await` is a part of a larger statement\./);
    const write = await said("await writeFile('b', b)");
    assert.match(write, /It writes the file system\.\n/);
  });

  it('tells that a transaction keeps its order', async () => {
    const out = await said("const a = await readFile('a', 'utf8');\n    const b");
    assert.match(out, /It is kept in sequence: it stands in a transaction, or a lock is held/);
  });

  it('tells the proof of a loop, its nature, or what keeps its order', async () => {
    const proved = await said('found.push(await');
    assert.match(proved, /No turn of the loop needs another, so they may overlap: each reads the/);
    assert.match(proved, /The loop takes as many turns as the input says\./);
    assert.match(proved, /\nwarning await-in-loop: /);
    const retry = await said('for (let attempt');
    assert.match(retry, /^main\.ts:\d+:3 {2}for \(let attempt = 0; attempt < 3; attempt\+\+\)\n/);
    assert.match(retry, /one turn at a time on purpose \(retry\): the same is tried again/);
    assert.match(await said('await sleep(100)'), /- It waits for some time\.\n/);
    const written = await said('await writeFile(name, text)');
    assert.match(
      written,
      /The loop's turns keep their order: by its name, what it waits for writes\./,
    );
  });

  it('tells the size of a combinator, whether it reaches outside, and what holds it back', async () => {
    const many = await said('await Promise.all(names.map((name) => readFile');
    assert.match(
      many,
      /It starts as many operations as the input says at once, one for each of `names`\./,
    );
    assert.match(many, /They reach outside of the program through `readFile`\./);
    assert.match(many, /Nothing holds them back\./);
    const held = await said('await Promise.all(names.map((name) => limited');
    assert.match(held, /`limited` holds them back\./);
    const few = await said("await Promise.all(['a', 'b']");
    assert.match(few, /It starts 2 operations at once, .*, and up to 16 are few\./);
    assert.match(few, /Nobody can tell whether they reach outside of the program\./);
    const written = await said('return Promise.all([');
    assert.match(written, /It waits for 2 written one by one\./);
    assert.match(written, /`readFile` reads the file system\./);
    assert.match(written, /`mystery` may do anything: nobody knows what `mystery` does\./);
  });

  it('takes a place as it is printed, column and all', async () => {
    const { out } = await explain('main.ts:10:13');
    assert.match(out, /^main\.ts:10:13 {2}await/);
  });

  it('prints the page of a rule: why, options and fixes', async () => {
    const { exit, out } = await explain('independent-awaits');
    assert.equal(exit, 0);
    assert.match(out, /^# independent-awaits\n/);
    assert.match(out, /\n## Why\n\nEach `await` holds everything below it back/);
    assert.match(out, /\n- `likely`: /);
    assert.match(
      out,
      /\n## Fixes, as in the examples\n\n- Start them together with `Promise\.all`\n/,
    );
    assert.match(out, /\nExamples: .*independent-awaits\.md\n$/);
    assert.doesNotMatch(out, /~~~/);
  });

  it('fits the page of a rule into the terminal', async () => {
    const { out } = await invoke(['explain', 'floating-promise'], project.folder, { columns: 60 });
    const long = out
      .split('\n')
      .filter((line) => line.length > 60 && !/^ {4}|^Examples/.test(line));
    assert.deepEqual(long, []);
    assert.ok((await explain('floating-promise', '--color')).out.startsWith('\u001b[1m'));
  });

  it('tells what is reported of comments, though no page is about it', async () => {
    const { exit, out } = await explain('unused-allow');
    assert.equal(exit, 0);
    assert.match(out, /^# unused-allow\n\nAn allow comment hides nothing\. Remove it/);
  });

  it('--project, --config, --color and --no-color', async () => {
    project.write('part/tsconfig.json', JSON.stringify({ files: ['../main.ts'] }));
    const config = project.write('few.jsonc', '{ "settings": { "fanOut": 1 } }');
    const line = `main.ts:${MAIN.split('\n').findIndex((one) => one.includes("['a', 'b']")) + 1}`;
    assert.equal((await explain(line, '--project', 'part/tsconfig.json')).exit, 0);
    assert.doesNotMatch((await explain(line, '--config', config)).out, /are few/);
    assert.ok((await explain(line, '--color')).out.includes('\u001b['));
    assert.ok(!(await explain(line, '--no-color')).out.includes('\u001b['));
  });

  it('2: what it cannot explain, with the way out', async () => {
    for (const [argv, problem] of [
      [['gone.ts:3'], /^There is no file `gone\.ts`\.\n$/],
      [['.:3'], /is a folder; name a file in it\./],
      [['tsconfig.json:3'], /is neither TypeScript nor JavaScript\./],
      [['main.ts:8'], /On line 8 of `main\.ts` nothing waits: .* on line 9: try `main\.ts:9`\.\n$/],
      [['plain.ts:1'], /nothing waits: .* Nor does anything else in that file\.\n$/],
      [['main.ts:999'], /`main\.ts` ends at line \d+: there is no line 999\.\n$/],
      [['main.ts:0'], /there is no line 0\.\n$/],
      [['main.ts:x'], /^Name a line of the file as well: `main\.ts:1`\.\n$/],
      [['main.ts'], /^Name a line of the file as well: `main\.ts:1`\.\n$/],
      [['independent-await'], /^There is no rule .* Did you mean `independent-awaits`\? A place /],
      [['main.ts:10', '--config', 'none.jsonc'], /^There is no config `none\.jsonc`\.\n$/],
      [['main.ts:10', '--project', 'none.json'], /^There is no tsconfig `none\.json`\.\n$/],
      [['main.ts:10', '--fix'], /unknown option '--fix'/],
      [['main.ts:10', 'main.ts:11'], /too many arguments/],
      [[], /missing required argument/],
    ] as const) {
      const { exit, out, err } = await explain(...argv);
      assert.match(err, problem);
      assert.equal(exit, 2, argv.join(' '));
      assert.equal(out, '');
    }
  });

  it('a finding where nothing waits is told, and where there is more', async () => {
    project.write(
      'adrift.ts',
      'declare function go(): Promise<void>;\nexport const f = () => {\n  go();\n};\n',
    );
    const { exit, out } = await explain('adrift.ts:3');
    assert.equal(exit, 0);
    assert.match(
      out,
      /^error floating-promise: .*\n`asynclint explain floating-promise` tells why it matters\.\n$/,
    );
  });

  it('--help tells what can be explained', async () => {
    const { exit, out } = await explain('--help');
    assert.equal(exit, 0);
    assert.match(out, /^Usage: asynclint explain \[options\] <file:line\|rule>\n/);
  });
});
