import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke, type Outcome } from './console.ts';

const CLEAN = 'export {};\n';
const LOUD = "import { shout } from './words';\nshout();\n";

describe('--stdin', () => {
  let project: Scratch;

  before(() => {
    project = scratch(
      {
        'a.ts': CLEAN,
        'words.ts': 'export declare function shout(): void;\n',
        'load.ts': 'export async function load(): Promise<number> {\n  return 1;\n}\n',
        'quiet/a.ts': CLEAN,
        'asynclint.jsonc': '{ "ignore": ["quiet"] }',
      },
      TSCONFIG,
    );
  });

  after(() => project.remove());

  const lint = (input: string, ...argv: readonly string[]): Promise<Outcome> =>
    invoke(['--stdin', '--stdin-filename', 'a.ts', ...argv], project.folder, { input });

  it('lints the text in the file’s place, and leaves the file alone', async () => {
    const { exit, out } = await lint(LOUD);
    assert.equal(exit, 1);
    assert.match(out, /^a\.ts:2:1 error shouting\n/);
    assert.equal((await lint(CLEAN)).exit, 0);
    assert.equal(readFileSync(project.path('a.ts'), 'utf8'), CLEAN);
  });

  it('sees the types of the project', async () => {
    const input = "import { load } from './load';\nload();\n";
    const argv = ['--stdin', '--stdin-filename', 'a.ts', '--format', 'json'];
    const { out } = await invoke(argv, project.folder, { input, parts: { rules } });
    assert.equal(JSON.parse(out).findings[0].rule, 'floating-promise');
  });

  it('--fix prints the fixed text, and the report on stderr', async () => {
    const loud = `${LOUD}declare function mutter(): void;\nmutter();\n`;
    const { exit, out, err } = await lint(loud, '--fix');
    assert.equal(out, loud.replace('shout();\nd', 'say();\nd'));
    assert.match(err, /a\.ts:4:1 warning muttering/);
    assert.doesNotMatch(err, /shouting/);
    assert.equal(exit, 1);
    const suggested = await lint(loud, '--fix-suggested');
    assert.equal(suggested.exit, 0);
    assert.match(suggested.out, /\nsay\(\);\n$/);
    assert.equal(readFileSync(project.path('a.ts'), 'utf8'), CLEAN);
  });

  it('--fix prints what has nothing to fix as it came, to the byte', async () => {
    for (const text of [CLEAN, '', '\ufeff// Only a comment.\r\n', 'export {};']) {
      assert.equal((await lint(text, '--fix')).out, text);
    }
    const marked = `\ufeff${LOUD.replaceAll('\n', '\r\n')}`;
    assert.equal((await lint(marked, '--fix')).out, marked.replace('\nshout', '\nsay'));
  });

  it('--diff prints a patch of the text', async () => {
    const { exit, out, err } = await lint(LOUD, '--diff');
    assert.equal(exit, 1);
    assert.match(out, /^--- a\/a\.ts\n\+\+\+ b\/a\.ts\n[\s\S]*\n-shout\(\);\n\+say\(\);\n$/);
    assert.equal(err, '');
  });

  it('what the config ignores is ignored', async () => {
    const argv = ['--stdin', '--stdin-filename', 'quiet/a.ts'];
    const { exit, out } = await invoke(argv, project.folder, { input: LOUD });
    assert.equal(exit, 0);
    assert.match(out, /quiet\/a\.ts: The config ignores it/);
  });

  it('2: without a file that exists, or with what does not go with it', async () => {
    const mistakes = [
      [['--stdin'], '`--stdin` needs `--stdin-filename <file>`'],
      [['--stdin-filename', 'a.ts'], '`--stdin-filename` goes with `--stdin`.'],
      [['--stdin', '--stdin-filename'], "option '--stdin-filename <file>' argument missing"],
      [['--stdin', '--stdin-filename', 'no.ts'], 'There is no file `no.ts`.'],
      [['--stdin', '--stdin-filename', '.'], '`.` is a folder; name a file in it.'],
      [['--stdin', '--stdin-filename', 'asynclint.jsonc'], 'is neither TypeScript nor JavaScript'],
      [['--stdin', '--stdin-filename', 'a.ts', 'b.ts'], 'so it goes with no paths.'],
    ] as const;
    for (const [argv, message] of mistakes) {
      const { exit, out, err } = await invoke(argv, project.folder, { input: LOUD });
      assert.equal(exit, 2, `${argv.join(' ')}: ${err}`);
      assert.equal(out, '');
      assert.ok(err.includes(message), err);
    }
  });
});
