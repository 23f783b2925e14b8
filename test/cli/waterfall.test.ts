import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const BACKEND = fileURLToPath(new URL('../../fixtures/workspaces/backend', import.meta.url));

const MAIN = `import { readFile } from 'node:fs/promises';
export const plain = () => 1;
export const load = async (id: string) => readFile(await readFile(id, 'utf8'));
class Users {
  async load() { return readFile('users'); }
  async all() { await this.load(); }
}
class Orders { async all() { await readFile('orders'); } }
`;

describe('waterfall', () => {
  let project: Scratch;

  before(() => {
    const files = { 'main.ts': MAIN, 'empty.ts': 'export {};\n' };
    project = scratch(files, TSCONFIG);
  });

  after(() => project.remove());

  const waterfall = (...argv: readonly string[]) => invoke(['waterfall', ...argv], project.folder);

  it('three calls of 50, 100 and 75 ms take 225 ms today and 100 ms overlapped', async () => {
    const { exit, out, err } = await invoke(['waterfall', 'src/users.ts:getUserData'], BACKEND);
    assert.equal(err, '');
    assert.equal(exit, 0);
    assert.equal(
      out,
      `getUserData  src/users.ts:40

today  225 ms
  findUser      ████████████                                               50 ms
  fetchPosts                █████████████████████████                     100 ms
  fetchProfile                                       ███████████████████   75 ms

overlapped  100 ms
  findUser      ▒▒▒▒▒▒▒▒▒▒▒▒                                               50 ms
  fetchPosts    █████████████████████████                                 100 ms
  fetchProfile  ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒                                        75 ms

It takes 225 ms today and 100 ms when all overlaps that is proved to be independent.
Longest chain: fetchPosts.  (█ on it, ▒ beside it)
`,
    );
  });

  it('--svg and --html draw the same', async () => {
    const subject = join(BACKEND, 'src/users.ts:getUserData');
    const svg = (await waterfall(subject, '--svg')).out;
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    assert.match(svg, />today, 225 ms</);
    assert.match(svg, />overlapped, 100 ms</);
    const html = (await waterfall(subject, '--html')).out;
    assert.match(html, /^<!doctype html>\n/);
    assert.match(html, /<code>fetchProfile<\/code><\/th>.*>75 ms<.*>150 ms<.*>0 ms</);
    assert.equal((await waterfall(subject, '--text')).out, (await waterfall(subject)).out);
  });

  it('finds functions by name, by class and by line', async () => {
    assert.match((await waterfall('main.ts:load')).out, /^load {2}main\.ts:3\n/);
    assert.match((await waterfall('main.ts:Users.all')).out, /^Users\.all {2}main\.ts:6\n/);
    assert.match((await waterfall('main.ts:8')).out, /^Orders\.all {2}main\.ts:8\n/);
  });

  it('--project, --config, --color and --no-color', async () => {
    project.write('part/tsconfig.json', JSON.stringify({ files: ['../main.ts'] }));
    const config = project.write('own.jsonc', '{}');
    const more = ['--project', 'part/tsconfig.json', '--config', config];
    assert.equal((await waterfall('main.ts:load', ...more)).exit, 0);
    assert.ok((await waterfall('main.ts:load', '--color')).out.includes('\u001b['));
    assert.ok(!(await waterfall('main.ts:load', '--no-color')).out.includes('\u001b['));
  });

  it('2: what it cannot draw, with the way out', async () => {
    for (const [argv, problem] of [
      [['gone.ts:load'], /^There is no file `gone\.ts`\.\n$/],
      [['main.ts'], /^Name a function as well: `main\.ts:nameOfTheFunction`\.\n$/],
      [['main.ts:lode'], /^There is no function `lode`\. Did you mean `load`\?\n$/],
      [['main.ts:nothingLikeIt'], /Known are `plain`, `load`, `Users\.load`, .* \(main\.ts\)\.\n$/],
      [
        ['main.ts:all'],
        /^`all` is a name of several; say the line: `main\.ts:6`, `main\.ts:8`\.\n$/,
      ],
      [['main.ts:plain'], /^`plain` in `main\.ts` waits for nothing: it has no `await`\.\n$/],
      [['main.ts:1'], /^No function with a name goes over line 1 of `main\.ts`\.\n$/],
      [['empty.ts:load'], /^There is no function with a name in `empty\.ts`\.\n$/],
      [['main.ts:load', '--svg', '--html'], /'--(svg|html)' cannot be used with option/],
      [['main.ts:load', '--png'], /unknown option '--png'/],
      [['main.ts:load', '--config', 'none.jsonc'], /^There is no config `none\.jsonc`\.\n$/],
      [[], /missing required argument/],
    ] as const) {
      const { exit, out, err } = await waterfall(...argv);
      assert.match(err, problem);
      assert.equal(exit, 2, argv.join(' '));
      assert.equal(out, '');
    }
  });

  it('--help tells how durations are told', async () => {
    const { out } = await waterfall('--help');
    assert.match(out, /Comments beside awaits tell how long they take: \/\/ 100ms/);
  });
});
