import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { defineRule } from '#engine';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { shouting, toyRules } from '../support/toy-rules.ts';
import { invoke, type Outcome } from './console.ts';

const LOUD = 'declare function shout(): void;\nshout();\n';
const FIXED = LOUD.replace('shout();\n', 'say();\n').replace('function say', 'function shout');

describe('odd files', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch({}, TSCONFIG);
  });

  afterEach(() => project.remove());

  const write = (name: string, content: string | Buffer): void => {
    project.write(name, '');
    writeFileSync(project.path(name), content);
  };
  const read = (name: string): string => readFileSync(project.path(name), 'utf8');
  const run = (...argv: readonly string[]): Promise<Outcome> => invoke(argv, project.folder);

  const names = ['with space.ts', 'ünïcode-日本.ts', 'ha#sh.ts', "quo'te.ts", 'per%20cent.ts'];
  for (const name of [...names, 'app/[id]/(group)/$page.tsx', '-dash.ts', '!bang.ts']) {
    it(`a file named ${name} is found, linted by name and fixed`, async () => {
      write(name, LOUD);
      const place = `${name}:2:1 error shouting`;
      assert.ok((await run()).out.startsWith(place));
      const named = await run('--fix', '--', name);
      assert.match(named.out, /Applied 1 fix in 1 file\./);
      assert.equal(read(name), FIXED);
    });
  }

  const forms: Readonly<Record<string, (text: string) => string>> = {
    'a byte order mark': (text) => `\ufeff${text}`,
    CRLF: (text) => text.replaceAll('\n', '\r\n'),
    'no line end at its end': (text) => text.trimEnd(),
    'a shebang': (text) => `#!/usr/bin/env node\n${text}`,
    'a line of 300,000 characters': (text) => `/* ${'x'.repeat(300_000)} */${text}`,
    'more than 1 MB': (text) => `${'// Generated.\n'.repeat(80_000)}${text}`,
  };
  for (const [what, form] of Object.entries(forms)) {
    it(`a file with ${what} is linted, and kept as it is but for what is fixed`, async () => {
      write('a.ts', form(LOUD));
      const { exit, out } = await run();
      assert.equal(exit, 1);
      assert.match(out, /a\.ts:\d+:\d+ error shouting/);
      assert.ok(out.split('\n').every((line) => line.length <= 200));
      await run('--fix');
      assert.equal(read('a.ts'), form(FIXED));
    });
  }

  it('files with nothing in them are linted, and nothing is found', async () => {
    write('empty.ts', '');
    write('blank.ts', '\n\n');
    write('comment.ts', '// Only this.\n/* And this. */');
    assert.deepEqual(await run('--fix'), { exit: 0, out: 'Nothing found in 3 files.\n', err: '' });
    assert.equal(read('comment.ts'), '// Only this.\n/* And this. */');
  });

  it('binary content is told of, and does no harm', async () => {
    write('video.ts', Buffer.from([0x47, 0x40, 0, 0x10, 0, 0xff, 0xfe, 0x89, 0x50, 10, 0, 0, 0]));
    write('a.ts', LOUD);
    const { exit, out } = await run();
    assert.equal(exit, 1);
    assert.match(
      out,
      /note: video\.ts: It holds zero bytes, as binary files do\. Add it to `ignor/,
    );
    assert.match(out, /Found 1 error in 2 files/);
  });

  it('UTF-16 and broken UTF-8 are linted', async () => {
    write('wide.ts', Buffer.from(`\ufeff${LOUD}`, 'utf16le'));
    write('broken.ts', Buffer.concat([Buffer.from(`${LOUD}// `), Buffer.from([0xff, 0xe9, 10])]));
    const { out } = await run('--fix');
    assert.match(out, /^broken\.ts:2:1 error/m);
    assert.match(out, /^wide\.ts:2:1 error/m);
    assert.match(out, /broken\.ts: It is no valid UTF-8, so it was not fixed/);
    assert.match(out, /wide\.ts: It is no valid UTF-8, so it was not fixed/);
  });

  it('what is generated in a folder without a config is left out, and told of', async () => {
    rmSync(project.path('tsconfig.json'));
    write('bundle.js', `${LOUD}${'// Generated.\n'.repeat(80_000)}`);
    write('a.js', 'export {};\n');
    const { exit, out } = await run();
    assert.equal(exit, 0);
    assert.match(
      out,
      /note: bundle\.js: It is larger than 1 MB, so it counts as generated and was/,
    );
    assert.match((await run('bundle.js')).out, /bundle\.js:2:1 error/);
  });

  it('declarations and minified files that are named are passed over', async () => {
    write('a.d.ts', 'declare const a: number;\n');
    write('a.min.js', 'shout();');
    write('a.ts', LOUD);
    const { exit, out } = await run('a.d.ts', 'a.min.js', 'a.ts');
    assert.equal(exit, 1);
    assert.match(out, /note: a\.d\.ts: It only declares, so it was not linted\./);
    assert.match(out, /note: a\.min\.js: It is minified, so it was not linted\./);
    assert.match(out, /in 1 file\./);
    assert.equal((await run('a.d.ts')).exit, 0);
  });

  it('links are followed to files, not in circles, and not to nowhere', async () => {
    write('real/a.ts', LOUD);
    symlinkSync(project.path('real'), project.path('real/loop'), 'dir');
    symlinkSync('real/a.ts', project.path('link.ts'));
    symlinkSync('gone.ts', project.path('broken.ts'));
    symlinkSync('self.ts', project.path('self.ts'));
    assert.equal((await run('link.ts')).exit, 1);
    assert.equal((await run('real')).exit, 1);
    assert.equal((await run('real/loop/loop/a.ts')).exit, 1);
    for (const name of ['broken.ts', 'self.ts']) {
      const { exit, err } = await run(name);
      assert.equal(exit, 2);
      assert.equal(err, `\`${name}\` is a link that leads nowhere.\n`);
    }
    await run('--fix', 'link.ts');
    assert.equal(read('real/a.ts'), FIXED);
    mkdirSync(project.path('empty'));
    symlinkSync('../real', project.path('empty/real'), 'dir');
    assert.equal((await run('empty/real')).exit, 0);
  });

  it('files that change or vanish while they are linted are linted as they were', async () => {
    write('a.ts', LOUD);
    write('b.ts', LOUD);
    let done = false;
    const meddling = defineRule({
      ...shouting,
      id: 'meddling',
      visit: {
        SourceFile() {
          if (done) return;
          done = true;
          rmSync(project.path('a.ts'));
          writeFileSync(project.path('b.ts'), '// Nothing.\n');
        },
      },
    });
    const parts = { rules: [meddling, ...toyRules] };
    const { exit, out, err } = await invoke([], project.folder, { parts });
    assert.equal(err, '');
    assert.equal(exit, 1);
    assert.match(out, /a\.ts:2:1 error shouting\n.*\n {2}2 \| shout\(\);/);
    assert.match(out, /b\.ts:2:1 error shouting\n.*\n {2}2 \| shout\(\);/);
  });

  it('a file that cannot be read is told of', async () => {
    // The system lets root read everything.
    if (process.getuid?.() === 0) {
      process.seteuid?.(65_534);
    }
    try {
      const own = scratch({ 'a.ts': LOUD, 'b.ts': LOUD }, TSCONFIG);
      chmodSync(own.path('a.ts'), 0);
      const all = await invoke([], own.folder);
      own.remove();
      assert.match(all.out, /note: a\.ts: It cannot be read, so it was not linted: allow reading/);
      assert.match(all.out, /Found 1 error in 1 file\./);
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
    }
  });

  it('code nested too deeply for a rule is left out by that rule alone', async () => {
    const depth = 20_000;
    write('deep.ts', `${LOUD}const sum = ${'1 + '.repeat(depth)}1;\n`);
    const recursing = defineRule({
      ...shouting,
      id: 'recursing',
      visit: {
        SourceFile() {
          const descend = (): number => descend() + 1;
          descend();
        },
      },
    });
    const { exit, out } = await invoke([], project.folder, {
      parts: { rules: [recursing, ...toyRules] },
    });
    assert.equal(exit, 1);
    assert.match(
      out,
      /note: deep\.ts: It is nested too deeply for `recursing`, which left it out\./,
    );
    assert.match(out, /deep\.ts:2:1 error shouting/);
  });
});
