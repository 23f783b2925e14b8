import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isIdentifier } from '#ast';
import { defineRule, edit, type Rule } from '#engine';
import { writeFixed } from '../../server/cli/fixing/write.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';
import { invoke, type Outcome } from './console.ts';

const LOUD = 'declare function shout(): void;\nshout();\n';
const FIXED = 'declare function shout(): void;\nsay();\n';

describe('writing fixed files', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch({ 'a.ts': LOUD, 'b.ts': LOUD }, TSCONFIG);
  });

  afterEach(() => {
    assert.deepEqual(
      readdirSync(project.folder).filter((name) => name.startsWith('.')),
      [],
      'nothing is left behind',
    );
    project.remove();
  });

  const text = (name: string) => readFileSync(project.path(name), 'utf8');
  const fix = (rules: readonly Rule[] = toyRules, ...argv: readonly string[]): Promise<Outcome> =>
    invoke(['--fix', ...argv], project.folder, { parts: { rules } });

  it('keeps mode and owner', async () => {
    // More than any `umask` leaves to new files.
    chmodSync(project.path('a.ts'), 0o777);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(project.path('a.ts'), 1234, 4321);
    const before = statSync(project.path('a.ts'));
    await fix();
    const { mode, uid, gid } = statSync(project.path('a.ts'));
    assert.equal(text('a.ts'), FIXED);
    assert.deepEqual({ mode, uid, gid }, { mode: before.mode, uid: before.uid, gid: before.gid });
  });

  it('follows links to what they lead to, once', async () => {
    project.write('real/c.ts', LOUD);
    symlinkSync(project.path('real/c.ts'), project.path('c.ts'));
    await fix();
    assert.ok(lstatSync(project.path('c.ts')).isSymbolicLink());
    assert.equal(text('real/c.ts'), FIXED);
  });

  it('a file with several names is fixed under all of them, and stays one file', async () => {
    linkSync(project.path('a.ts'), project.path('c.ts'));
    project.write('apart/d.txt', LOUD);
    rmSync(project.path('b.ts'));
    linkSync(project.path('apart/d.txt'), project.path('b.ts'));
    const { ino } = statSync(project.path('a.ts'));
    const { out } = await fix();
    for (const name of ['a.ts', 'b.ts', 'c.ts', 'apart/d.txt']) assert.equal(text(name), FIXED);
    assert.deepEqual(
      ['a.ts', 'c.ts'].map((name) => statSync(project.path(name)).ino),
      [ino, ino],
    );
    assert.match(out, /Applied 3 fixes in 3 files\./);
  });

  it('leaves read-only files alone, says so, and reports what is in them', async () => {
    chmodSync(project.path('a.ts'), 0o444);
    const { exit, out } = await fix();
    assert.equal(exit, 1);
    assert.equal(text('a.ts'), LOUD);
    assert.equal(text('b.ts'), FIXED);
    assert.match(out, /^a\.ts:2:1 error shouting$/m);
    assert.match(out, /note: a\.ts: It is read-only, so it was not fixed: allow writing, and run/);
    assert.match(out, /Applied 1 fix in 1 file\./);
  });

  it('leaves files alone that changed or vanished meanwhile, and reports what they hold now', async () => {
    const mine = `${LOUD}shout(); // mine\n`;
    const changed = await fix([
      meddling(() => writeFileSync(project.path('a.ts'), mine)),
      ...toyRules,
    ]);
    assert.equal(text('a.ts'), mine);
    assert.equal(text('b.ts'), FIXED);
    assert.match(changed.out, /a\.ts:3:1 error shouting/);
    assert.match(
      changed.out,
      /a\.ts: It changed on disk while it was linted, so it was not fixed\./,
    );
    const vanished = await fix([
      meddling(() => rmSync(project.path('a.ts'), { force: true })),
      ...toyRules,
    ]);
    assert.equal(vanished.exit, 0, vanished.out + vanished.err);
    assert.match(vanished.out, /a\.ts: It vanished while it was linted, so it was not fixed\./);
    assert.deepEqual(readdirSync(project.folder).sort(), ['b.ts', 'tsconfig.json']);
  });

  it('leaves what is no UTF-8 alone: it could not be written back', async () => {
    const bytes = Buffer.concat([Buffer.from(LOUD), Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a])]);
    writeFileSync(project.path('a.ts'), bytes);
    const { exit, out } = await fix();
    assert.equal(exit, 1);
    assert.ok(readFileSync(project.path('a.ts')).equals(bytes));
    assert.match(
      out,
      /a\.ts: It is no valid UTF-8, so it was not fixed: save it as UTF-8, and run/,
    );
  });

  it('a fix of several files is written to all of them or to none', async () => {
    chmodSync(project.path('b.ts'), 0o444);
    const both = [reaching(project.path('b.ts'))];
    const first = await fix(both);
    assert.deepEqual([text('a.ts'), text('b.ts')], [LOUD, LOUD]);
    assert.match(first.out, /b\.ts: It is read-only/);
    chmodSync(project.path('b.ts'), 0o644);
    const meanwhile = () => writeFileSync(project.path('b.ts'), `${LOUD}// mine\n`);
    const second = await fix([meddling(meanwhile), ...both]);
    assert.equal(text('a.ts'), LOUD);
    assert.match(second.out, /a\.ts: A fix of it reaches into a file that was not written/);
    assert.doesNotMatch(second.out, /Applied/);
  });

  it('files that fixes tie together, one to the next, are left together', async () => {
    project.write('c.ts', LOUD);
    const files = ['a.ts', 'b.ts', 'c.ts'].map((name) => {
      const file = project.path(name);
      return { file, before: name === 'c.ts' ? 'something else' : LOUD, after: FIXED };
    });
    const [a, b, c] = files.map(({ file }) => file);
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const left = await writeFixed(
      files,
      [
        [a, b],
        [b, c],
      ],
      () => undefined,
    );
    assert.deepEqual(left.map(({ file }) => file).sort(), [a, b, c]);
    assert.deepEqual([text('a.ts'), text('b.ts')], [LOUD, LOUD]);
  });

  it('--dry-run tells what would be left, and writes nothing', async () => {
    const { exit, out } = await fix(toyRules, '--dry-run');
    assert.equal(exit, 0);
    assert.equal(text('a.ts'), LOUD);
    assert.match(out, /note: Nothing was written: 2 fixes in 2 files would be applied\./);
    assert.match(out, /Nothing found/);
  });

  it('--fix-only mends what one rule finds, and reports all', async () => {
    const MUTTER = 'declare function mutter(): void;\nmutter();\n';
    project.write('m.ts', MUTTER);
    const only = await invoke(['--fix-only', 'muttering', '--fix-suggested'], project.folder);
    assert.equal(text('a.ts'), LOUD);
    assert.notEqual(text('m.ts'), MUTTER);
    assert.match(only.out, /a\.ts:2:1 error shouting/);
    await invoke(['--fix-only', 'shouting', '--fix-only', 'humming'], project.folder);
    assert.equal(text('a.ts'), FIXED);
  });
});

const ABOUT = {
  family: 'errors',
  severity: 'error',
  preset: 'recommended',
  summary: 'It is called.',
  advice: 'Call it off.',
} as const;

/** Does something to the disk the first time that anything is linted. */
function meddling(meddle: () => void): Rule {
  let done = false;
  return defineRule({
    ...ABOUT,
    id: 'meddling',
    visit: {
      SourceFile() {
        if (!done) meddle();
        done = true;
      },
    },
  });
}

/** Mends `shout()` in one file by writing into another as well. */
function reaching(other: string): Rule {
  return defineRule({
    ...ABOUT,
    id: 'reaching',
    visit: {
      CallExpression({ expression }, { report, source }) {
        if (!isIdentifier(expression) || expression.text !== 'shout') return;
        if (source.file === other) return;
        const edits = [
          { file: other, start: 0, end: 0, text: '// shouted at\n' },
          edit.replace(expression, 'say'),
        ];
        const fixes = () => [{ id: 'reach', title: 'Reach', kind: 'safe' as const, edits }];
        report(expression, { message: 'It is called.', fixes });
      },
    },
  });
}
