import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { LINT_WORKSPACE } from '#protocol';
import { ASKING, Editor, rangeOf } from './editor.ts';

const FLOATING = 'declare function send(): Promise<void>;\nsend();\n';

describe('the server in trouble', () => {
  it('finds again what it found, after the compiler was killed', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    assert.equal((await editor.pull('main.ts')).length, 1);
    for (const pid of editor.compilers()) process.kill(pid, 'SIGKILL');
    await editor.type('main.ts', `${FLOATING}send();\n`);
    assert.equal((await editor.pull('main.ts')).length, 2);
    assert.equal(await editor.stop(), 0);
  });

  it('goes on with the workspace, after the compiler was killed', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `file${index}.ts`);
    const files = Object.fromEntries(names.map((name) => [name, `${FLOATING}export {};\n`]));
    const editor = await Editor.start(ASKING, files);
    const answer = editor.connection.sendRequest(LINT_WORKSPACE, {});
    for (const name of ['file0.ts', 'file42.ts']) {
      await editor.pushed(name, ({ length }) => length === 1);
      for (const pid of editor.compilers()) process.kill(pid, 'SIGKILL');
    }
    assert.deepEqual(await answer, { files: 200, findings: 200 });
    assert.equal(await editor.stop(), 0);
  });

  it('finds again what it found, after the compiler hung', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING }, { patience: 1000 });
    await editor.open('main.ts', FLOATING);
    assert.equal((await editor.pull('main.ts')).length, 1);
    for (const pid of editor.compilers()) process.kill(pid, 'SIGSTOP');
    await editor.type('main.ts', `${FLOATING}send();\n`);
    assert.equal((await editor.pull('main.ts')).length, 2);
    assert.equal(await editor.stop(), 0);
  });

  it('ends when it is told to, however busy', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    const answer = editor.pull('main.ts').catch(() => undefined);
    assert.equal(await editor.stop(), 0);
    await answer;
  });

  it('gives up what it is asked when it is told to end, and begins nothing anew', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    const turnedDown = assert.rejects(editor.report('main.ts'), {
      code: LSPErrorCodes.RequestCancelled,
    });
    await editor.connection.sendRequest('shutdown');
    await turnedDown;
    await assert.rejects(editor.actions('main.ts', rangeOf(FLOATING, 'send();')));
    assert.equal(await editor.stop(), 0);
  });

  it('ends when it is told to, while it lints the workspace', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `file${index}.ts`);
    const files = Object.fromEntries(names.map((name) => [name, `${FLOATING}export {};\n`]));
    const editor = await Editor.start(ASKING, files);
    const answer = editor.connection.sendRequest(LINT_WORKSPACE, {}).catch(() => undefined);
    await editor.pushed('file0.ts', ({ length }) => length === 1);
    assert.equal(await editor.stop(), 0);
    await answer;
  });

  it('ends when it is told to, even if the compiler hangs', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    await editor.pull('main.ts');
    const compilers = editor.compilers();
    for (const pid of compilers) process.kill(pid, 'SIGSTOP');
    await editor.type('main.ts', `${FLOATING}send();\n`);
    const answer = editor.pull('main.ts').catch(() => undefined);
    // By now the linting thread waits for the compiler, and can be ended by nobody.
    await sleep(500);
    await editor.stop();
    await answer;
    for (const pid of compilers) process.kill(pid, 'SIGKILL');
    assert.equal(editor.server.signalCode, 'SIGKILL');
  }).timeout(10_000);

  it('leaves no compiler behind', async () => {
    const editor = await Editor.start(ASKING, { 'main.ts': FLOATING });
    await editor.open('main.ts', FLOATING);
    await editor.pull('main.ts');
    const compilers = editor.compilers();
    assert.ok(compilers.length > 0);
    await editor.stop();
    while (compilers.some(isRunning)) await sleep(20);
  });
});

/** Whether it still does anything: where nobody collects them, ended processes keep their number. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}
