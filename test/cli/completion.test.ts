import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scratch, scratch } from '../support/scratch.ts';
import { invoke } from './console.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'dist/cli.js');

/** Words that are offered in place of the last one. */
const offered = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { exit, out, err } = await invoke(['complete', '--', ...words], '/');
  assert.equal(err, '');
  assert.equal(exit, 0);
  return out.split('\n').slice(0, -1);
};

const wordsOf = async (...words: readonly string[]) =>
  (await offered(...words)).map((line) => line.split('\t')[0]);

describe('completion', () => {
  it('offers commands and files first', async () => {
    const words = await wordsOf('');
    for (const word of ['init', 'migrate', 'rules', 'explain', 'waterfall', 'doctor', ':files']) {
      assert.ok(words.includes(word), word);
    }
    assert.ok(!words.includes('complete'), 'it serves shells alone');
    assert.deepEqual(await wordsOf('mig'), ['migrate', ':files']);
    assert.match((await offered('mig'))[0] ?? '', /^migrate\t\w/);
  });

  it('offers every option of the help, and no other', async () => {
    const { out } = await invoke(['--help'], '/');
    const shown = [...out.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option]) => option);
    const words = await wordsOf('--');
    for (const option of shown) {
      if (option !== '--help') assert.ok(words.includes(option), option);
    }
    assert.deepEqual(await wordsOf('--fix-s'), ['--fix-suggested']);
  });

  it('offers values of options', async () => {
    assert.deepEqual(await wordsOf('--preset', ''), ['recommended', 'strict', 'all']);
    assert.deepEqual(await wordsOf('--preset', 's'), ['strict']);
    assert.deepEqual(await wordsOf('src', '--only', 'shou'), ['shouting']);
    assert.deepEqual(await wordsOf('--rule', 'shou'), ['shouting=']);
    assert.deepEqual(await wordsOf('--config', 'a'), [':files']);
    assert.deepEqual(await wordsOf('--max-warnings', ''), []);
  });

  it('offers what a command takes', async () => {
    assert.deepEqual(await wordsOf('init', '--p'), ['--preset']);
    assert.deepEqual(await wordsOf('init', '--preset', 'a'), ['all']);
    assert.deepEqual(await wordsOf('init', ''), []);
    assert.deepEqual(await wordsOf('explain', 'shou'), ['shouting', ':files']);
    assert.deepEqual(await wordsOf('completion', ''), ['bash', 'zsh', 'fish']);
    assert.deepEqual(await wordsOf('migrate', ''), [':files']);
  });

  it('2: shells that nobody knows; --help', async () => {
    for (const argv of [['completion'], ['completion', 'csh'], ['completion', 'bash', 'zsh']]) {
      assert.equal((await invoke(argv, '/')).exit, 2, argv.join(' '));
    }
    assert.match((await invoke(['completion', '--help'], '/')).out, /\nbash: eval "\$\(asynclint/);
  });

  describe('in shells', () => {
    let project: Scratch;

    before(() => {
      project = scratch({
        asynclint: `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`,
        'src/a.ts': '',
      });
      chmodSync(project.path('asynclint'), 0o755);
    });

    after(() => project.remove());

    const environment = () => ({
      ...process.env,
      PATH: `${project.folder}:${process.env['PATH']}`,
    });
    const isThere = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;
    const ask = (shell: string, argv: readonly string[]) =>
      execFileSync(shell, [...argv], {
        cwd: project.folder,
        encoding: 'utf8',
        env: environment(),
      }).trim();

    it('bash', () => {
      const complete = (...words: readonly string[]) => {
        const list = ['asynclint', ...words].map((word) => `'${word}'`).join(' ');
        const script = `eval "$(asynclint completion bash)"; COMP_WORDS=(${list}); COMP_CWORD=${words.length}; compopt() { :; }; _asynclint; printf '%s\\n' "\${COMPREPLY[@]}"`;
        return ask('bash', ['--norc', '-c', script]);
      };
      assert.equal(complete('--preset', ''), 'recommended\nstrict\nall');
      assert.equal(complete('--only', 'floating'), 'floating-promise');
      assert.equal(complete('explain', 'returned'), 'returned-in-try');
    });

    for (const [shell, check] of [
      ['zsh', '-n'],
      ['fish', '--no-execute'],
    ] as const) {
      const there = isThere(shell);
      it(`${shell}: ${there ? 'reads the script' : 'is not here, so its script is only looked at'}`, () => {
        const script = ask(project.path('asynclint'), ['completion', shell]);
        assert.match(script, /asynclint complete -- /);
        if (!there) return;
        const argv = [check, project.write(`script.${shell}`, script)];
        const { status, stderr } = spawnSync(shell, argv, { encoding: 'utf8' });
        assert.equal(stderr, '');
        assert.equal(status, 0);
      });
    }

    if (isThere('fish')) {
      it('fish completes', () => {
        const script = 'asynclint completion fish | source; complete -C "asynclint --preset "';
        assert.deepEqual(ask('fish', ['--no-config', '-c', script]).split('\n').sort(), [
          ...['all', 'recommended', 'strict'],
        ]);
      });
    }

    if (isThere('zsh')) {
      it('zsh completes', () => {
        const script = `_describe() { print -l -- "\${(@P)2}"; }; compdef() { :; }; _files() { print files; };
          eval "$(asynclint completion zsh)"; words=(asynclint --preset s); CURRENT=3; _asynclint;
          words=(asynclint explain returned); CURRENT=3; _asynclint`;
        const lines = ask('zsh', ['-f', '-c', script]).split('\n');
        assert.deepEqual(
          lines.map((line) => line.split(':')[0]),
          ['strict', 'returned-in-try', 'files'],
        );
      });
    }
  });
});
