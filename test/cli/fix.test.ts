import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isIdentifier } from '#ast';
import { defineRule, edit } from '#engine';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';
import { invoke } from './console.ts';

const HEAD = 'declare function shout(): void;\ndeclare function mutter(): void;\n';

describe('fixing', () => {
  let project: Scratch;
  let file: string;

  beforeEach(() => {
    project = scratch({ 'a.ts': `${HEAD}shout();\nmutter();\nshout();\n` }, TSCONFIG);
    file = project.path('a.ts');
  });

  afterEach(() => project.remove());

  const text = () => readFileSync(file, 'utf8');

  it('--fix applies what keeps behaviour, and reports what is left', async () => {
    const { exit, out } = await invoke(['--fix'], project.folder);
    assert.equal(text(), `${HEAD}say();\nmutter();\nsay();\n`);
    assert.equal(exit, 1);
    assert.match(out, /a\.ts:4:1 warning muttering/);
    assert.doesNotMatch(out, /shouting/);
    assert.match(out, /note: Applied 2 fixes in 1 file\./);
  });

  it('--fix-suggested applies the suggested ones too', async () => {
    const { exit, out } = await invoke(['--fix-suggested'], project.folder);
    assert.equal(text(), `${HEAD}say();\nsay();\nsay();\n`);
    assert.equal(exit, 0);
    assert.match(out, /Applied 3 fixes in 1 file\./);
  });

  it('--fix leaves what it does not mend alone', async () => {
    writeFileSync(file, `${HEAD}mutter();\n`);
    const before = statSync(file).mtimeMs;
    const { out } = await invoke(['--fix'], project.folder);
    assert.equal(statSync(file).mtimeMs, before);
    assert.doesNotMatch(out, /Applied/);
  });

  it('--diff prints a patch, writes nothing, and fails as the findings do', async () => {
    const before = text();
    const { exit, out } = await invoke(['--diff'], project.folder);
    assert.equal(text(), before);
    assert.equal(exit, 1);
    assert.equal(
      out,
      [
        '--- a/a.ts',
        '+++ b/a.ts',
        '@@ -1,5 +1,5 @@',
        ' declare function shout(): void;',
        ' declare function mutter(): void;',
        '-shout();',
        '+say();',
        ' mutter();',
        '-shout();',
        '+say();',
        '',
      ].join('\n'),
    );
  });

  it('--diff --fix-suggested shows those, too; what there is besides is told on stderr', async () => {
    writeFileSync(file, `${HEAD}mutter();\n`);
    assert.deepEqual(await invoke(['--diff'], project.folder), {
      exit: 1,
      out: '',
      err: 'Fixing would change nothing. `--diff --fix-suggested` shows 1 suggested fix.\n',
    });
    const { out } = await invoke(['--diff', '--fix-suggested'], project.folder);
    assert.match(out, /-mutter\(\);\n/);
    writeFileSync(file, 'export {};\n');
    assert.deepEqual(await invoke(['--diff'], project.folder), {
      exit: 0,
      out: '',
      err: 'Fixing would change nothing.\n',
    });
  });

  it('keeps the byte order mark, line ends and mode', async () => {
    writeFileSync(file, `\ufeff${HEAD}shout();\n`.replaceAll('\n', '\r\n'), { mode: 0o755 });
    const { mode } = statSync(file);
    await invoke(['--fix'], project.folder);
    assert.equal(text(), `\ufeff${HEAD}say();\n`.replaceAll('\n', '\r\n'));
    assert.equal(statSync(file).mode, mode);
  });

  it('new lines end as the others of the file do', async () => {
    writeFileSync(file, 'declare function shout(): void;\r\nshout();\r\n');
    await invoke(['--fix'], project.folder, { parts: { rules: [splitting('shout', 'say')] } });
    assert.equal(text(), 'declare function shout(): void;\r\nsay(\r\n);\r\n');
  });

  it('goes on until nothing is left to fix: one fix may make room for the next', async () => {
    const parts = { rules: [splitting('shout', 'mutter'), ...toyRules.filter(isMuttering)] };
    await invoke(['--fix-suggested'], project.folder, { parts });
    assert.doesNotMatch(text().slice(HEAD.length), /shout|mutter/);
  });

  it('ends when rules undo each other', async () => {
    const parts = { rules: [splitting('shout', 'mutter'), splitting('mutter', 'shout')] };
    const { exit } = await invoke(['--fix'], project.folder, { parts });
    assert.equal(exit, 1);
  });

  it('does not write over a file that changed meanwhile', async () => {
    const meanwhile = `${HEAD}shout(); // mine\n`;
    const parts = { rules: [meddling(file, meanwhile), ...toyRules] };
    const { out } = await invoke(['--fix'], project.folder, { parts });
    assert.equal(text(), meanwhile);
    assert.match(out, /a\.ts: It changed on disk while it was linted, so it was not fixed\./);
  });

  it('fixes in other files are applied with the rest, or not at all', async () => {
    const other = project.write('b.ts', 'export const b = 1;\n');
    const parts = { rules: [reaching(other)] };
    await invoke(['--fix'], project.folder, { parts });
    assert.equal(readFileSync(other, 'utf8'), '// shouted at\nexport const b = 1;\n');
  });

  describe('that reaches far', () => {
    const MAIN =
      "import { load } from './load';\nexport async function run() {\n  return load();\n}\n";
    const LOAD =
      "import { readFileSync } from 'node:fs';\nexport function load() {\n  return readFileSync('a');\n}\n";
    const parts = { rules };

    beforeEach(() => {
      project.write('a.ts', MAIN);
      project.write('load.ts', LOAD);
    });

    const only = ['--only', 'blocking-chain'];

    it('is applied to all files together, or shown as one patch', async () => {
      const patch = await invoke([...only, '--diff', '--fix-suggested'], project.folder, { parts });
      assert.match(patch.out, /\+ {2}return await load\(\);/);
      assert.match(patch.out, /\+export async function load\(\) {/);
      assert.equal(text(), MAIN);
      const { exit, out } = await invoke([...only, '--fix-suggested'], project.folder, { parts });
      assert.equal(exit, 0);
      assert.match(out, /Applied 1 fix in 2 files\./);
      assert.match(text(), /return await load\(\);/);
      assert.match(readFileSync(project.path('load.ts'), 'utf8'), /await readFile\('a'\)/);
    });

    it('is no part of what keeps behaviour, nor of a plain run', async () => {
      const { out } = await invoke([...only, '--fix'], project.folder, { parts });
      assert.doesNotMatch(out, /Applied|cannot be async/);
      assert.equal(text(), MAIN);
    });

    it('is refused with the place that prevents it', async () => {
      project.write('user.ts', "import { load } from './load';\nexport const loaders = [load];\n");
      const { out } = await invoke([...only, '--fix-suggested'], project.folder, { parts });
      assert.match(out, /user\.ts:2/);
      assert.match(out, /`load` cannot be async: it is handed on as a value/);
      assert.equal(text(), MAIN);
    });
  });
});

function isMuttering({ id }: { readonly id: string }): boolean {
  return id === 'muttering';
}

const ABOUT = {
  family: 'errors',
  severity: 'error',
  preset: 'recommended',
  summary: 'It is called.',
  advice: 'Call it off.',
} as const;

/** Replaces a call of one function by a call of another, over two lines. */
function splitting(from: string, to: string) {
  return defineRule({
    ...ABOUT,
    id: `splitting-${from}`,
    visit: {
      CallExpression(call, { report }) {
        if (!isIdentifier(call.expression) || call.expression.text !== from) return;
        const edits = [edit.replace(call, `${to}(\n)`)];
        const fixes = () => [{ id: 'split', title: 'Split it', kind: 'safe' as const, edits }];
        report(call.expression, { message: 'It is called.', fixes });
      },
    },
  });
}

/** Changes a file on disk while it is linted. */
function meddling(file: string, content: string) {
  return defineRule({
    ...ABOUT,
    id: 'meddling',
    visit: {
      SourceFile() {
        writeFileSync(file, content);
      },
    },
  });
}

/** Notes in another file that this one shouts. */
function reaching(other: string) {
  return defineRule({
    ...ABOUT,
    id: 'reaching',
    visit: {
      CallExpression(call, { report, source }) {
        if (!source.text.includes('shout();\nmutter();')) return;
        if (!isIdentifier(call.expression) || call.expression.text !== 'mutter') return;
        const edits = [
          { file: other, start: 0, end: 0, text: '// shouted at\n' },
          edit.replace(call.expression, 'say'),
        ];
        const fixes = () => [{ id: 'reach', title: 'Reach', kind: 'safe' as const, edits }];
        report(call.expression, { message: 'It is called.', fixes });
      },
    },
  });
}
