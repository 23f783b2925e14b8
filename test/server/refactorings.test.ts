import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { ASKING, Editor, PLAIN, rangeOf } from './editor.ts';

const REWRITE = ['refactor.rewrite'];

const LOADS = `async function load(path: string): Promise<string> {
  return (await fetch(path)).text();
}
declare function authorize(): Promise<void>;
declare function save(name: string): Promise<void>;
`;

describe('refactorings over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  /** Titles of what is offered at the only place where `part` stands. */
  const offered = async (text: string, part: string): Promise<readonly string[]> => {
    await opened(text);
    const actions = await editor.actions('main.ts', rangeOf(text, part), REWRITE);
    assert.ok(actions.every(({ kind }) => kind === 'refactor.rewrite'));
    return actions.map(({ title }) => title);
  };

  const opened = async (text: string, capabilities = ASKING): Promise<void> => {
    editor = await Editor.start(capabilities, { 'main.ts': text });
    await editor.open('main.ts', text);
  };

  /** The text after the one thing that is offered at a place. */
  const rewritten = async (text: string, part: string, title: RegExp): Promise<string> => {
    const actions = await editor.actions('main.ts', rangeOf(text, part), REWRITE);
    const action = actions.find((one) => title.test(one.title));
    return (await editor.done('main.ts', action)).replace(LOADS, '');
  };

  for (const [who, capabilities] of [
    ['asks for edits late', ASKING],
    ['wants edits at once', PLAIN],
  ] as const) {
    it(`gather awaits, for an editor that ${who}`, async () => {
      const text = `${LOADS}export async function both() {
  const a = await load('a'); // 50ms
  const b = await load('b');
  return a + b;
}
`;
      await opened(text, capabilities);
      const [action] = await editor.actions('main.ts', rangeOf(text, "load('b')"), REWRITE);
      assert.equal(action?.edit === undefined, capabilities === ASKING);
      assert.equal(
        await rewritten(text, "load('b')", /^Gather with `Promise.all`$/),
        `export async function both() {
  const [a, b] = await Promise.all([
    load('a'), // 50ms
    load('b'),
  ]);
  return a + b;
}
`,
      );
    });
  }

  it('gather what is selected, and leave the rest', async () => {
    const text = `${LOADS}export async function three() {
  const a = await load('a');
  const b = await load('b');
  const c = await load('c');
  return a + b + c;
}
`;
    await opened(text);
    const selected = "  const a = await load('a');\n  const b = await load('b');\n";
    assert.equal(
      await rewritten(text, selected, /^Gather/),
      `export async function three() {
  const [a, b] = await Promise.all([load('a'), load('b')]);
  const c = await load('c');
  return a + b + c;
}
`,
    );
  });

  it('gather nothing that is not proved to be independent', async () => {
    const text = `${LOADS}export async function guarded() {
  await authorize();
  const a = await load('a');
  await save(a);
}
`;
    assert.deepEqual(await offered(text, "load('a')"), []);
    assert.deepEqual(await editor.actions('main.ts', rangeOf(text, 'save(a)'), REWRITE), []);
    const whole = text.slice(text.indexOf('  await authorize'), text.lastIndexOf('\n}'));
    assert.deepEqual(await editor.actions('main.ts', rangeOf(text, whole), REWRITE), []);
  });

  it('gather nothing of a selection in which something has to stay where it is', async () => {
    const text = `${LOADS}export async function guarded() {
  await authorize();
  const a = await load('a');
  const b = await load('b');
  return a + b;
}
`;
    await opened(text);
    const start = text.indexOf('  await authorize');
    const end = text.indexOf('  return a + b');
    const all = rangeOf(text, text.slice(start, end));
    assert.deepEqual(await editor.actions('main.ts', all, REWRITE), []);
    const some = rangeOf(text, text.slice(text.indexOf("  const a = await load('a')"), end));
    assert.equal((await editor.actions('main.ts', some, REWRITE)).length, 1);
  });

  it('gather nothing where the cursor is elsewhere', async () => {
    const text = `${LOADS}export async function both() {
  const a = await load('a');
  const b = await load('b');
  return a + b;
}
`;
    assert.deepEqual(await offered(text, 'return a + b'), []);
  });

  it('run in sequence: names, holes, types and comments are kept', async () => {
    const text = `${LOADS}export async function both() {
  const [a, , { length }]: [string, string, string] = await Promise.all([
    load('a'), // 50ms
    // Only to warm it up.
    load('b'),
    load(
      'c',
    ),
  ]);
  return a + length;
}
`;
    assert.deepEqual(await offered(text, 'Promise.all'), ['Run in sequence']);
    assert.equal(
      await rewritten(text, 'Promise.all', /sequence/),
      `export async function both() {
  const a: string = await load('a'); // 50ms
  // Only to warm it up.
  await load('b');
  const { length }: string = await load(
    'c',
  );
  return a + length;
}
`,
    );
  });

  it('run in sequence: a list that is thrown away, assigned or returned', async () => {
    const text = `${LOADS}export async function all(): Promise<string[]> {
  let a = '', b = '';
  await Promise.all([load('0'), save('1')]);
  [a, b] = await Promise.all([load('2'), load('3')]);
  return Promise.all([load(a), load(b)]);
}
`;
    await opened(text);
    const one = await rewritten(text, "load('0')", /sequence/);
    assert.match(one, /\n {2}await load\('0'\);\n {2}await save\('1'\);\n/);
    const two = await rewritten(text, "load('2')", /sequence/);
    assert.match(two, /\n {2}\[a, b\] = \[await load\('2'\), await load\('3'\)\];\n/);
    const three = await rewritten(text, 'load(a)', /sequence/);
    assert.match(three, /\n {2}return \[await load\(a\), await load\(b\)\];\n/);
  });

  it('run nothing in sequence that runs already, or whose results have no place', async () => {
    const text = `${LOADS}export async function kept(paths: string[]) {
  const started = load('a');
  const [a, b] = await Promise.all([started, load('b')]);
  const both = await Promise.all([load('1'), load('2')]);
  const [first, ...rest] = await Promise.all([load('3'), load('4')]);
  const [one, two] = await Promise.all([load('5'), /* lost */ load('6')] /* too */);
  const [any, all] = await Promise.all<any>([load('9'), load('10')]);
  return [a, b, both, first, rest, one, two, any, all];
}
export async function inferred() {
  return await Promise.all([load('7'), load('8')]);
}
`;
    await opened(text);
    for (const part of ["'b'", "'1'", "'3'", "'5'", "'7'", "'9'"]) {
      const actions = await editor.actions('main.ts', rangeOf(text, part), REWRITE);
      const titles = actions.map(({ title }) => title);
      assert.ok(!titles.includes('Run in sequence'), part);
    }
  });

  it('limit concurrency as the rule does, also where nothing is reported', async () => {
    const text = `${LOADS}export async function each(names: string[]): Promise<void> {
  await Promise.all(names.map((name) => save(name)));
}
`;
    await opened(text);
    assert.deepEqual(await editor.pull('main.ts'), []);
    assert.equal(
      await rewritten(text, 'Promise.all', /^Limit concurrency with batches of 16$/),
      `export async function each(names: string[]): Promise<void> {
  for (let i = 0; i < names.length; i += 16) {
    await Promise.all(names.slice(i, i + 16).map((name) => save(name)));
  }
}
`,
    );
  });

  it('limit concurrency with what the project has', async () => {
    const text = `import pMap from 'p-map';
export const squares = (all: number[]) => pMap(all, async (one) => one * one, { concurrency: 4 });
${LOADS}export async function each(names: string[]): Promise<void> {
  await Promise.all(names.map((name) => save(name)));
}
`;
    const titles = await offered(text, 'Promise.all');
    assert.deepEqual(titles, ['Limit concurrency to 16 with `pMap`']);
  });

  it('limit nothing that is held back, or that is little', async () => {
    const text = `${LOADS}declare function limit(work: () => Promise<void>): Promise<void>;
export async function few(names: string[]): Promise<void> {
  await Promise.all(names.map((name) => limit(() => save(name))));
  await Promise.all(['a', 'b'].map((name) => save(name)));
}
`;
    assert.deepEqual(await offered(text, 'names.map'), []);
    assert.deepEqual(await editor.actions('main.ts', rangeOf(text, "['a', 'b']"), REWRITE), []);
  });

  it('are offered with fixes, and left out when others are asked for', async () => {
    const text = `${LOADS}export async function both() {
  const a = await load('a');
  const b = await load('b');
  return a + b;
}
`;
    await opened(text);
    const range = rangeOf(text, "load('a')");
    const kindsOf = async (only?: readonly string[]) => {
      const kinds = (await editor.actions('main.ts', range, only)).map(({ kind }) => kind);
      return [...new Set(kinds)];
    };
    assert.deepEqual(await kindsOf(), ['quickfix', 'refactor.rewrite']);
    assert.deepEqual(await kindsOf(['refactor']), ['refactor.rewrite']);
    assert.deepEqual(await kindsOf(['quickfix']), ['quickfix']);
    assert.deepEqual(await kindsOf(['refactor.extract']), []);
  });

  it('are cancelled, and refused for text that changed meanwhile', async () => {
    const text = `${LOADS}export async function both() {
  const a = await load('a');
  const b = await load('b');
  return a + b;
}
`;
    await opened(text);
    const range = rangeOf(text, "load('a')");
    const source = new CancellationTokenSource();
    const cancelled = editor.actions('main.ts', range, REWRITE, source.token);
    source.cancel();
    await assert.rejects(cancelled, { code: LSPErrorCodes.RequestCancelled });
    const [action] = await editor.actions('main.ts', range, REWRITE);
    await editor.type('main.ts', `\n${text}`);
    await assert.rejects(editor.done('main.ts', action), { code: LSPErrorCodes.ContentModified });
  });
});
